package org.eqprop.examples.data;

import java.nio.ByteBuffer;
import org.eqprop.core.DataException;
import org.eqprop.core.internal.idx.IdxFile;
import org.eqprop.core.internal.idx.IdxScale;
import org.eqprop.core.internal.idx.IdxType;

/**
 * The images of an IDX file of any type.
 *
 * @param shape geometry of each
 * @param file the file
 * @param channelsLast whether the file has an image's channels side by side
 * @param white the value that is 1.0: 255, or 1 if no value is larger and the type is not bytes
 */
record IdxImages(ImageShape shape, IdxFile file, boolean channelsLast, int white) {
  /** More channels than grey, grey and alpha, RGB, RGB and alpha are no channels. */
  private static final int MOST_CHANNELS = 4;

  /**
   * Finds out what the images are.
   *
   * @throws DataException if they have no geometry, or values of which nobody knows what is white
   */
  static IdxImages of(IdxFile file) {
    boolean last = file.sizes().length == 4 && channelsLast(file);
    return new IdxImages(shape(file, last), file, last, IdxScale.white(file));
  }

  private static ImageShape shape(IdxFile file, boolean channelsLast) {
    int[] s = file.sizes();
    return switch (s.length) {
      case 1 ->
          throw new DataException(
              file.path(), "holds labels where images belong", "check which file has which name");
      case 2 -> new ImageShape(1, 1, s[1]);
      case 3 -> new ImageShape(1, s[1], s[2]);
      case 4 -> channelsLast ? new ImageShape(s[3], s[1], s[2]) : new ImageShape(s[1], s[2], s[3]);
      default ->
          throw file.unsupported(
              "images have 2 dimensions (images, values), 3 (images, rows, columns) or 4 (with"
                  + " channels)");
    };
  }

  private static boolean channelsLast(IdxFile file) {
    boolean first = file.sizes()[1] <= MOST_CHANNELS;
    boolean last = file.sizes()[3] <= MOST_CHANNELS;
    if (first == last) {
      throw file.unsupported(
          "of 4 dimensions either the second or the last must be at most 4, the channels");
    }
    return last;
  }

  /**
   * The values.
   *
   * @param unit the value that becomes 1.0, which the other part of the set may know better
   * @throws DataException if there are values above that
   */
  Pixels pixels(int unit) {
    if (white > unit) {
      throw new DataException(
          file.path(),
          "its values go up to 255, but those of the training images to 1",
          "take all four files from the same source");
    }
    Pixels inFileOrder = file.type() == IdxType.UBYTE ? bytes() : floats(unit);
    return channelsLast ? inFileOrder.permuted(ImageShape.channelByChannel(shape)) : inFileOrder;
  }

  private Pixels bytes() {
    return new Pixels.Bytes(file.data(), Dataset.table(IdxScale.BYTE_WHITE));
  }

  private Pixels floats(int unit) {
    ByteBuffer body = file.body();
    float[] values = new float[file.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) file.type().value(body, i) / unit;
    }
    return new Pixels.Floats(values);
  }
}
