package org.eqprop.core.learn;

import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Network;

/**
 * The gradients of a batch, one connection and some of its tiles at a time. Connections are counted
 * as in {@link Network#trainables()}: the number after the last one is the read-out, if there is
 * one.
 */
public interface Gradients {
  /**
   * Gives the gradients of connection number {@code c} to a sink, for tiles {@code firstTile} to
   * {@code endTile} (exclusive). Every sink gives the bits of storing first and adding then.
   *
   * <p>Reads no parameters, so that they may change between calls. Calls for other tiles or
   * connections may run at the same time. Allocates nothing.
   *
   * @param c number of the connection, or of the read-out
   * @param firstTile first tile, inclusive
   * @param endTile last tile, exclusive
   * @param sink {@link Sink#STORE} or a {@link Sink.Axpy}
   */
  void gradient(int c, int firstTile, int endTile, Sink sink);

  /**
   * {@return what {@link #gradient} costs for each weight of one of them, relative to others; at
   * least 1}
   *
   * @param c number of the connection, or of the read-out
   */
  long work(int c);
}
