package org.eqprop.examples.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import org.eqprop.core.DataException;
import org.eqprop.core.internal.file.AtomicFiles;
import org.eqprop.core.internal.file.InputFiles;
import org.jspecify.annotations.Nullable;

/** Reads a drawing or photograph (PNG, JPEG, GIF, BMP, TIFF, WebP) as one sample. */
public final class PngImages {

  /** Larger images are refused before their pixels are read: 64 million pixels. */
  private static final long MOST_PIXELS = 1L << 26;

  /** Channels of a picture that is read with its colours: red, green and blue. */
  public static final int COLOURS = 3;

  private static final String CHOOSE = "give a PNG or JPEG file";

  private PngImages() {}

  /**
   * Reads an image as grey values in [0, 1], 0 black and 1 white, or as red, green and blue ones,
   * which are the same where it is grey, upright as its EXIF orientation says. Transparent parts
   * are as on white paper. A drawing on a ground that is transparent for the most part has light
   * ink on black paper, whether its ink is dark or light. An image of another size is stretched to
   * the one wanted, each value the mean over the area it covers. Metadata may be damaged, pixels
   * may not.
   *
   * <p>An image takes about an eighth of the JVM's memory, whatever its size; only WebP is decoded
   * whole.
   *
   * @param file the image
   * @param shape the geometry wanted; one channel for grey values, or {@link #COLOURS}
   * @param invert true to turn black into 1 and white into 0. MNIST and its relatives are white on
   *     black, so dark ink on light paper needs it; it is never guessed
   * @return {@code shape.size()} values, channel by channel, each row-major
   * @throws DataException if the file cannot be read, is no image, is of a kind that is not read,
   *     is damaged, too large, or has numbers outside of 0..1
   * @throws IllegalArgumentException if another number of channels is wanted
   */
  public static float[] read(Path file, ImageShape shape, boolean invert) {
    return read(file, shape, invert, PictureDecoder.bandBytes());
  }

  /** The same with another size of the bands in which an image is decoded. */
  static float[] read(Path file, ImageShape shape, boolean invert, long bandBytes) {
    if (shape.channels() != 1 && shape.channels() != COLOURS) {
      throw new IllegalArgumentException(
          "pictures are read with one grey channel or three of colours, not as " + shape);
    }
    return decode(file, shape, invert, bandBytes);
  }

  /**
   * Tells what an image is like, from the beginning of its file.
   *
   * @param file the image
   * @return its height and width, upright, and one channel if it is grey, else {@link #COLOURS}
   * @throws DataException as in {@link #read}, if this can be told from the beginning of the file
   */
  static ImageShape shape(Path file) {
    return open(
        file,
        reader -> {
          ImageTypeSpecifier type = reader.getRawImageType(0);
          boolean grey = type != null && PictureRows.isGrey(type.getColorModel());
          int height = reader.getHeight(0);
          int width = reader.getWidth(0);
          ImageShape stored = new ImageShape(grey ? 1 : COLOURS, height, width);
          return Orientation.of(file).stored(stored);
        });
  }

