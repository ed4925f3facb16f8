package org.eqprop.examples.data;

import org.eqprop.core.tensor.Shape;

/**
 * The geometry of one image.
 *
 * @param channels number of channels, at least 1
 * @param height number of rows, at least 1
 * @param width number of columns, at least 1
 */
public record ImageShape(int channels, int height, int width) {

  /**
   * Checks the geometry.
   *
   * @throws IllegalArgumentException if a number is not positive or the product overflows an int
   */
  public ImageShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "no image has " + channels + " x " + height + " x " + width + " values");
    }
    try {
      Math.multiplyExact(Math.multiplyExact(channels, height), width);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "an image of " + channels + " x " + height + " x " + width + " is too large", e);
    }
  }

  /**
   * Returns how many values one image has.
   *
   * @return channels · height · width
   */
  public int size() {
    return channels * height * width;
  }

  /** Where the values of an image are, channel by channel, if its channels lie side by side. */
  static int[] channelByChannel(ImageShape shape) {
    int channels = shape.channels();
    int area = shape.height() * shape.width();
    int[] from = new int[shape.size()];
    for (int c = 0; c < channels; c++) {
      for (int p = 0; p < area; p++) {
        from[c * area + p] = p * channels + c;
      }
    }
    return from;
  }

  /** The shape of the input of a network that sees such images. */
  public Shape tensor() {
    return Shape.of(channels, height, width);
  }

  /** Returns the geometry as in {@code 1x28x28}. */
  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
