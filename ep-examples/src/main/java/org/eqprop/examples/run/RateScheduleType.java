package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How learning rates change over the epochs. */
public enum RateScheduleType {
  /** Not at all. */
  CONSTANT,
  /** They fall after so many epochs. */
  STEP,
  /** They fall by the same factor each epoch. */
  EXPONENTIAL,
  /** They fall along half a wave of a cosine. */
  COSINE;

  /**
   * The value named {@code name}.
   *
   * @throws UsageException if there is none, with the nearest name
   */
  @JsonCreator
  public static RateScheduleType of(String name) {
    return Names.constant("lr-schedule", values(), name);
  }

  /** The name in options and files. */
  @JsonValue
  public String id() {
    return Names.id(this);
  }

  @Override
  public String toString() {
    return id();
  }
}
