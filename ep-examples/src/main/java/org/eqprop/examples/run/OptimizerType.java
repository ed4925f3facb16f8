package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How gradients become updates. */
public enum OptimizerType {
  /** Gradient descent. */
  SGD,
  /** Gradient descent with momentum. */
  MOMENTUM,
  /** Gradient descent with Nesterov's momentum. */
  NESTEROV,
  /** Adam. */
  ADAM,
  /** Adam with decoupled weight decay. */
  ADAMW;

  /**
   * The value named {@code name}.
   *
   * @throws UsageException if there is none, with the nearest name
   */
  @JsonCreator
  public static OptimizerType of(String name) {
    return Names.constant("optimizer", values(), name);
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

  /** Whether it has a momentum. */
  boolean hasMomentum() {
    return this == MOMENTUM || this == NESTEROV;
  }

  /** Whether it has Adam's means. */
  boolean isAdam() {
    return this == ADAM || this == ADAMW;
  }
}
