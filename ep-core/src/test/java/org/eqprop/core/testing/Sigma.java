package org.eqprop.core.testing;

import java.util.function.DoubleUnaryOperator;
import org.eqprop.core.kernel.Activation;

/** The activation functions and their derivatives in float64, by their definitions. */
public final class Sigma {
  private Sigma() {}

  /** σ. */
  public static DoubleUnaryOperator of(Activation activation) {
    return switch (activation) {
      case SIGMOID4 -> x -> 1 / (1 + Math.exp(-4 * (x - 0.5)));
      case HARD_SIGMOID -> x -> Math.min(Math.max(x, 0), 1);
      case TANH -> Math::tanh;
      case SIGMOID -> x -> 1 / (1 + Math.exp(-x));
      case HARD_SIGMOID_HALF -> x -> Math.min(Math.max(x / 2, 0), 1);
      case RELU6 -> x -> Math.min(Math.max(x, 0), 6);
      case IDENTITY -> x -> x;
    };
  }

  /** Where σ bends last: the end of its ramp, and 1 where it has none. */
  public static float end(Activation activation) {
    return switch (activation) {
      case HARD_SIGMOID_HALF -> 2;
      case RELU6 -> 6;
      case SIGMOID4, SIGMOID, HARD_SIGMOID, TANH, IDENTITY -> 1;
    };
  }

  /** σ′ at x. */
  public static DoubleUnaryOperator slopeOf(Activation activation) {
    return switch (activation) {
      case SIGMOID4 -> x -> 1 / Math.pow(Math.cosh(2 * (x - 0.5)), 2);
      case HARD_SIGMOID -> x -> x < 0 || x > 1 ? 0 : 1;
      case TANH -> x -> 1 / Math.pow(Math.cosh(x), 2);
      case SIGMOID -> x -> 1 / Math.pow(2 * Math.cosh(x / 2), 2);
      case HARD_SIGMOID_HALF -> x -> x < 0 || x > 2 ? 0 : 0.5;
      case RELU6 -> x -> x < 0 || x > 6 ? 0 : 1;
      case IDENTITY -> x -> 1;
    };
  }
}
