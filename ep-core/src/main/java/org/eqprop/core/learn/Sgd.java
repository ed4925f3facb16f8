package org.eqprop.core.learn;

import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Parameter;

/** Stochastic gradient descent, W += lr·ΔW, with a learning rate for each connection. */
public final class Sgd implements Optimizer {
  private final float[] rates;

  /**
   * Learning rates, output side first as in the presets.
   *
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public Sgd(double... learningRates) {
    rates = new float[learningRates.length];
    for (int i = 0; i < rates.length; i++) {
      double rate = learningRates[i];
      if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "Learning rate " + i + " is " + rate + "; it must be at least 0 and finite.");
      }
      rates[i] = (float) rate;
    }
  }

  @Override
  public void update(Kernels k, int connection, Parameter parameter, int from, int to) {
    k.axpy(rate(connection), parameter.gradient(), parameter.data(), from, to);
  }

  @Override
  public void update(
      Kernels k, GradientEstimator estimator, int connection, int firstTile, int endTile) {
    estimator.addSum(k, rate(connection), connection, firstTile, endTile);
  }

  private float rate(int connection) {
    if (connection >= rates.length) {
      throw new IllegalArgumentException(
          "There are " + rates.length + " learning rates, but connection " + connection + " too.");
    }
    return rates[connection];
  }
}
