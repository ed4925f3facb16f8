package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Whether the two directions of a connection have weights of their own, and how these learn. */
public enum UntiedRule {
  /** They share their weights, as in the paper. */
  NONE,
  /** Each learns from its own force (Scellier et al. 2018). */
  VECTOR_FIELD,
  /** Both get the update of shared weights (Kolen and Pollack 1994). */
  KOLEN_POLLACK;

  /**
   * The value named {@code name}.
   *
   * @throws UsageException if there is none, with the nearest name
   */
  @JsonCreator
  public static UntiedRule of(String name) {
    return Names.constant("untied", values(), name);
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
