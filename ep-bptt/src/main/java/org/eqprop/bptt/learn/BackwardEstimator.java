package org.eqprop.bptt.learn;

import java.util.Arrays;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.learn.GradientEstimator;
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
 * Settles freely, and goes back through steps at the end of that.
 *
 * <p>A step's gradient by W is (∂L/∂a_target)·u_source and, for the way down,
 * u_target·(∂L/∂a_source). A clamped source is the same in each step, so there ∂L/∂a is summed
 * first.
 *
 * <p>Samples go forward and back in shards, one a worker, without synchronisation; the sum over
 * samples and steps is then divided among the workers by weight tile, so that it always runs in the
 * same order.
 */
abstract class BackwardEstimator implements GradientEstimator {
  private final Network network;
  private final Context context;
  private final Kernels kernels;
  private final Settling settling;
  private final int freeSteps;
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
   * @param kept room for the steps to go back through
   * @throws IllegalArgumentException if the solver needs another kind of network
   */
  BackwardEstimator(
      Network network, Context context, Phases phases, Trajectory kept, int capacity) {
    boolean exact = phases.settling().equals(Settling.EXACT);
    this.network = network;
    this.context = context;
    this.kernels = context.learnerKernels();
    this.freeSteps = exact ? phases.t() - kept.stored() : phases.t();
    this.settling = phases.settling();
    this.relaxation = new Relaxation(network, kernels, capacity, settling);
    this.division = Division.of(relaxation, context);
    this.state = relaxation.newState();
    this.kept = kept;
    this.back = new BackwardPass(network, kernels, kept, capacity);
    this.cost = network.cost().reading(capacity);
    this.outcome = new Outcome(capacity);
    this.residual = new float[capacity];
    this.taken = new int[capacity];
    Arrays.fill(taken, phases.t());
    this.response = new float[capacity];
  }

  /**
   * Adds up the gradients of a connection between two layers that step, over the steps, with {@link
   * Connection#bottomUpGradient} and {@link Connection#topDownGradient}.
   *
   * @param number of the connection
   * @param count samples
   */
  abstract void recurrentGradient(Connection connection, int number, int count, int first, int end);

  /** The kernels. */
  final Kernels kernels() {
    return kernels;
  }

  /** The steps that it went back through. */
  final Trajectory kept() {
    return kept;
  }

  /** The way back. */
  final BackwardPass back() {
    return back;
  }

  @Override
  public final Network network() {
    return network;
  }

  @Override
  public final void settle(Minibatch samples) {
    batch = samples;
    division.run(context, settle);
  }

  @Override
  public final Outcome outcome() {
    return outcome;
  }

  @Override
  public final float response(int row) {
    return response[row];
  }

  @Override
  public final Layer firstNotFinite(int count) {
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
    if (settling.equals(Settling.EXACT)) { // the steps kept are the free phase's last
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
  public final void gradient(int c, int first, int end, Sink sink) {
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
    recurrentGradient(connection, c, count, first, end);
    connection.biasGradient(kernels, targets, count, first, end, Sink.STORE);
    connection.drain(kernels, first, end, sink);
  }

  private Minibatch batch() {
    Minibatch samples = batch;
    if (samples == null) {
      throw new IllegalStateException("settle has not been called.");
    }
    return samples;
  }
}
