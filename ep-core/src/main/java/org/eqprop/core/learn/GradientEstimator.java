package org.eqprop.core.learn;

import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.settle.Context;

/**
 * How learning gets its direction: fills every parameter's gradient with a direction of descent of
 * the loss, the mean over a batch. Estimators are found by name.
 */
public interface GradientEstimator {
  /** The network whose gradients are estimated. */
  Network network();

  /** Runs the phases for {@code batch}: all that {@link #sum} needs. */
  void settle(Minibatch batch);

  /**
   * Fills the gradients of connection number {@code c} from the last {@link #settle}, for tiles
   * {@code firstTile} to {@code endTile} (exclusive). Reads no parameters, so that they may change
   * between calls; calls for other tiles or connections may run at the same time.
   */
  void sum(int c, int firstTile, int endTile);

  /**
   * W += rate·ΔW for the parameters of connection number {@code c}, those tiles: what {@link #sum}
   * and {@link Kernels#axpy} give, bit for bit. The gradients are undefined afterwards.
   */
  default void addSum(Kernels k, float rate, int c, int firstTile, int endTile) {
    sum(c, firstTile, endTile);
    List<Parameter> parameters = network().connections().get(c).parameters();
    for (int p = 0; p < parameters.size(); p++) {
      Parameter parameter = parameters.get(p);
      int from = parameter.start(firstTile);
      k.axpy(rate, parameter.gradient(), parameter.data(), from, parameter.start(endTile));
    }
  }

  /** What {@link #sum} costs for each weight of a connection, relative to others; at least 1. */
  long work(Connection connection);

  /** Runs the phases for {@code batch} and fills all of the network's parameter gradients. */
  default void estimate(Minibatch batch) {
    settle(batch);
    List<Connection> connections = network().connections();
    for (int c = 0; c < connections.size(); c++) {
      sum(c, 0, connections.get(c).tiles());
    }
  }

  /** What the free phase of the last {@link #settle} gave. */
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
