package org.eqprop.examples.reproduce;

/**
 * What the paper reports of a cell.
 *
 * @param test mean test error over its trials, in percent
 * @param deviation sample standard deviation over its trials; 0 if it does not say one
 * @param train mean train error over its trials, in percent; NaN if it does not say one
 * @param trials how many trials there were, at least 1
 */
public record Reported(double test, double deviation, double train, int trials) {
  /** Checked. */
  public Reported {
    if (!(test > 0) || !(deviation >= 0) || train < 0 || trials < 1) {
      throw new IllegalArgumentException("no result: " + test + ", " + deviation + ", " + trials);
    }
  }
}
