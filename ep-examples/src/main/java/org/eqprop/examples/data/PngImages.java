package org.eqprop.examples.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads a drawing or photograph (PNG, JPEG, GIF, BMP and what else the JDK can) as one sample. */
public final class PngImages {

  /** Larger images are refused before their pixels are read: 64 million pixels. */
  private static final long MOST_PIXELS = 1L << 26;

  private PngImages() {}

  /**
   * Reads an image as grey values in [0, 1], 0 black and 1 white, transparent parts as if on white
   * paper. An image of another size is stretched to the one wanted, each value the mean over the
   * area it covers.
   *
   * @param file the image
   * @param shape the geometry wanted; one channel
   * @param invert true to turn black into 1 and white into 0. MNIST and its relatives are white on
   *     black, so dark ink on light paper needs it; it is never guessed
   * @return {@code shape.size()} values, row-major
   * @throws DataException if the file cannot be read, is no image, is damaged or too large
   * @throws IllegalArgumentException if more than one channel is wanted
   */
  public static float[] read(Path file, ImageShape shape, boolean invert) {
    if (shape.channels() != 1) {
      throw new IllegalArgumentException("images are read as one grey channel, not as " + shape);
    }
    GreyImage grey = GreyImage.of(decode(file));
    float[] values = grey.scaled(shape.height(), shape.width());
    if (invert) {
      invert(values);
    }
    return values;
  }

  /** Turns black into white: each value v in [0, 1] becomes 1 − v. */
  public static void invert(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 - values[i];
    }
  }

  private static BufferedImage decode(Path file) {
    String choose = "give a PNG or JPEG file";
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      String what = Files.exists(file) ? "not a readable file" : "there is no such file";
      throw new DataException(file, what, choose);
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new DataException(file, "not an image of a known format", choose);
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
          throw new DataException(file, "more than 64 million pixels", "give a smaller image");
        }
        return reader.read(0);
      } finally {
        reader.dispose();
      }
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The JDK's decoders also throw unchecked exceptions at damaged files.
      throw new DataException(file, "the image is damaged", choose, e);
    }
  }
}
