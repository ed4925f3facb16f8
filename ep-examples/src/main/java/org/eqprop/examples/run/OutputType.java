package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How the output layer steps. */
public enum OutputType {
  /** As the other layers. */
  ACTIVATION,
  /** Energy-based, as in the authors' program: without σ′. */
  LINEAR,
  /** Its σ is the identity: u_0 = s⁰. */
  IDENTITY;

  /**
   * The value named {@code name}.
   *
   * @throws UsageException if there is none, with the nearest name
   */
  @JsonCreator
  public static OutputType of(String name) {
    return Names.constant("output", values(), name);
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
