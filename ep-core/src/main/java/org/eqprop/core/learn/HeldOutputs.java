package org.eqprop.core.learn;

import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Context;

/**
 * Contrastive learning with held outputs: settle freely to s*, set the output to s⁰ + η·(y − s⁰)
 * and hold it there while the other layers settle to s^η, and take (∂Φ/∂θ(s^η) − ∂Φ/∂θ(s*))/η, the
 * mean over the batch.
 */
final class HeldOutputs implements GradientEstimator {
  private final Network network;
  private final Context context;
  private final int steps;
  private final float share;
  private final FirstPhase first;
  private final State held;
  private final PhaseDifference difference;
  private final float[] response;
  private final Context.Task settle = this::settle;

  /**
   * An estimator for batches of at most {@code capacity} samples.
   *
   * @param share η in (0, 1]
   * @throws IllegalArgumentException if the network has a read-out, so that its output is not
   *     compared with y
   */
  HeldOutputs(Network network, Context context, Phases phases, double share, int capacity) {
    if (network.cost().readOut() != null || network.cost().classes() != network.output().size()) {
      throw new IllegalArgumentException(
          "the outputs are held at their targets, but the cost "
              + network.cost().type()
              + " has a read-out of its own between the two; use the squared error.");
    }
    this.network = network;
    this.context = context;
    this.steps = phases.k();
    this.share = (float) share;
    this.first = new FirstPhase(network, context, phases.t(), phases.settling(), capacity);
    State free = first.free();
    this.held = first.relaxation().newState();
    this.difference =
        new PhaseDifference(network, context.learnerKernels(), free, held, free, capacity);
    this.response = new float[capacity];
  }

  @Override
  public Network network() {
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
    held.copy(first.free(), from, to);
    first.relaxation().hold(held, share, samples.y(), from, to);
    first.division().held(held, steps, count, worker, workers);
    difference.take(1f / (share * count), response, from, to);
  }

  @Override
  public Outcome outcome() {
    return first.outcome();
  }

  @Override
  public float response(int row) {
    return response[row];
  }

  @Override
  public Layer firstNotFinite(int count) {
    return difference.firstNotFinite(count);
  }

  @Override
  public long work(int c) {
    return difference.work(c);
  }

  @Override
  public void gradient(int c, int firstTile, int endTile, Sink sink) {
    difference.gradient(c, first.batch().count(), firstTile, endTile, sink);
  }
}