  /** Turns black into white: each value v in [0, 1] becomes 1 − v. */
  public static void invert(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 - values[i];
    }
  }

  /**
   * Whether a file is a picture or document of a known kind, by its first bytes. ICO, TGA, HEIC and
   * AVIF files begin with zeros as IDX files do.
   *
   * @param file any file
   * @return false also if it cannot be read
   */
  public static boolean isKnownKind(Path file) {
    return PictureKind.of(file) != null;
  }

  private static float[] decode(Path file, ImageShape shape, boolean invert, long bandBytes) {
    return open(file, reader -> decode(file, reader, shape, invert, bandBytes));
  }

  /** What is done with an image that is open. */
  @FunctionalInterface
  private interface Work<T> {
    T apply(ImageReader reader) throws IOException;
  }

  private static <T> T open(Path file, Work<T> work) {
    requireFile(file);
    String size = "";
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      ImageReader reader = reader(in);
      if (reader == null) {
        throw unknown(file);
      }
      try {
        boolean png = reader.getFormatName().equalsIgnoreCase("png");
        reader.setInput(in, false, png);
        int stored = reader.getHeight(0);
        size = reader.getWidth(0) + " x " + stored;
        if ((long) reader.getWidth(0) * stored > MOST_PIXELS) {
          throw new DataException(file, "more than 64 million pixels", "give a smaller image");
        }
        if (!PngChunks.areSound(file) || !RiffFile.isWhole(file)) {
          throw damaged(file, null);
        }
        return work.apply(reader);
      } finally {
        reader.dispose();
      }
    } catch (DataException e) {
      throw e;
    } catch (PictureRows.NumberRangeException e) {
      String remedy = "save it with whole numbers of 8 or 16 bits";
      throw new DataException(file, e.getMessage() + ", outside of 0 to 1", remedy, e);
    } catch (IOException | RuntimeException e) {
      // Decoders also throw unchecked exceptions at damaged files.
      throw isLimit(e) ? notRead(file, e) : damaged(file, e);
    } catch (OutOfMemoryError e) {
      long memory = Runtime.getRuntime().maxMemory() >> 20;
      throw new DataException(
          file,
          "its " + size + " pixels do not fit the JVM's memory of " + memory + " MB",
          "give a smaller image, or more memory, as in EP_JAVA_OPTS=-Xmx2g",
          e);
    }
  }

  private static void requireFile(Path file) {
    try (InputStream in = InputFiles.open(file)) {
      in.available();
    } catch (NoSuchFileException e) {
      throw new DataException(file, "there is no such file", CHOOSE, e);
    } catch (IOException e) {
      throw new DataException(file, "cannot be read (" + AtomicFiles.reason(e) + ")", CHOOSE, e);
    }
  }

  private static float[] decode(
      Path file, ImageReader reader, ImageShape shape, boolean invert, long bandBytes)
      throws IOException {
    boolean jpeg = reader.getFormatName().toLowerCase(Locale.ROOT).startsWith("jp");
    DecoderWarnings warnings = new DecoderWarnings(jpeg);
    reader.addIIOReadWarningListener(warnings);
    Orientation orientation = Orientation.of(file);
    float[][] stored = PictureDecoder.decode(reader, orientation.stored(shape), invert, bandBytes);
    if (warnings.tellOfDamage()) {
      throw damaged(file, null);
    }
    float[] values = new float[shape.size()];
    int plane = shape.height() * shape.width();
    for (int c = 0; c < stored.length; c++) {
      float[] upright = orientation.upright(stored[c], shape.height(), shape.width());
      System.arraycopy(upright, 0, values, c * plane, plane);
    }
    return values;
  }

  private static @Nullable ImageReader reader(@Nullable ImageInputStream in) {
    Iterator<ImageReader> readers = in == null ? null : ImageIO.getImageReaders(in);
    return readers != null && readers.hasNext() ? readers.next() : null;
  }

  private static DataException unknown(Path file) {
    String kind = PictureKind.of(file);
    return kind == null
        ? new DataException(file, "not an image of a known format", CHOOSE)
        : new DataException(
            file, "a file of the kind " + kind + ", which is not read here", "convert it to PNG");
  }

  private static DataException damaged(Path file, @Nullable Throwable cause) {
    String remedy = "save it again, or restore it from a copy";
    return new DataException(file, "the image is damaged or cut off", remedy, cause);
  }

  /** Whether a decoder gave up because it does not know a feature of a sound file. */
  private static boolean isLimit(Exception e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return e instanceof UnsupportedOperationException
        || message.contains("unsupported")
        || message.contains("not supported");
  }

  private static DataException notRead(Path file, Exception cause) {
    String kind = PictureKind.of(file);
    String what = "a variant of " + (kind == null ? "image" : kind) + " that is not read here";
    return new DataException(file, what, "convert it to PNG", cause);
  }
}
