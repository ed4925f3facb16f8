package org.eqprop.bptt.learn;

import java.util.List;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.learn.GradientEstimator;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Context;
import org.jspecify.annotations.Nullable;

/**
 * Recurrent backpropagation (Almeida 1987, Pineda 1987): settle freely to s*, and solve λ =
 * (∂F/∂s)ᵀ·λ + ∂L/∂s for the adjoint at s* by K terms of its Neumann series, λ = Σ_t ((∂F/∂s)ᵀ)^t ·
 * ∂L/∂s for t = 0 … K−1. The gradient is (∂F/∂θ)ᵀ·λ. These are the K steps of {@link
 * BackpropThroughTime} where the state is steady, in the memory of one, and with one product of the
 * summed adjoint for the weights. β, the estimate and the seed of {@link Phases} play no part.
 */
public final class RecurrentBackprop extends BackwardEstimator {
  /** The name in options. */
  public static final String NAME = "rbp";

  /**
   * An estimator for batches of at most {@code capacity} samples.
   *
   * @param network the network
   * @param context the threads that work
   * @param phases T, K, β and how phases settle
   * @param capacity the most samples that a batch has, at least 1
   * @throws IllegalArgumentException if the solver needs another kind of network
   */
  public RecurrentBackprop(Network network, Context context, Phases phases, int capacity) {
    super(network, context, phases, Trajectory.steady(network, phases.k(), capacity), capacity);
  }

  @Override
  public long work(int c) {
    List<Connection> connections = network().connections();
    return c == connections.size() || connections.get(c).source().input() ? 1 : 2;
  }

  @Override
  void recurrentGradient(Connection c, int number, int count, int first, int end) {
    Memory memory = kept().memory(0, number);
    c.bottomUpGradient(
        kernels(),
        back().sum(c.target()),
        kept().u(0, c.source()),
        memory,
        count,
        first,
        end,
        Sink.STORE);
    c.topDownGradient(
        kernels(),
        kept().u(0, c.target()),
        back().sum(c.source()),
        memory,
        count,
        first,
        end,
        Sink.STORE);
  }

  /** Makes estimators named {@value #NAME}. */
  public static final class Provider implements Learner.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public @Nullable String whyWithout(Setting setting) {
      return "recurrent backpropagation has no nudged phase";
    }

    @Override
    public GradientEstimator create(Network network, Context context, Phases phases, int capacity) {
      return new RecurrentBackprop(network, context, phases, capacity);
    }
  }
}
