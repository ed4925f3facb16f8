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
      case IDENTITY -> x -> x;
    };
  }

  /** σ′ at x. */
  public static DoubleUnaryOperator slopeOf(Activation activation) {
    return switch (activation) {
      case SIGMOID4 -> x -> 1 / Math.pow(Math.cosh(2 * (x - 0.5)), 2);
      case HARD_SIGMOID -> x -> x < 0 || x > 1 ? 0 : 1;
      case TANH -> x -> 1 / Math.pow(Math.cosh(x), 2);
      case IDENTITY -> x -> 1;
    };
  }
}
