package org.eqprop.examples.data;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eqprop.core.DataException;

/**
 * Pictures of one size, as bytes where they have no more than 256 levels, else as floats.
 *
 * @param shape one channel if all pictures are grey, else red, green and blue
 * @param pixels their values
 */
record PictureSet(ImageShape shape, Pixels pixels) {
  private static final int WHITE = 255;

  /**
   * Reads pictures, each as {@link PngImages#read} does.
   *
   * @throws DataException if one cannot be read, or has another size than most
   */
  static PictureSet of(List<Path> files) {
    ImageShape[] shapes = new ImageShape[files.size()];
    PictureFolder.each(shapes.length, i -> shapes[i] = PngImages.shape(files.get(i)));
    ImageShape shape = PictureFolder.commonest(shapes);
    checkSizes(files, shapes, shape);
    if ((long) shape.size() * files.size() > Integer.MAX_VALUE - 8) {
      throw new DataException(
          "The "
              + files.size()
              + " pictures of "
              + shape
              + " have more than 2147483639 values; give fewer or smaller ones.");
    }
    byte[] bytes = new byte[shape.size() * files.size()];
    float[] table = Dataset.table(WHITE);
    AtomicBoolean exact = new AtomicBoolean(true);
    PictureFolder.each(
        shapes.length,
        i -> {
          float[] values = PngImages.read(files.get(i), shape, false);
          int first = i * values.length;
          for (int v = 0; v < values.length; v++) {
            int level = Math.round(values[v] * WHITE);
            bytes[first + v] = (byte) level;
            if (table[level] != values[v]) {
              exact.set(false);
            }
          }
        });
    return new PictureSet(
        shape, exact.get() ? new Pixels.Bytes(bytes, table) : floats(files, shape));
  }

  /** Pictures with 16 bits, or that are partly transparent. */
  private static Pixels floats(List<Path> files, ImageShape shape) {
    float[] values = new float[shape.size() * files.size()];
    PictureFolder.each(
        files.size(),
        i ->
            System.arraycopy(
                PngImages.read(files.get(i), shape, false),
                0,
                values,
                i * shape.size(),
                shape.size()));
    return new Pixels.Floats(values);
  }

  private static void checkSizes(List<Path> files, ImageShape[] shapes, ImageShape shape) {
    for (int i = 0; i < shapes.length; i++) {
      if (shapes[i].height() != shape.height() || shapes[i].width() != shape.width()) {
        throw new DataException(
            files.get(i),
            "the picture has "
                + size(shapes[i])
                + " pixels, but most pictures there have "
                + size(shape),
            "scale all pictures to one size");
      }
    }
  }

  private static String size(ImageShape shape) {
    return shape.width() + " x " + shape.height();
  }
}
