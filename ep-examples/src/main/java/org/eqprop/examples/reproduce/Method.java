package org.eqprop.examples.reproduce;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eqprop.examples.run.Names;

/** The two methods that the paper compares. */
public enum Method {
  /** Equilibrium propagation. */
  EP,
  /** Backpropagation through time. */
  BPTT;

  /**
   * The value named {@code name}.
   *
   * @throws org.eqprop.examples.run.UsageException if there is none, with the nearest name
   */
  @JsonCreator
  public static Method of(String name) {
    return Names.constant("method", values(), Method::id, name);
  }

  /** The name in options, files and folders. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
