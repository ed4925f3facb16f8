package org.eqprop.core.testing;

import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.learn.Optimizer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;

/** Stores gradients first and then has a parameter updated from them. */
public record StoringOptimizer(Rule rule) implements Optimizer {
  /** Updates a range of a parameter from its gradient. */
  @FunctionalInterface
  public interface Rule {
    /** Positions {@code from} to {@code to} (exclusive) of a parameter of connection {@code c}. */
    void update(Kernels k, int c, Parameter parameter, int from, int to);
  }

  /** W += rate·ΔW, one rate a connection. */
  public static StoringOptimizer adding(float... rates) {
    return new StoringOptimizer(
        (k, c, parameter, from, to) ->
            k.axpy(rates[c], parameter.gradient(), parameter.data(), from, to));
  }

  @Override
  public String name() {
    return "storing";
  }

  @Override
  public Bound bind(Network network) {
    return new Bound() {
      @Override
      public void begin(long step) {}

      @Override
      public float rate(int c) {
        return 1f;
      }

      @Override
      public void update(Kernels k, int c, int p, int from, int to) {
        rule.update(k, c, network.connections().get(c).parameters().get(p), from, to);
      }
    };
  }
}
