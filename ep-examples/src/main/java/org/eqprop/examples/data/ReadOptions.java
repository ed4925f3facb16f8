package org.eqprop.examples.data;

/**
 * How data is read that does not say it itself.
 *
 * @param share the share of the samples that is for testing where nothing else is, above 0 and
 *     below 1
 * @param asked whether the user asked for this share, so that it is refused where it has no effect
 * @param splitSeed of the order of the samples and of the choice of those for testing
 * @param limit how many training samples are needed at most, 0 for all; more may be read
 */
public record ReadOptions(double share, boolean asked, long splitSeed, int limit) {
  /** The share of the samples that is for testing, if nothing else is said. */
  public static final double USUAL_SHARE = 0.2;

  /** Nothing said. */
  public static final ReadOptions USUAL = new ReadOptions(USUAL_SHARE, false, 1, 0);

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
}
