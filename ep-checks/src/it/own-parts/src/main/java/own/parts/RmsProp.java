package own.parts;

import org.eqprop.core.learn.LearningRates;
import org.eqprop.core.learn.Optimizer;
import org.eqprop.core.learn.StatefulUpdates;
import org.eqprop.core.network.Network;

/** v ← 0.9 v + 0.1 ΔW², then W ← W + rate · ΔW / (√v + 10⁻⁴). */
public final class RmsProp implements Optimizer {
  private final LearningRates rates;

  /** A rule with one learning rate for each connection. */
  public RmsProp(LearningRates rates) {
    this.rates = rates;
  }

  @Override
  public String name() {
    return "rmsprop";
  }

  @Override
  public Optimizer.Bound bind(Network network) {
    return new StatefulUpdates(network, rates, "square") {
      @Override
      protected void update(
          float rate, float[] g, float[][] remembered, float[] w, int from, int to) {
        float[] v = remembered[0];
        for (int i = from; i < to; i++) {
          v[i] = 0.9f * v[i] + 0.1f * g[i] * g[i];
          w[i] += rate * g[i] / ((float) Math.sqrt(v[i]) + 1e-4f);
        }
      }
    };
  }
}
