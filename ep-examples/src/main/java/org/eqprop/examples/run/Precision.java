package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The arithmetic of a comparison of gradients. */
public enum Precision {
  /** Everything from Φ by automatic differentiation, in doubles. */
  FLOAT64,
  /** States and updates by the kernels that train. */
  FLOAT32;

  /**
   * The value named {@code name}.
   *
   * @throws UsageException if there is none, with the nearest name
   */
  @JsonCreator
  public static Precision of(String name) {
    return Names.constant("precision", values(), name);
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
