package org.eqprop.core.learn;

import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;

/**
 * Weight decay as a part of the gradient: ΔW ← ΔW − λ·W, for weights and biases, and then another
 * rule. This is the gradient of ½λ‖W‖² added to the loss. A rule that scales the gradient, such as
 * Adam, scales the decay with it; {@link DecoupledDecay} keeps it apart.
 */
public final class CoupledDecay implements Optimizer {
  private final Optimizer rule;
  private final float decay;

  /**
   * Decay before a rule.
   *
   * @param rule what makes an update of the decayed gradient
   * @param decay λ, at least 0 and finite
   * @throws IllegalArgumentException if λ is out of its range
   */
  public CoupledDecay(Optimizer rule, double decay) {
    this.rule = rule;
    this.decay = (float) checked(decay);
  }

  /** Checks λ. */
  static double checked(double decay) {
    if (!(decay >= 0 && decay < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The weight decay is " + decay + "; it must be at least 0 and finite.");
    }
    return decay;
  }

  @Override
  public String name() {
    return rule.name();
  }

  @Override
  public Optimizer.Bound bind(Network network) {
    return new Bound(network, rule.bind(network), decay);
  }

  private record Bound(Network network, Optimizer.Bound rule, float decay)
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
      Parameter parameter = network.trainables().get(c).parameters().get(p);
      k.axpy(-decay, parameter.data(), parameter.gradient(), from, to);
      rule.update(k, c, p, from, to);
    }
  }
}
