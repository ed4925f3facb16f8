package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.eqprop.core.learn.Phases;

/** How nudged phases combine into a gradient. */
public enum EstimateType {
  /** One phase with β. */
  ONE_SIDED,
  /** One phase with β or −β, drawn for each batch. */
  RANDOM_SIGN,
  /** Two phases, with β and −β. */
  CENTERED;

  /**
   * The value named {@code name}.
   *
   * @throws UsageException if there is none, with the nearest name
   */
  @JsonCreator
  public static EstimateType of(String name) {
    return Names.constant("estimate", values(), name);
  }

  /** The name in options and files. */
  @JsonValue
  public String id() {
    return Names.id(this);
  }

  /** The same in the library. */
  public Phases.Estimate estimate() {
    return switch (this) {
      case ONE_SIDED -> Phases.Estimate.ONE_SIDED;
      case RANDOM_SIGN -> Phases.Estimate.RANDOM_SIGN;
      case CENTERED -> Phases.Estimate.CENTERED;
    };
  }

  @Override
  public String toString() {
    return id();
  }
}
