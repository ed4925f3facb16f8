package org.eqprop.core.learn;

import java.util.function.ToLongFunction;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;

/**
 * Which tiles of which connections each worker computes and updates: contiguous, of nearly equal
 * work. The division does not show in the result.
 */
public final class TileShares {
  /** firsts[c][w]: the first tile of connection c that worker w or a later one owns. */
  private final int[][] firsts;

  /** Shares of nearly equal numbers of weights. */
  public TileShares(Network network, int workers) {
    this(network, workers, connection -> 1);
  }

  /**
   * Shares of nearly equal work.
   *
   * @param work what each weight of a connection costs, at least 1
   */
  public TileShares(Network network, int workers, ToLongFunction<Connection> work) {
    int connections = network.connections().size();
    firsts = new int[connections][workers + 1];
    long total = 0;
    for (Connection connection : network.connections()) {
      Parameter weight = connection.parameters().get(0);
      total += work.applyAsLong(connection) * size(weight, 0, connection.tiles());
    }
    long seen = 0;
    for (int c = 0; c < connections; c++) {
      Connection connection = network.connections().get(c);
      Parameter weight = connection.parameters().get(0);
      for (int tile = 0; tile < connection.tiles(); tile++) {
        long size = work.applyAsLong(connection) * size(weight, tile, tile + 1);
        long owner = Math.min(workers - 1L, (2 * seen + size) * workers / (2 * total));
        for (int w = (int) owner + 1; w <= workers; w++) {
          firsts[c][w]++;
        }
        seen += size;
      }
    }
  }

  private static long size(Parameter weight, int firstTile, int endTile) {
    return (long) weight.start(endTile) - weight.start(firstTile);
  }

  /** First tile of connection {@code c} that belongs to {@code worker}. */
  public int first(int c, int worker) {
    return firsts[c][worker];
  }

  /** End (exclusive) of the tiles of connection {@code c} that belong to {@code worker}. */
  public int end(int c, int worker) {
    return firsts[c][worker + 1];
  }
}
