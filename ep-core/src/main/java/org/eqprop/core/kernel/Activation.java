package org.eqprop.core.kernel;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The activation functions σ, with the names that files and options use. The paper has the first
 * three.
 *
 * <p>Every implementation evaluates the same sequence of IEEE operations (see {@link
 * ScalarKernels}), so a value does not depend on the vector width or on whether the code ran
 * interpreted or compiled. The absolute error against the real function is below 2e-7.
 */
public enum Activation {
  /** σ(x) = 1 / (1 + exp(−4 (x − ½))): values in [0, 1], slope 1 at ½. */
  SIGMOID4("sigmoid4"),
  /** σ(x) = min(max(x, 0), 1), with slope 1 on the closed interval [0, 1]. */
  HARD_SIGMOID("hard-sigmoid"),
  /** σ(x) = tanh x. */
  TANH("tanh"),
  /** σ(x) = 1 / (1 + exp(−x)): values in [0, 1], slope ¼ at 0. */
  SIGMOID("sigmoid"),
  /** σ(x) = min(max(x/2, 0), 1), with slope ½ on the closed interval [0, 2]. */
  HARD_SIGMOID_HALF("hard-sigmoid-half"),
  /** σ(x) = min(max(x, 0), 6), with slope 1 on the closed interval [0, 6]. */
  RELU6("relu6"),
  /** σ(x) = x: an output layer that feeds its state back as it is. */
  IDENTITY("identity");

  private final String id;

  Activation(String id) {
    this.id = id;
  }

  /** {@return the name used in files and options, such as {@code hard-sigmoid}} */
  public String id() {
    return id;
  }

  /** {@return whether σ is made of straight lines, so that σ″ is 0} */
  public boolean piecewiseLinear() {
    return switch (this) {
      case HARD_SIGMOID, HARD_SIGMOID_HALF, RELU6, IDENTITY -> true;
      case SIGMOID4, SIGMOID, TANH -> false;
    };
  }

  /** {@return the lower end of the values of σ; −∞ for the identity} */
  public float low() {
    return switch (this) {
      case SIGMOID4, SIGMOID, HARD_SIGMOID, HARD_SIGMOID_HALF, RELU6 -> 0f;
      case TANH -> -1f;
      case IDENTITY -> Float.NEGATIVE_INFINITY;
    };
  }

  /** {@return the upper end of the values of σ; ∞ for the identity} */
  public float high() {
    return switch (this) {
      case SIGMOID4, SIGMOID, HARD_SIGMOID, HARD_SIGMOID_HALF, TANH -> 1f;
      case RELU6 -> ScalarActivation.RELU_END;
      case IDENTITY -> Float.POSITIVE_INFINITY;
    };
  }

  /** {@return the names of all activations, for a message: {@code sigmoid4, hard-sigmoid, …}} */
  public static String names() {
    return Stream.of(values()).map(Activation::id).collect(Collectors.joining(", "));
  }

  /**
   * {@return the activation named {@code id}}
   *
   * @param id the name used in files and options
   * @throws IllegalArgumentException if there is none
   */
  public static Activation of(String id) {
    for (Activation activation : values()) {
      if (activation.id.equals(id.toLowerCase(Locale.ROOT))) {
        return activation;
      }
    }
    throw new IllegalArgumentException(
        "There is no activation '" + id + "'; choose one of " + names() + ".");
  }
}
