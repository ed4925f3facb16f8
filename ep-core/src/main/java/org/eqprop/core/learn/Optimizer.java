package org.eqprop.core.learn;

import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Network;

/** A rule that turns gradients into updates, with its settings and without state. */
public interface Optimizer {
  /** {@return the name in options and files, such as {@code sgd}} */
  String name();

  /**
   * {@return the rule for one network, with state of its own}
   *
   * @param network the network that is to learn
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

    /**
     * {@return the learning rate of connection number {@code c} in this update}
     *
     * @param c number of the connection
     */
    float rate(int c);

    /**
     * {@return where the gradients of connection number {@code c} go} A rule that only scales the
     * gradient gives a {@link Sink.Axpy}; then {@link #update} is not called for that connection.
     *
     * @param c number of the connection
     */
    default Sink sink(int c) {
      return Sink.STORE;
    }

    /**
     * Updates positions {@code from} to {@code to} (exclusive) of a parameter from its stored
     * gradient.
     *
     * @param k the kernels to calculate with
     * @param c number of the connection that the parameter belongs to
     * @param p number of the parameter within the connection
     * @param from first position, inclusive
     * @param to last position, exclusive
     */
    void update(Kernels k, int c, int p, int from, int to);

    /** {@return what the rule remembers between updates, for checkpoints} */
    default List<StateTensor> state() {
      return List.of();
    }
  }
}
