package org.eqprop.core.network;

import org.eqprop.core.tensor.Shape;

/**
 * Glorot and Bengio's initial values (2010): weights uniform in ±gain·√(6/(fanIn + fanOut)), so
 * that their variance is gain²·2/(fanIn + fanOut); biases zero.
 *
 * <p>Of a weight [n, m], fanIn is m and fanOut n. Of kernels [filters, channels, rows, columns],
 * they are channels·rows·columns and filters·rows·columns.
 */
public final class GlorotUniform implements Initialiser {
  /** Creates one; it has no state. */
  public GlorotUniform() {}

  @Override
  public void fill(
      Trainable owner, Parameter parameter, double gain, Randomness random, float[] values) {
    if (parameter.role() == Parameter.Role.WEIGHT) {
      FanInUniform.fill(gain * Math.sqrt(6 / fans(parameter.shape())), random, values);
    }
  }

  /** fanIn + fanOut. */
  private static double fans(Shape shape) {
    double outputs = shape.dimension(0);
    double inputs = shape.rank() > 1 ? shape.dimension(1) : 1;
    return shape.size() / outputs + shape.size() / inputs;
  }
}
