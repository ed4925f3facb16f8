package org.eqprop.core.learn;

import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Network;

/** A rule that turns gradients into updates, with its settings and without state. */
public interface Optimizer {
  /** The name in options and files, such as {@code sgd}. */
  String name();

  /**
   * The rule for one network, with state of its own.
   *
   * @throws IllegalArgumentException if the settings do not fit the network
   */
  Bound bind(Network network);

  /**
   * The rule for one network. {@link #begin} starts each update on one thread; {@link #update} then
   * runs for disjoint ranges on different threads. Neither allocates.
   */
  interface Bound {
    /**
     * Starts an update.
     *
     * @param step number of updates before this one, from 0
     */
    void begin(long step);

    /** The learning rate of connection number {@code c} in this update. */
    float rate(int c);

    /**
     * Where the gradients of connection number {@code c} go. A rule that only scales the gradient
     * gives a {@link Sink.Axpy}; then {@link #update} is not called for that connection.
     */
    default Sink sink(int c) {
      return Sink.STORE;
    }

    /**
     * Updates positions {@code from} to {@code to} (exclusive) of a parameter from its stored
     * gradient.
     *
     * @param c number of the connection that the parameter belongs to
     * @param p number of the parameter within the connection
     */
    void update(Kernels k, int c, int p, int from, int to);

    /** What the rule remembers between updates, for checkpoints. */
    default List<StateTensor> state() {
      return List.of();
    }
  }
}
