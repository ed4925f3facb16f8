package org.eqprop.core.learn;

import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Connection;

/** The gradients of a batch, one connection and some of its tiles at a time. */
public interface Gradients {
  /**
   * Gives the gradients of connection number {@code c} to a sink, for tiles {@code firstTile} to
   * {@code endTile} (exclusive). Every sink gives the bits of storing first and adding then.
   *
   * <p>Reads no parameters, so that they may change between calls. Calls for other tiles or
   * connections may run at the same time. Allocates nothing.
   *
   * @param sink {@link Sink#STORE} or a {@link Sink.Axpy}
   */
  void gradient(int c, int firstTile, int endTile, Sink sink);

  /**
   * What {@link #gradient} costs for each weight of a connection, relative to others; at least 1.
   */
  long work(Connection connection);
}
