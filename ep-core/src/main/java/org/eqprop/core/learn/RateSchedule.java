package org.eqprop.core.learn;

/**
 * How learning rates change over the epochs: a factor on each of them. Time is counted in epochs
 * and their parts, and the factor is taken anew for each update.
 */
@FunctionalInterface
public interface RateSchedule {
  /** The factor 1 always. */
  RateSchedule CONSTANT = epoch -> 1;

  /**
   * The factor at a moment.
   *
   * @param epoch epochs so far, 0 before the first update, with the share of the one under way
   * @return at least 0 and finite
   */
  double factor(double epoch);

  /**
   * drop^⌊epoch/every⌋: the rates fall after each {@code every} epochs.
   *
   * @param every epochs, above 0
   * @param drop from above 0 to 1
   */
  record Step(double every, double drop) implements RateSchedule {
    /**
     * More than the quotient of two rounded numbers is off, less than the share of an update: 0.3 /
     * 0.1 is a step's end.
     */
    private static final double ROUNDING = 1e-9;

    /** A checked schedule. */
    public Step {
      above("The step of the schedule", every);
      share("The factor of the schedule", drop);
    }

    @Override
    public double factor(double epoch) {
      return Math.pow(drop, Math.floor(epoch / every + ROUNDING));
    }
  }

  /**
   * drop^epoch.
   *
   * @param drop from above 0 to 1
   */
  record Exponential(double drop) implements RateSchedule {
    /** A checked schedule. */
    public Exponential {
      share("The factor of the schedule", drop);
    }

    @Override
    public double factor(double epoch) {
      return Math.pow(drop, epoch);
    }
  }

  /**
   * Half a wave of a cosine from 1 down to {@code least}, which is kept afterwards (Loshchilov and
   * Hutter 2017, without restarts): least + (1 − least)·(1 + cos(π·epoch/epochs))/2.
   *
   * @param epochs above 0
   * @param least from 0 to 1
   */
  record Cosine(double epochs, double least) implements RateSchedule {
    /** A checked schedule. */
    public Cosine {
      above("The length of the cosine schedule", epochs);
      if (!(least >= 0 && least <= 1)) {
        throw new IllegalArgumentException(
            "The least factor of the schedule is " + least + "; it must be from 0 to 1.");
      }
    }

    @Override
    public double factor(double epoch) {
      double done = Math.min(epoch / epochs, 1);
      return least + (1 - least) * (1 + Math.cos(Math.PI * done)) / 2;
    }
  }

  /**
   * Another schedule, its rates raised from 0 on over the first epochs in proportion to the time.
   *
   * @param epochs above 0
   * @param then the schedule, whose time begins with the first update, too
   */
  record WarmUp(double epochs, RateSchedule then) implements RateSchedule {
    /** A checked schedule. */
    public WarmUp {
      above("The warm-up", epochs);
    }

    @Override
    public double factor(double epoch) {
      return Math.min(epoch / epochs, 1) * then.factor(epoch);
    }
  }

  private static void above(String what, double epochs) {
    if (!(epochs > 0 && epochs < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          what + " is " + epochs + " epochs; it must be above 0 and finite.");
    }
  }

  private static void share(String what, double factor) {
    if (!(factor > 0 && factor <= 1)) {
      throw new IllegalArgumentException(
          what + " is " + factor + "; it must be above 0 and at most 1.");
    }
  }
}
