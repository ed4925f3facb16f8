package org.eqprop.examples.data;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eqprop.core.internal.file.InputFiles;

/**
 * How the stored rows and columns of a picture lie when it is seen upright (EXIF 2.32, tag 274). A
 * camera that is turned stores its rows as always, and writes down how it was held.
 */
enum Orientation {
  /** The first row is the top, the first column the left side. */
  UPRIGHT(false, false, false),
  /** The first row is the top, the first column the right side. */
  MIRRORED(false, false, true),
  /** The first row is the bottom, the first column the right side. */
  UPSIDE_DOWN(false, true, true),
  /** The first row is the bottom, the first column the left side. */
  FLIPPED(false, true, false),
  /** The first row is the left side, the first column the top. */
  TRANSPOSED(true, false, false),
  /** The first row is the right side, the first column the top. */
  TURNED_LEFT(true, true, false),
  /** The first row is the right side, the first column the bottom. */
  TRANSVERSED(true, true, true),
  /** The first row is the left side, the first column the bottom. */
  TURNED_RIGHT(true, false, true);

  private final boolean swaps;
  private final boolean rowsBackwards;
  private final boolean columnsBackwards;

  Orientation(boolean swaps, boolean rowsBackwards, boolean columnsBackwards) {
    this.swaps = swaps;
    this.rowsBackwards = rowsBackwards;
    this.columnsBackwards = columnsBackwards;
  }

  /** Reads a file's orientation: {@link #UPRIGHT} if it says nothing that can be understood. */
  static Orientation of(Path file) {
    try (InputStream in = new BufferedInputStream(InputFiles.open(file))) {
      Metadata metadata = ImageMetadataReader.readMetadata(in, Files.size(file));
      ExifIFD0Directory exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
      Integer value = exif == null ? null : exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
      return value == null || value < 1 || value > values().length ? UPRIGHT : values()[value - 1];
    } catch (IOException | ImageProcessingException | RuntimeException damaged) {
      // Pixels can be sound beside damaged metadata; the decoder judges them.
      return UPRIGHT;
    }
  }

  /** Whether stored rows are columns of the upright picture. */
  boolean swaps() {
    return swaps;
  }

  /** The geometry as stored of what is of a given geometry when upright. */
  ImageShape stored(ImageShape upright) {
    int rows = swaps ? upright.width() : upright.height();
    int columns = swaps ? upright.height() : upright.width();
    return new ImageShape(upright.channels(), rows, columns);
  }

  /**
   * Turns a picture upright.
   *
   * @param stored its values as stored, row-major; {@code width} rows if {@link #swaps}
   * @param height rows of the upright picture
   * @param width columns of the upright picture
   * @return the upright picture, row-major
   */
  float[] upright(float[] stored, int height, int width) {
    int rows = swaps ? width : height;
    int columns = swaps ? height : width;
    float[] upright = new float[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int row = swaps ? x : y;
        int column = swaps ? y : x;
        row = rowsBackwards ? rows - 1 - row : row;
        column = columnsBackwards ? columns - 1 - column : column;
        upright[y * width + x] = stored[row * columns + column];
      }
    }
    return upright;
  }
}
