package org.eqprop.bptt.learn;

import java.util.Arrays;
import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.learn.GradientEstimator;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.learn.Minibatch;
import org.eqprop.core.learn.Outcome;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Division;
import org.eqprop.core.settle.Relaxation;
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
 * <p>A step's gradient by W is (∂L/∂a_target)·u_source and, for the way down,
 * u_target·(∂L/∂a_source). Summed over the K steps they are two long products over K·B rows; a
 * clamped source is the same in each step, so there ∂L/∂a is summed first.
 *
 * <p>Samples go forward and back in shards, one a worker, without synchronisation; the sum over
 * samples and steps is then divided among the workers by weight tile, so that it always runs in the
 * same order.
 */
public final class BackpropThroughTime implements GradientEstimator {
  /** The name in options. */
  public static final String NAME = "bptt";

  private final Network network;
  private final Context context;
  private final Kernels kernels;
  private final Settling settling;
  private final int freeSteps;
  private final int steps;
  private final int capacity;
  private final Relaxation relaxation;
  private final Division division;
  private final State state;
  private final Trajectory kept;
  private final BackwardPass back;
  private final Cost.Reading cost;
  private final Outcome outcome;
  private final float[] residual;
  private final int[] taken;
  private final float[] response;
  private final Context.Task settle = this::settle;
  private @Nullable Minibatch batch;

  /**
   * An estimator for batches of at most {@code capacity} samples.
   *
   * @throws IllegalArgumentException if the free phase is the paper's and K exceeds T, or the
   *     solver needs another kind of network
   */
  public BackpropThroughTime(Network network, Context context, Phases phases, int capacity) {
    boolean exact = phases.settling().equals(Settling.EXACT);
    if (exact && phases.k() > phases.t()) {
      throw new IllegalArgumentException(
          "K is "
              + phases.k()
              + "; backpropagation through time goes back at most through the T = "
              + phases.t()
              + " steps of the free phase.");
    }
    this.network = network;
    this.context = context;
    this.kernels = context.learnerKernels();
    this.steps = phases.k();
    this.freeSteps = exact ? phases.t() - phases.k() : phases.t();
    this.capacity = capacity;
    this.settling = phases.settling();
    this.relaxation = new Relaxation(network, kernels, capacity, settling);
    this.division = Division.of(relaxation, context);
    this.state = relaxation.newState();
    this.kept = new Trajectory(network, steps, capacity);
    this.back = new BackwardPass(network, kernels, kept, capacity);
    this.cost = network.cost().reading(capacity);
    this.outcome = new Outcome(capacity);
    this.residual = new float[capacity];
    this.taken = new int[capacity];
    Arrays.fill(taken, phases.t());
    this.response = new float[capacity];
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public void settle(Minibatch samples) {
    batch = samples;
    division.run(context, settle);
  }

  @Override
  public Outcome outcome() {
    return outcome;
  }

  @Override
  public float response(int row) {
    return response[row];
  }

  @Override
  public Layer firstNotFinite(int count) {
    for (int n = 0; n < network.depth(); n++) {
      Layer layer = network.layers().get(n);
      if (!state.isFinite(layer, count)) {
        return layer;
      }
    }
    return network.output();
  }

  private void settle(int worker, int workers) {
    Minibatch samples = batch();
    int from = Context.share(samples.count(), worker, workers);
    int to = Context.share(samples.count(), worker + 1, workers);
    samples.load(relaxation.x(), from, to);
    relaxation.clamp(state, from, to);
    samples.begin(relaxation, state, from, to);
    if (freeSteps > 0) {
      division.free(state, freeSteps, samples.count(), worker, workers);
    }
    kept.run(relaxation, state, from, to);
    samples.keep(state, from, to);
    Rows output = state.s(network.output());
    Rows scores = cost.scores(kernels, output, from, to);
    if (settling.equals(Settling.EXACT)) { // the K steps are the free phase's last
      kept.measure(kernels, residual, from, to);
      outcome.record(cost, scores, samples.y(), residual, taken, from, to);
    } else {
      outcome.record(cost, scores, samples.y(), relaxation, from, to);
    }
    cost.keep(kernels, 1f / samples.count(), samples.y(), output, from, to);
    back.run(cost, samples.y(), 1f / samples.count(), from, to);
    Arrays.fill(response, from, to, 0f);
    back.measure(response, from, to);
  }

  @Override
  public long work(int c) {
    List<Connection> connections = network.connections();
    return c == connections.size() || connections.get(c).source().input() ? 1 : 2L * steps;
  }

  @Override
  public void gradient(int c, int first, int end, Sink sink) {
    if (c == network.connections().size()) {
      cost.gradient(kernels, batch().count(), first, end, sink);
      return;
    }
    int count = batch().count();
    Connection connection = network.connections().get(c);
    Rows targets = back.sum(connection.target());
    if (connection.source().input()) {
      Rows x = state.u(network.input());
      Memory memory = state.memory(c);
      connection.bottomUpGradient(kernels, targets, x, memory, count, first, end, sink);
      connection.biasGradient(kernels, targets, count, first, end, sink);
      return;
    }
    if (count == capacity && kept.memoryless(c)) {
      stacked(connection, first, end);
    } else {
      stepwise(connection, c, count, first, end);
    }
    connection.biasGradient(kernels, targets, count, first, end, Sink.STORE);
    connection.drain(kernels, first, end, sink);
  }

  /** Over all steps at once: full batches leave no gaps between the steps' rows. */
  private void stacked(Connection c, int first, int end) {
    int rows = steps * capacity;
    Rows targets = back.delta(c.target());
    Rows sources = back.delta(c.source());
    Memory none = Memory.NONE;
    c.bottomUpGradient(kernels, targets, kept.u(c.source()), none, rows, first, end, Sink.STORE);
    c.topDownGradient(kernels, kept.u(c.target()), sources, none, rows, first, end, Sink.STORE);
  }

  /** Step by step, in the order of {@link #stacked}. */
  private void stepwise(Connection c, int number, int count, int first, int end) {
    Layer target = c.target();
    Layer source = c.source();
    for (int t = 0; t < steps; t++) {
      Memory memory = kept.memory(t, number);
      Rows u = kept.u(t, source);
      Sink sink = t == 0 ? Sink.STORE : Sink.ADD;
      c.bottomUpGradient(kernels, back.delta(t, target), u, memory, count, first, end, sink);
    }
    for (int t = 0; t < steps; t++) {
      Memory memory = kept.memory(t, number);
      Rows u = kept.u(t, target);
      Sink sink = t == 0 ? Sink.STORE : Sink.ADD;
      c.topDownGradient(kernels, u, back.delta(t, source), memory, count, first, end, sink);
    }
  }

  private Minibatch batch() {
    Minibatch samples = batch;
    if (samples == null) {
      throw new IllegalStateException("settle has not been called.");
    }
    return samples;
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
    public GradientEstimator create(Network network, Context context, Phases phases, int capacity) {
      return new BackpropThroughTime(network, context, phases, capacity);
    }
  }
}
