package org.eqprop.core.network;

/**
 * The authors' initial values, and the default: weights uniform in ±gain/√fanIn, biases uniform in
 * ±1/√fanIn, where fanIn is {@link Trainable#fanIn()}. The variance of a weight is gain²/(3·fanIn).
 */
public final class FanInUniform implements Initialiser {
  /** Creates one; it has no state. */
  public FanInUniform() {}

  @Override
  public void fill(
      Trainable owner, Parameter parameter, double gain, Randomness random, float[] values) {
    double factor = parameter.role() == Parameter.Role.WEIGHT ? gain : 1;
    fill(factor / Math.sqrt(owner.fanIn()), random, values);
  }

  /** Fills {@code values} with uniform numbers in ±bound. */
  static void fill(double bound, Randomness random, float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
  }
}
