package org.eqprop.examples.reproduce;

import org.eqprop.examples.bench.Statistics;
import org.eqprop.examples.run.RunSummary.Spread;

/**
 * Our mean test error minus the paper's, in percentage points, with Welch's t-interval from the two
 * standard deviations.
 *
 * @param value the difference
 * @param low the interval's lower end
 * @param high its upper end
 */
public record Difference(double value, double low, double high) {
  /** What the interval holds with, so that each end is a one-sided test at 5 %. */
  public static final double CONFIDENCE = 0.9;

  /**
   * The difference of two means.
   *
   * @param ours mean and standard deviation of our trials
   * @param count our trials, at least 2
   * @param paper what the paper reports; a single trial counts as exact
   */
  static Difference of(Spread ours, int count, Reported paper) {
    if (count < 2) {
      throw new IllegalArgumentException("an interval needs two trials or more, not " + count);
    }
    double a = ours.deviation() * ours.deviation() / count;
    double b = paper.deviation() * paper.deviation() / paper.trials();
    double half = 0;
    if (a + b > 0) {
      double errors = a * a / (count - 1) + (b > 0 ? b * b / Math.max(1, paper.trials() - 1) : 0);
      double freedom = (a + b) * (a + b) / errors;
      half = Statistics.studentQuantile(CONFIDENCE, freedom) * Math.sqrt(a + b);
    }
    double value = ours.mean() - paper.test();
    return new Difference(value, value - half, value + half);
  }
}
