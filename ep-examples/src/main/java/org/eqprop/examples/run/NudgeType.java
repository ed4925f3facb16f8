package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.eqprop.core.network.Prototypical;

/** Where the nudge of a prototypical network acts. */
public enum NudgeType {
  /** Outside σ, as printed. */
  OUTSIDE,
  /** Inside σ. */
  INSIDE;

  /**
   * The value named {@code name}.
   *
   * @throws UsageException if there is none, with the nearest name
   */
  @JsonCreator
  public static NudgeType of(String name) {
    return Names.constant("nudge", values(), name);
  }

  /** The name in options and files. */
  @JsonValue
  public String id() {
    return Names.id(this);
  }

  /** The same in the library. */
  public Prototypical.Nudge nudge() {
    return this == INSIDE ? Prototypical.Nudge.INSIDE : Prototypical.Nudge.OUTSIDE;
  }

  @Override
  public String toString() {
    return id();
  }
}
