package org.eqprop.core.learn;

import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.relax.Context;

/**
 * How learning gets its direction: fills every parameter's gradient with a direction of descent of
 * the loss, the mean over a batch. Estimators are found by name.
 */
public interface GradientEstimator {
  /** Runs the phases for {@code batch} and fills the network's parameter gradients. */
  void estimate(Minibatch batch);

  /** What the free phase of the last {@link #estimate} gave. */
  Outcome outcome();

  /**
   * Largest absolute change of row {@code row} that the nudge (or the way back) made; not finite
   * where a state is not.
   */
  float response(int row);

  /** The first layer with a state that is not finite in rows 0 to {@code count}, or the output. */
  Layer firstNotFinite(int count);

  /** Makes estimators; registered with {@link java.util.ServiceLoader}. */
  interface Provider {
    /** The name in options: {@code ep}, {@code bptt}. */
    String name();

    /** An estimator for batches of at most {@code capacity} samples. */
    GradientEstimator create(Network network, Context context, Phases phases, int capacity);
  }
}
