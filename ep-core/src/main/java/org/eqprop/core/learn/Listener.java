package org.eqprop.core.learn;

/** Hears of progress. */
@FunctionalInterface
public interface Listener {
  /**
   * Called after each batch, on the thread that trains.
   *
   * @param done batches done of this epoch or data set
   * @param batches batches that it has
   * @param totals sums so far
   * @return whether to go on; false stops before the next batch
   */
  boolean batchDone(int done, int batches, Totals totals);
}
