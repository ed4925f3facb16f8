package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What learning makes small. */
public enum CostType {
  /** ½‖s⁰ − y‖² of the output layer, as in the paper. */
  SQUARED_ERROR,
  /** Cross-entropy on a softmax read-out that takes the place of the output layer. */
  CROSS_ENTROPY;

  /**
   * The value named {@code name}.
   *
   * @throws UsageException if there is none, with the nearest name
   */
  @JsonCreator
  public static CostType of(String name) {
    return Names.constant("cost", values(), name);
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
