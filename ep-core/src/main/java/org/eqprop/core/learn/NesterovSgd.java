package org.eqprop.core.learn;

import org.eqprop.core.internal.machine.Fma;
import org.eqprop.core.network.Network;

/**
 * Gradient descent with Nesterov's momentum, in the form of Sutskever et al. 2013 that frameworks
 * use: v ← μ·v + ΔW, then W ← W + rate·(ΔW + μ·v), with v = 0 at first.
 */
public final class NesterovSgd implements Optimizer {
  /** The name in options. */
  public static final String NAME = "nesterov";

  private final LearningRates rates;
  private final float momentum;

  /**
   * Descent with the given rates.
   *
   * @param rates one learning rate for each connection
   * @param momentum μ, from 0 to below 1
   * @throws IllegalArgumentException if μ is out of its range
   */
  public NesterovSgd(LearningRates rates, double momentum) {
    this.rates = rates;
    this.momentum = MomentumSgd.checked(momentum);
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
        w[i] = Fma.fma(rate, Fma.fma(mu, next, g[i]), w[i]);
      }
    }
  }
}
