package org.eqprop.core.learn;

import java.util.List;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Trainable;

/**
 * A learner that first settles and then has a gradient, the mean over a batch, for every parameter:
 * one update a batch. A gradient here is a direction of descent of the loss.
 */
public interface GradientEstimator extends Learner, Gradients {
  /**
   * Runs the phases for {@code batch}: all that {@link #gradient} needs.
   *
   * @param batch the samples
   */
  void settle(Minibatch batch);

  @Override
  default void learn(Minibatch batch, Updater updater) {
    settle(batch);
    requireFinite(batch.count());
    updater.update(this);
  }

  /**
   * Runs the phases for {@code batch} and fills all of the network's parameter gradients.
   *
   * @param batch the samples
   */
  default void estimate(Minibatch batch) {
    settle(batch);
    List<Trainable> trainables = network().trainables();
    for (int c = 0; c < trainables.size(); c++) {
      gradient(c, 0, trainables.get(c).tiles(), Sink.STORE);
    }
  }
}
