package org.eqprop.core.learn;

import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Context;
import org.jspecify.annotations.Nullable;

/**
 * How a network learns from a batch. It owns the loop of its updates: a {@link GradientEstimator}
 * makes one a batch, another learner may change the parameters while it still settles. Learners are
 * found by name.
 */
public interface Learner {
  /** {@return the network that learns} */
  Network network();

  /**
   * Learns from one batch. Makes no update once a state is not finite. Free phases start where
   * {@link Minibatch#begin} puts the state, and their ends are told to {@link Minibatch#keep}.
   *
   * @param batch the samples
   * @param updater makes the update
   * @throws DivergenceException if a state is not finite any more
   */
  void learn(Minibatch batch, Updater updater);

  /**
   * {@return updates that it makes of each batch} Schedules of learning rates are in epochs, so
   * they have to know it.
   */
  default int updatesPerBatch() {
    return 1;
  }

  /** {@return what the free phase of the last batch gave} */
  Outcome outcome();

  /**
   * {@return the largest absolute change of row {@code row} that the nudge (or the way back) made;
   * not finite where a state is not}
   *
   * @param row the sample
   */
  float response(int row);

  /**
   * {@return the first layer with a state that is not finite in rows 0 to {@code count}, or the
   * output}
   *
   * @param count rows to look at, from the first on
   */
  Layer firstNotFinite(int count);

  /**
   * Checks the states of the first {@code count} rows.
   *
   * @param count rows to look at, from the first on
   * @throws DivergenceException if one is not finite
   */
  default void requireFinite(int count) {
    float sum = 0f;
    for (int r = 0; r < count; r++) {
      sum += outcome().loss(r) + outcome().residual(r) + response(r);
    }
    if (!(Math.abs(sum) < Float.POSITIVE_INFINITY)) {
      throw new DivergenceException(
          "The states of layer "
              + firstNotFinite(count).name()
              + " are no longer finite; use smaller learning rates, beta or epsilon.");
    }
  }

  /** Makes learners; registered with {@link java.util.ServiceLoader}. */
  interface Provider {
    /** A setting that not every method has. */
    enum Setting {
      /** β. */
      BETA,
      /** Where the nudge acts. */
      NUDGE,
      /** How nudged phases combine. */
      ESTIMATE
    }

    /** {@return the name in options: {@code ep}, {@code bptt}} */
    String name();

    /**
     * {@return why a setting has no effect on this method, as a clause such as "there is no nudged
     * phase"; null if it has one}
     *
     * @param setting the setting
     */
    default @Nullable String whyWithout(Setting setting) {
      return null;
    }

    /**
     * {@return a learner for batches of at most {@code capacity} samples}
     *
     * @param network the network that is to learn
     * @param context the threads that work
     * @param phases T, K, β and how phases settle
     * @param capacity the most samples that a batch has, at least 1
     * @throws IllegalArgumentException in one sentence, if it cannot train this network so
     */
    Learner create(Network network, Context context, Phases phases, int capacity);
  }
}
