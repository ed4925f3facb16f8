package org.eqprop.core.network;

import java.util.List;

/** Draws the initial weights and biases. */
final class InitialParameters {
  private InitialParameters() {}

  /**
   * Sets the parameters; see {@link Network#initialise(long, Initialiser,
   * org.eqprop.core.kernel.Kernels, double...)}.
   */
  static void set(List<Trainable> trainables, long seed, Initialiser initialiser, double... gains) {
    if (gains.length != 1 && gains.length != trainables.size()) {
      throw new IllegalArgumentException(
          "There are "
              + gains.length
              + " gains of the initial weights; give one for all, or "
              + trainables.size()
              + ", one for each connection, a read-out included.");
    }
    for (double gain : gains) {
      if (!(gain > 0 && gain < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "A gain of the initial weights is " + gain + "; it must be above 0 and finite.");
      }
    }
    for (int c = 0; c < trainables.size(); c++) {
      Trainable trainable = trainables.get(c);
      Randomness random = new Randomness(seed, Randomness.Stream.PARAMETERS, c);
      double gain = gains[gains.length == 1 ? 0 : c];
      for (Parameter parameter : trainable.parameters()) {
        float[] values = new float[parameter.shape().size()];
        initialiser.fill(trainable, parameter, gain, random, values);
        parameter.read(values);
      }
    }
  }
}
