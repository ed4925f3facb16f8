package org.eqprop.examples.data;

/**
 * How data is read that does not say it itself.
 *
 * @param share the share of the samples that is for testing where nothing else is, above 0 and
 *     below 1
 * @param asked whether the user asked for this share
 * @param splitSeed of the order of the samples and of the choice of those for testing
 * @param limit how many training samples are needed at most, 0 for all; more may be read
 * @param labelColumn the name, or the number from 1, of the column of a table that has the labels;
 *     empty for the last
 * @param strict whether a share or a column that was asked for is refused where it has no effect
 */
public record ReadOptions(
    double share, boolean asked, long splitSeed, int limit, String labelColumn, boolean strict) {
  /** The share of the samples that is for testing, if nothing else is said. */
  public static final double USUAL_SHARE = 0.2;

  /** Nothing said. */
  public static final ReadOptions USUAL = new ReadOptions(USUAL_SHARE, false, 1, 0, "", true);

  /**
   * Checked.
   *
   * @throws IllegalArgumentException if the share or the limit is none
   */
  public ReadOptions {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("no share of the samples is " + share);
    }
    if (limit < 0) {
      throw new IllegalArgumentException("no number of samples is " + limit);
    }
  }

  /** Whether the share is refused where data has a test part. */
  boolean insistsOnShare() {
    return strict && asked;
  }

  /** Whether the column is refused where data has none. */
  boolean insistsOnColumn() {
    return strict && !labelColumn.isEmpty();
  }
}
