package org.eqprop.core.learn;

/**
 * A schedule whose factor a program sets while the training goes on, from any thread. The next
 * update has it. Give it to {@link LearningRates}; the factor is 1 at first.
 */
public final class AdjustableRate implements RateSchedule {
  private volatile double factor = 1;

  /** A schedule with the factor 1. */
  public AdjustableRate() {}

  /**
   * Sets the factor on all learning rates.
   *
   * @param value at least 0 and finite; 0 stops learning
   * @throws IllegalArgumentException if it is not
   */
  public void set(double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The factor of the learning rates is " + value + "; it must be at least 0 and finite.");
    }
    factor = value;
  }

  @Override
  public double factor(double epoch) {
    return factor;
  }
}
