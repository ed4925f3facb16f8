package org.eqprop.core.learn;

import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Context;

/** Settles freely and then otherwise, and takes the difference of ∂Φ/∂θ between two states. */
abstract class ContrastiveEstimator implements GradientEstimator {
  private final Network network;
  private final Context context;
  private final FirstPhase first;
  private final PhaseDifference difference;
  private final float[] response;
  private final Context.Task settle = this::settle;

  /**
   * An estimator for batches of at most {@code capacity} samples.
   *
   * @param plus the state whose ∂Φ/∂θ is added
   * @param minus the state whose ∂Φ/∂θ is subtracted
   */
  ContrastiveEstimator(
      Network network, Context context, FirstPhase first, State plus, State minus, int capacity) {
    this.network = network;
    this.context = context;
    this.first = first;
    this.difference =
        new PhaseDifference(network, context.learnerKernels(), first.free(), plus, minus, capacity);
    this.response = new float[capacity];
  }

  /** The free phase of {@code phases}. */
  static FirstPhase first(Network network, Context context, Phases phases, int capacity) {
    return new FirstPhase(network, context, phases.t(), phases.settling(), capacity);
  }

  /**
   * The worker's share of what comes after the free phase: brings the two states of rows {@code
   * from} to {@code to} (exclusive) to where they are compared.
   */
  abstract void second(Minibatch samples, int from, int to, int worker, int workers);

  /** The factor of the difference for a batch of {@code count} samples. */
  abstract float scale(int count);

  /** The free phase. */
  final FirstPhase first() {
    return first;
  }

  @Override
  public final Network network() {
    return network;
  }

  @Override
  public void settle(Minibatch samples) {
    first.prepare(samples);
    first.division().run(context, settle);
  }

  private void settle(int worker, int workers) {
    Minibatch samples = first.batch();
    int count = samples.count();
    int from = Context.share(count, worker, workers);
    int to = Context.share(count, worker + 1, workers);
    first.run(1f / count, worker, workers);
    second(samples, from, to, worker, workers);
    difference.take(scale(count), response, from, to);
  }

  @Override
  public final Outcome outcome() {
    return first.outcome();
  }

  @Override
  public final float response(int row) {
    return response[row];
  }

  @Override
  public final Layer firstNotFinite(int count) {
    return difference.firstNotFinite(count);
  }

  @Override
  public final long work(int c) {
    return difference.work(c);
  }

  @Override
  public final void gradient(int c, int firstTile, int endTile, Sink sink) {
    if (c == network.connections().size()) {
      first.readOutGradient(firstTile, endTile, sink);
    } else {
      difference.gradient(c, first.batch().count(), firstTile, endTile, sink);
    }
  }
}
