package org.eqprop.bptt.learn;

import java.util.List;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.learn.GradientEstimator;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * Backpropagation through time: settle freely for T steps, and differentiate L = (1/B) Σ ℓ(s⁰_T, y)
 * through the last K of them; K = T is the whole gradient, K &lt; T the truncated one that Theorem
 * 1 compares with equilibrium propagation. β, the estimate and the seed of {@link Phases} play no
 * part.
 *
 * <p>With another {@link Settling} than the paper's the network first settles as that says, for at
 * most T steps. Then K steps of the paper follow, and the gradient goes back through these. Where
 * the state is steady, it is the same gradient: all of the K states are s*.
 *
 * <p>Summed over the K steps, the gradients by a connection's weights are two long products over
 * K·B rows.
 */
public final class BackpropThroughTime extends BackwardEstimator {
  /** The name in options. */
  public static final String NAME = "bptt";

  private final int steps;
  private final int capacity;

  /**
   * An estimator for batches of at most {@code capacity} samples.
   *
   * @param network the network
   * @param context the threads that work
   * @param phases T, K, β and how phases settle
   * @param capacity the most samples that a batch has, at least 1
   * @throws IllegalArgumentException if the free phase is the paper's and K exceeds T, or the
   *     solver needs another kind of network
   */
  public BackpropThroughTime(Network network, Context context, Phases phases, int capacity) {
    super(network, context, phases, trajectory(network, phases, capacity), capacity);
    this.steps = phases.k();
    this.capacity = capacity;
  }

  private static Trajectory trajectory(Network network, Phases phases, int capacity) {
    if (phases.settling().equals(Settling.EXACT) && phases.k() > phases.t()) {
      throw new IllegalArgumentException(
          "K is "
              + phases.k()
              + "; backpropagation through time goes back at most through the T = "
              + phases.t()
              + " steps of the free phase.");
    }
    return Trajectory.of(network, phases.k(), capacity);
  }

  @Override
  public long work(int c) {
    List<Connection> connections = network().connections();
    return c == connections.size() || connections.get(c).source().input() ? 1 : 2L * steps;
  }

  @Override
  void recurrentGradient(Connection connection, int number, int count, int first, int end) {
    if (count == capacity && kept().memoryless(number)) {
      stacked(connection, first, end);
    } else {
      stepwise(connection, number, count, first, end);
    }
  }

  /** Over all steps at once: full batches leave no gaps between the steps' rows. */
  private void stacked(Connection c, int first, int end) {
    int rows = steps * capacity;
    Rows targets = back().delta(c.target());
    Rows sources = back().delta(c.source());
    Rows below = kept().u(c.source());
    Rows above = kept().u(c.target());
    Memory none = Memory.NONE;
    c.bottomUpGradient(kernels(), targets, below, none, rows, first, end, Sink.STORE);
    c.topDownGradient(kernels(), above, sources, none, rows, first, end, Sink.STORE);
  }

  /** Step by step, in the order of {@link #stacked}. */
  private void stepwise(Connection c, int number, int count, int first, int end) {
    Layer target = c.target();
    Layer source = c.source();
    for (int t = 0; t < steps; t++) {
      Memory memory = kept().memory(t, number);
      Rows u = kept().u(t, source);
      Sink sink = t == 0 ? Sink.STORE : Sink.ADD;
      Rows delta = back().delta(t, target);
      c.bottomUpGradient(kernels(), delta, u, memory, count, first, end, sink);
    }
    for (int t = 0; t < steps; t++) {
      Memory memory = kept().memory(t, number);
      Rows u = kept().u(t, target);
      Sink sink = t == 0 ? Sink.STORE : Sink.ADD;
      Rows delta = back().delta(t, source);
      c.topDownGradient(kernels(), u, delta, memory, count, first, end, sink);
    }
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
      return "backpropagation through time has no nudged phase";
    }

    @Override
    public GradientEstimator create(Network network, Context context, Phases phases, int capacity) {
      return new BackpropThroughTime(network, context, phases, capacity);
    }
  }
}
