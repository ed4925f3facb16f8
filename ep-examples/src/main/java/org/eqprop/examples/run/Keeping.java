package org.eqprop.examples.run;

import java.util.List;

/**
 * When a training ends before its last epoch, and which models it keeps.
 *
 * @param patience epochs without a better validation error after which it ends; 0 for never
 * @param snapshots epochs from one model that is kept to the next; 0 for none
 */
public record Keeping(int patience, int snapshots) {
  /** All epochs, and no model but the last and the best. */
  static final Keeping USUAL = new Keeping(0, 0);

  /**
   * Checked.
   *
   * @throws UsageException if a value is negative
   */
  public Keeping {
    Config.notNegative("patience", patience);
    Config.notNegative("snapshots", snapshots);
  }

  /** The place of the epoch with the least error, the first among equals. */
  static int best(List<EpochMetrics> metrics) {
    int best = 0;
    for (int i = 1; i < metrics.size(); i++) {
      best = metrics.get(i).error() < metrics.get(best).error() ? i : best;
    }
    return best;
  }

  /** Whether the error has not become less for so many epochs that the training ends. */
  boolean isOver(List<EpochMetrics> metrics) {
    return patience > 0 && metrics.size() - 1 - best(metrics) >= patience;
  }

  /** Whether the model after an epoch, counted from 1, is kept. */
  boolean isSnapshot(int epoch) {
    return snapshots > 0 && epoch % snapshots == 0;
  }
}
