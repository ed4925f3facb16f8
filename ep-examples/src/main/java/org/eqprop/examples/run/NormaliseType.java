package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.eqprop.examples.data.Dataset;
import org.eqprop.examples.data.Normalisation;
import org.jspecify.annotations.Nullable;

/** How the values of samples are brought into one range. */
public enum NormaliseType {
  /** Not at all. */
  NONE,
  /** From 0, the least value of the training samples, to 1, the largest. */
  SCALE,
  /** To a mean of 0 and a standard deviation of 1 over the training samples. */
  STANDARD;

  /**
   * The value named {@code name}.
   *
   * @throws UsageException if there is none, with the nearest name
   */
  @JsonCreator
  public static NormaliseType of(String name) {
    return Names.constant("normalise", values(), name);
  }

  /** The numbers of training samples; null for none. */
  @Nullable Normalisation numbers(Dataset train) {
    return switch (this) {
      case NONE -> null;
      case SCALE -> Normalisation.scale(train);
      case STANDARD -> Normalisation.standard(train);
    };
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
