package org.eqprop.bptt.learn;

import java.util.Arrays;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.learn.GradientEstimator;
import org.eqprop.core.learn.Minibatch;
import org.eqprop.core.learn.Outcome;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.Connection;
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
 * Backpropagation through time: settle freely for T steps, and differentiate L = (1/2B) Σ‖s⁰_T −
 * y‖² through the last K of them; K = T is the whole gradient, K &lt; T the truncated one that
 * Theorem 1 compares with equilibrium propagation. β, the estimate and the seed of {@link Phases}
 * play no part.
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
  private final int freeSteps;
  private final int steps;
  private final int capacity;
  private final Relaxation relaxation;
  private final Division division;
  private final State state;
  private final Trajectory kept;
  private final BackwardPass back;
  private final Outcome outcome;
  private final float[] residual;
  private final int[] taken;
  private final float[] response;
  private final Context.Task settle = this::settle;
  private @Nullable Minibatch batch;

  /**
   * An estimator for batches of at most {@code capacity} samples.
   *
   * @throws IllegalArgumentException if K exceeds T, or the steps are not the paper's
   */
  public BackpropThroughTime(Network network, Context context, Phases phases, int capacity) {
    if (phases.k() > phases.t()) {
      throw new IllegalArgumentException(
          "K is "
              + phases.k()
              + "; backpropagation through time goes back at most through the T = "
              + phases.t()
              + " steps of the free phase.");
    }
    if (!phases.settling().equals(Settling.EXACT)) {
      throw new IllegalArgumentException(
          "Backpropagation through time goes back through the paper's steps; use mode exact.");
    }
    this.network = network;
    this.context = context;
    this.kernels = context.learnerKernels();
    this.steps = phases.k();
    this.freeSteps = phases.t() - phases.k();
    this.capacity = capacity;
    this.relaxation = new Relaxation(network, kernels, capacity);
    this.division = Division.of(relaxation, context);
    this.state = relaxation.newState();
    this.kept = new Trajectory(network, steps, capacity);
    this.back = new BackwardPass(network, kernels, kept, capacity);
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
    context.run(settle);
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
    relaxation.reset(state, from, to);
    if (freeSteps > 0) {
      division.free(state, freeSteps, samples.count(), worker);
    }
    kept.run(relaxation, state, from, to);
    kept.measure(kernels, residual, from, to);
    outcome.record(state.s(network.output()), samples.y(), residual, taken, from, to);
    back.run(samples.y(), 1f / samples.count(), from, to);
    Arrays.fill(response, from, to, 0f);
    back.measure(response, from, to);
  }

  @Override
  public long work(Connection connection) {
    return connection.source().input() ? 1 : 2L * steps;
  }

  @Override
  public void sum(int c, int first, int end) {
    int count = batch().count();
    Connection connection = network.connections().get(c);
    Rows targets = back.sum(connection.target());
    connection.biasGradient(kernels, targets, count, first, end);
    if (connection.source().input()) {
      Rows x = state.u(network.input());
      connection.weightGradient(kernels, targets, x, state.memory(c), count, first, end, false);
    } else if (count == capacity && kept.memoryless(c)) {
      stacked(connection, first, end);
    } else {
      stepwise(connection, c, count, first, end);
    }
  }

  /** Over all steps at once: full batches leave no gaps between the steps' rows. */
  private void stacked(Connection c, int first, int end) {
    int rows = steps * capacity;
    Layer target = c.target();
    Layer source = c.source();
    Memory none = Memory.NONE;
    c.weightGradient(kernels, back.delta(target), kept.u(source), none, rows, first, end, false);
    c.weightGradient(kernels, kept.u(target), back.delta(source), none, rows, first, end, true);
  }

  /** Step by step, in the order of {@link #stacked}. */
  private void stepwise(Connection c, int number, int count, int first, int end) {
    Layer target = c.target();
    Layer source = c.source();
    for (int t = 0; t < steps; t++) {
      Memory memory = kept.memory(t, number);
      Rows u = kept.u(t, source);
      c.weightGradient(kernels, back.delta(t, target), u, memory, count, first, end, t > 0);
    }
    for (int t = 0; t < steps; t++) {
      Memory memory = kept.memory(t, number);
      Rows u = kept.u(t, target);
      c.weightGradient(kernels, u, back.delta(t, source), memory, count, first, end, true);
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
  public static final class Provider implements GradientEstimator.Provider {
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
