package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The paper's two settings. */
public enum Setting {
  /** Eq. 15: a unit takes the value that the others ask of it. */
  PROTOTYPICAL,
  /** Eq. 13: a unit goes down the energy by ε. */
  ENERGY_BASED;

  /**
   * The value named {@code name}.
   *
   * @throws UsageException if there is none, with the nearest name
   */
  @JsonCreator
  public static Setting of(String name) {
    return Names.constant("setting", values(), name);
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
