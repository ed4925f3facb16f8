package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Whose conventions a preset follows. */
public enum Convention {
  /** The equations and step counts as printed. */
  PAPER,
  /** What the authors' public program does. */
  PROGRAM,
  /** Nudged inside σ: updates equal those of backprop through time as β → 0. */
  EXACT;

  /**
   * The value named {@code name}.
   *
   * @throws UsageException if there is none, with the nearest name
   */
  @JsonCreator
  public static Convention of(String name) {
    return Names.constant("convention", values(), name);
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
