package org.eqprop.core.learn;

import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;

/**
 * Which tiles of which connections each worker computes and updates: contiguous, of nearly equal
 * numbers of weights. The division does not show in the result.
 */
final class TileShares {
  /** firsts[c][w]: the first tile of connection c that worker w or a later one owns. */
  private final int[][] firsts;

  TileShares(Network network, int workers) {
    int connections = network.connections().size();
    firsts = new int[connections][workers + 1];
    long total = 0;
    for (Connection connection : network.connections()) {
      Parameter weight = connection.parameters().get(0);
      total += (long) weight.start(connection.tiles()) - weight.start(0);
    }
    long seen = 0;
    for (int c = 0; c < connections; c++) {
      Connection connection = network.connections().get(c);
      Parameter weight = connection.parameters().get(0);
      for (int tile = 0; tile < connection.tiles(); tile++) {
        long size = (long) weight.start(tile + 1) - weight.start(tile);
        long owner = Math.min(workers - 1L, (2 * seen + size) * workers / (2 * total));
        for (int w = (int) owner + 1; w <= workers; w++) {
          firsts[c][w]++;
        }
        seen += size;
      }
    }
  }

  /** First tile of connection {@code c} that belongs to {@code worker}. */
  int first(int c, int worker) {
    return firsts[c][worker];
  }

  /** End (exclusive) of the tiles of connection {@code c} that belong to {@code worker}. */
  int end(int c, int worker) {
    return firsts[c][worker + 1];
  }
}
