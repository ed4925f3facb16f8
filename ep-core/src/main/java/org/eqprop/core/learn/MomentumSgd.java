package org.eqprop.core.learn;

import org.eqprop.core.internal.machine.Fma;
import org.eqprop.core.network.Network;

/**
 * Gradient descent with momentum (Polyak 1964): v ← μ·v + ΔW, then W ← W + rate·v, with v = 0 at
 * first.
 */
public final class MomentumSgd implements Optimizer {
  /** The name in options. */
  public static final String NAME = "momentum";

  private final LearningRates rates;
  private final float momentum;

  /**
   * Descent with the given rates.
   *
   * @param rates one learning rate for each connection
   * @param momentum μ, from 0 to below 1
   * @throws IllegalArgumentException if μ is out of its range
   */
  public MomentumSgd(LearningRates rates, double momentum) {
    this.rates = rates;
    this.momentum = checked(momentum);
  }

  /** Checks μ. */
  static float checked(double momentum) {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "The optimizer's momentum is " + momentum + "; it must be from 0 to below 1.");
    }
    return (float) momentum;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optimizer.Bound bind(Network network) {
    return new Bound(network, rates, momentum);
  }

  private static final class Bound extends StatefulUpdates {
    private final float mu;

    Bound(Network network, LearningRates rates, float mu) {
      super(network, rates, "momentum");
      this.mu = mu;
    }

    @Override
    protected void update(
        float rate, float[] g, float[][] remembered, float[] w, int from, int to) {
      float[] v = remembered[0];
      for (int i = from; i < to; i++) {
        float next = Fma.fma(mu, v[i], g[i]);
        v[i] = next;
        w[i] = Fma.fma(rate, next, w[i]);
      }
    }
  }
}
