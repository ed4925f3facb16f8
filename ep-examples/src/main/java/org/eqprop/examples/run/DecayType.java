package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where weight decay acts. */
public enum DecayType {
  /** As a part of the gradient. */
  COUPLED,
  /** On the weights, apart from the gradient. */
  DECOUPLED;

  /**
   * The value named {@code name}.
   *
   * @throws UsageException if there is none, with the nearest name
   */
  @JsonCreator
  public static DecayType of(String name) {
    return Names.constant("decay", values(), name);
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
