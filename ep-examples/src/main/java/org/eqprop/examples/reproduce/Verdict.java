package org.eqprop.examples.reproduce;

/** What a cell says of the paper's. */
public enum Verdict {
  /** Our mean equals the paper's within the margin. */
  HOLDS("holds"),
  /** Our mean is lower than the paper's by more than the margin. */
  LOWER("differs: lower"),
  /** Our mean is higher than the paper's by more than the margin. */
  HIGHER("differs: higher"),
  /** The interval reaches over an end of the margin; more trials make it shorter. */
  UNDECIDED("undecided"),
  /** There are fewer than two trials. */
  TOO_FEW("not enough trials"),
  /** The trainings are not the paper's. */
  OTHER("no verdict");

  /** The margin, as a share of the paper's test error. */
  public static final double MARGIN = 0.2;

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** The margin of a cell in percentage points. */
  public static double margin(Reported paper) {
    return MARGIN * paper.test();
  }

  /** The verdict on a difference of means; the ends of the margin are within it. */
  static Verdict of(Difference difference, double margin) {
    if (difference.low() >= -margin && difference.high() <= margin) {
      return HOLDS;
    }
    if (difference.high() < -margin) {
      return LOWER;
    }
    return difference.low() > margin ? HIGHER : UNDECIDED;
  }

  /** A few words for people. */
  public String words() {
    return words;
  }
}
