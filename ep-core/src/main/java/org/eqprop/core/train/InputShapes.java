package org.eqprop.core.train;

import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.tensor.Shape;

/** The shape of an input that nothing is said about. */
final class InputShapes {
  private InputShapes() {}

  /**
   * The values as they are, or a square image of one channel for a network with convolutions.
   *
   * @throws IllegalArgumentException if it needs a square and {@code inputSize} is none
   */
  static Shape of(PaperNet preset, int inputSize) {
    if (!preset.isConvolutional()) {
      return Shape.of(inputSize);
    }
    int side = (int) Math.round(Math.sqrt(inputSize));
    if (side * side != inputSize) {
      throw new IllegalArgumentException(
          "The samples have "
              + inputSize
              + " values, which is no square image of one channel; say with inputShape what they"
              + " are.");
    }
    return Shape.of(1, side, side);
  }
}
