package org.eqprop.core.learn;

import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Network;

/**
 * Weight decay apart from the gradient (Loshchilov and Hutter 2019): W ← W − rate·λ·W, for weights
 * and biases, and then another rule. With {@link Adam} this is AdamW.
 */
public final class DecoupledDecay implements Optimizer {
  /** The name in options of {@link Adam} with this decay. */
  public static final String ADAMW = "adamw";

  private final Optimizer rule;
  private final double decay;

  /**
   * Decay before a rule.
   *
   * @param rule what makes the update after the decay
   * @param decay λ, at least 0 and finite
   * @throws IllegalArgumentException if λ is out of its range
   */
  public DecoupledDecay(Optimizer rule, double decay) {
    this.rule = rule;
    this.decay = CoupledDecay.checked(decay);
  }

  @Override
  public String name() {
    return rule instanceof Adam ? ADAMW : rule.name();
  }

  @Override
  public Optimizer.Bound bind(Network network) {
    return new Bound(network, rule.bind(network), decay);
  }

  private record Bound(Network network, Optimizer.Bound rule, double decay)
      implements Optimizer.Bound {
    @Override
    public void begin(long step) {
      rule.begin(step);
    }

    @Override
    public float rate(int c) {
      return rule.rate(c);
    }

    @Override
    public List<StateTensor> state() {
      return rule.state();
    }

    @Override
    public void update(Kernels k, int c, int p, int from, int to) {
      float[] w = network.trainables().get(c).parameters().get(p).data();
      k.axpy((float) (-decay * rate(c)), w, w, from, to);
      rule.update(k, c, p, from, to);
    }
  }
}
