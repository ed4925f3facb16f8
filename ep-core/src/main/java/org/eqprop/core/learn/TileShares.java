package org.eqprop.core.learn;

import java.util.Arrays;
import java.util.function.IntToLongFunction;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Trainable;

/**
 * Which tiles of which connections (and the read-out) each worker computes and updates: of each
 * connection as many as the others, one after the other, so that workers find the tiles in their
 * own caches that they updated before. The division does not show in the result.
 */
final class TileShares {
  /** firsts[c][w]: the first tile of connection c that worker w or a later one owns. */
  private final int[][] firsts;

  /**
   * Equal shares; where a connection's tiles cannot be divided equally, those workers take one more
   * that have least work so far.
   *
   * @param work what each weight of connection number c costs, at least 1
   */
  TileShares(Network network, int workers, IntToLongFunction work) {
    int connections = network.trainables().size();
    firsts = new int[connections][workers + 1];
    long[] load = new long[workers];
    for (int c = connections - 1; c >= 0; c--) {
      Trainable trainable = network.trainables().get(c);
      int tiles = trainable.tiles();
      long cost = work.applyAsLong(c) * size(trainable) / tiles;
      int[] counts = new int[workers];
      Arrays.fill(counts, tiles / workers);
      for (int w = 0; w < workers; w++) {
        load[w] += cost * counts[w];
      }
      for (int i = 0; i < tiles % workers; i++) {
        int least = leastLoaded(load);
        counts[least]++;
        load[least] += cost;
      }
      for (int w = 0; w < workers; w++) {
        firsts[c][w + 1] = firsts[c][w] + counts[w];
      }
    }
  }

  private static long size(Trainable trainable) {
    long size = 0;
    for (Parameter parameter : trainable.parameters()) {
      size += parameter.shape().size();
    }
    return size;
  }

  private static int leastLoaded(long[] load) {
    int least = 0;
    for (int w = 1; w < load.length; w++) {
      least = load[w] < load[least] ? w : least;
    }
    return least;
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
