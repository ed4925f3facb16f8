package org.eqprop.examples.data;

import org.eqprop.core.DataException;

/**
 * The samples of a NumPy array.
 *
 * @param shape geometry of each
 * @param pixels their values
 * @param white the value that is 1.0
 */
record NpyImages(ImageShape shape, Pixels pixels, int white) {
  private static final int BYTE_WHITE = 255;

  /** More channels than grey, grey and alpha, RGB, RGB and alpha are no channels. */
  private static final int MOST_CHANNELS = 4;

  private static final String SHAPES =
      "give samples x values, images x rows x columns, or four dimensions with at most 4 channels";

  /**
   * Reads samples.
   *
   * @param unit the value that is 1.0; 0 if the values tell it: 255 for bytes, and for whole values
   *     from 0 to 255 of images, else 1
   * @throws DataException if the array has no samples, or a value is not finite or too large
   */
  static NpyImages of(NpyArray x, int unit) {
    int[] s = x.sizes();
    if (x.type().isText() || s.length < 1 || s.length > 4 || x.count() == 0) {
      throw new DataException(
          x.place(),
          "the array of " + x.shape() + " " + x.type().plural() + " has no samples",
          SHAPES);
    }
    boolean last = s.length == 4 && channelsLast(x);
    ImageShape shape =
        switch (s.length) {
          case 1 -> new ImageShape(1, 1, 1);
          case 2 -> new ImageShape(1, 1, s[1]);
          case 3 -> new ImageShape(1, s[1], s[2]);
          default -> last ? new ImageShape(s[3], s[1], s[2]) : new ImageShape(s[1], s[2], s[3]);
        };
    int white = unit > 0 ? unit : white(x);
    Pixels inOrder = pixels(x, white);
    return new NpyImages(
        shape, last ? inOrder.permuted(ImageShape.channelByChannel(shape)) : inOrder, white);
  }

  private static boolean channelsLast(NpyArray x) {
    boolean first = x.sizes()[1] <= MOST_CHANNELS;
    boolean last = x.sizes()[3] <= MOST_CHANNELS;
    if (first == last) {
      throw new DataException(
          x.place(), "which dimension of " + x.shape() + " has the channels?", SHAPES);
    }
    return last;
  }

  private static boolean areBytes(NpyArray x) {
    return x.type() == NpyType.UNSIGNED && x.width() == 1;
  }

  /** The value that is 1.0, by the values. */
  private static int white(NpyArray x) {
    if (areBytes(x)) {
      return BYTE_WHITE;
    }
    if (x.sizes().length < 3) {
      return 1;
    }
    double most = 0;
    for (int i = 0; i < x.count(); i++) {
      double value = x.value(i);
      if (value < 0 || value != Math.rint(value)) {
        return 1;
      }
      most = Math.max(most, value);
    }
    return most > 1 && most <= BYTE_WHITE ? BYTE_WHITE : 1;
  }

  private static Pixels pixels(NpyArray x, int white) {
    if (areBytes(x) && white == BYTE_WHITE) {
      return new Pixels.Bytes(x.bytes(), Dataset.table(BYTE_WHITE));
    }
    float[] values = new float[x.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) x.value(i) / white;
      if (!Float.isFinite(values[i])) {
        throw new DataException(
            x.place(),
            "value number " + i + " is " + x.value(i),
            "give finite numbers that fit into 32 bits");
      }
    }
    return new Pixels.Floats(values);
  }
}
