package org.eqprop.core.learn;

import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Context;

/**
 * Contrastive learning with held outputs: settle freely to s*, set the output to s⁰ + η·(y − s⁰)
 * and hold it there while the other layers settle to s^η, and take (∂Φ/∂θ(s^η) − ∂Φ/∂θ(s*))/η, the
 * mean over the batch.
 */
final class HeldOutputs extends ContrastiveEstimator {
  private final int steps;
  private final float share;
  private final State held;

  private HeldOutputs(
      Network network,
      Context context,
      FirstPhase first,
      State held,
      int steps,
      double share,
      int capacity) {
    super(network, context, first, held, first.free(), capacity);
    this.steps = steps;
    this.share = (float) share;
    this.held = held;
  }

  /**
   * An estimator for batches of at most {@code capacity} samples.
   *
   * @param share η in (0, 1]
   * @throws IllegalArgumentException if the network has a read-out, so that its output is not
   *     compared with y
   */
  static HeldOutputs of(
      Network network, Context context, Phases phases, double share, int capacity) {
    if (network.cost().readOut() != null || network.cost().classes() != network.output().size()) {
      throw new IllegalArgumentException(
          "the outputs are held at their targets, but the cost "
              + network.cost().type()
              + " has a read-out of its own between the two; use the squared error.");
    }
    FirstPhase first = first(network, context, phases, capacity);
    State held = first.relaxation().newState();
    return new HeldOutputs(network, context, first, held, phases.k(), share, capacity);
  }

  @Override
  void second(Minibatch samples, int from, int to, int worker, int workers) {
    held.copy(first().free(), from, to);
    first().relaxation().hold(held, share, samples.y(), from, to);
    first().division().held(held, steps, samples.count(), worker, workers);
  }

  @Override
  float scale(int count) {
    return 1f / (share * count);
  }
}
