package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How convolutions are calculated. */
public enum ConvolutionType {
  /** As they are defined. */
  DIRECT,
  /** By Winograd's algorithm, which is faster and rounds differently. */
  WINOGRAD;

  /**
   * The value named {@code name}.
   *
   * @throws UsageException if there is none, with the nearest name
   */
  @JsonCreator
  public static ConvolutionType of(String name) {
    return Names.constant("convolution", values(), name);
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
