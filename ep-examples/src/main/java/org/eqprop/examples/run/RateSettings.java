package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eqprop.core.learn.RateSchedule;

/**
 * How the learning rates change over the epochs. A value that the schedule does not use is 0.
 *
 * @param type which schedule
 * @param step epochs: between two falls of step; until the end of the wave of cosine
 * @param factor of the rates: at each fall of step, in each epoch of exponential, at the end of the
 *     wave of cosine
 * @param warmUp epochs over which the rates rise from 0 at first, or 0
 */
public record RateSettings(
    @JsonProperty("lr-schedule") RateScheduleType type,
    @JsonProperty("lr-step") double step,
    @JsonProperty("lr-factor") double factor,
    @JsonProperty("warm-up") double warmUp) {
  /** Rates that stay. */
  static final RateSettings CONSTANT = of(RateScheduleType.CONSTANT, 1);

  /** Shorter than the updates of any training. */
  private static final double SHORTEST_STEP = 1e-6;

  private static final double STEP_EPOCHS = 10;
  private static final double STEP_FACTOR = 0.1;
  private static final double EXPONENTIAL_FACTOR = 0.95;

  /**
   * Checked.
   *
   * @throws UsageException in one sentence, if a value is out of range or the schedule does not use
   *     it
   */
  public RateSettings {
    boolean constant = type == RateScheduleType.CONSTANT;
    if (constant || type == RateScheduleType.EXPONENTIAL) {
      unused("lr-step", step, type);
    } else if (!(step >= SHORTEST_STEP && step < Double.POSITIVE_INFINITY)) {
      throw new UsageException(
          "lr-step is " + step + "; it must be at least " + SHORTEST_STEP + " epochs and finite.");
    }
    if (constant) {
      unused("lr-factor", factor, type);
    } else if (!(factor >= 0 && factor <= 1) || (factor == 0 && type != RateScheduleType.COSINE)) {
      String least = type == RateScheduleType.COSINE ? "at least 0" : "above 0";
      throw new UsageException(
          "lr-factor is " + factor + "; it must be " + least + " and at most 1.");
    }
    if (!(warmUp >= 0 && warmUp < Double.POSITIVE_INFINITY)) {
      throw new UsageException(
          "warm-up is " + warmUp + "; it must be at least 0 epochs (none) and finite.");
    }
  }

  private static void unused(String name, double value, RateScheduleType type) {
    if (value != 0) {
      throw new UsageException(
          name
              + " is "
              + value
              + ", but the learning rate schedule "
              + type
              + " does not use it; leave it out, or choose another lr-schedule.");
    }
  }

  /** The usual settings of a schedule for a training of so many epochs. */
  static RateSettings of(RateScheduleType type, int epochs) {
    return switch (type) {
      case CONSTANT -> new RateSettings(type, 0, 0, 0);
      case STEP -> new RateSettings(type, STEP_EPOCHS, STEP_FACTOR, 0);
      case EXPONENTIAL -> new RateSettings(type, 0, EXPONENTIAL_FACTOR, 0);
      case COSINE -> new RateSettings(type, epochs, 0, 0);
    };
  }

  /** The factor on the learning rates. */
  RateSchedule schedule() {
    RateSchedule schedule =
        switch (type) {
          case CONSTANT -> RateSchedule.CONSTANT;
          case STEP -> new RateSchedule.Step(step, factor);
          case EXPONENTIAL -> new RateSchedule.Exponential(factor);
          case COSINE -> new RateSchedule.Cosine(step, factor);
        };
    return warmUp == 0 ? schedule : new RateSchedule.WarmUp(warmUp, schedule);
  }

  /** The schedule for people: {@code cosine, warm-up of 1.0 epochs}. */
  public String description() {
    return warmUp == 0 ? type.id() : type + ", warm-up of " + warmUp + " epochs";
  }
}
