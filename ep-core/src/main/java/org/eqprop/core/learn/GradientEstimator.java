package org.eqprop.core.learn;

import java.util.List;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Connection;

/**
 * A learner that first settles and then has a gradient, the mean over a batch, for every parameter:
 * one update a batch. A gradient here is a direction of descent of the loss.
 */
public interface GradientEstimator extends Learner, Gradients {
  /** Runs the phases for {@code batch}: all that {@link #gradient} needs. */
  void settle(Minibatch batch);

  @Override
  default void learn(Minibatch batch, Updater updater) {
    settle(batch);
    requireFinite(batch.count());
    updater.update(this);
  }

  /** Runs the phases for {@code batch} and fills all of the network's parameter gradients. */
  default void estimate(Minibatch batch) {
    settle(batch);
    List<Connection> connections = network().connections();
    for (int c = 0; c < connections.size(); c++) {
      gradient(c, 0, connections.get(c).tiles(), Sink.STORE);
    }
  }
}
