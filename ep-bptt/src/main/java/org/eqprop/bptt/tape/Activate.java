package org.eqprop.bptt.tape;

import java.util.List;
import org.eqprop.core.kernel.Activation;

/**
 * A derivative of an activation, of order 0 (the function itself) or higher.
 *
 * <p>The smooth activations satisfy σ′ = p(σ) with a polynomial p: 4u − 4u² for σ(x) = 1/(1 +
 * e^{−4(x−½)}), u − u² for 1/(1 + e^{−x}) and 1 − u² for tanh, where u = σ(x). So the derivative of
 * order n is a polynomial in u too: p₀ = u, pₙ₊₁ = pₙ′·p.
 *
 * @param activation not the identity, which needs no operator
 * @param order at most 1 where σ is made of straight lines, whose second derivative is zero
 * @param polynomial pₙ, the constant coefficient first; unused for straight lines
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Activate(Activation activation, int order, double[] polynomial) implements Operator {
  private static final double[] SIGMOID4 = {0, 4, -4};
  private static final double[] SIGMOID = {0, 1, -1};
  private static final double[] TANH = {1, 0, -1};
  private static final double[] FLAT = {0};

  static Activate of(Activation activation, int order) {
    double[] slope =
        switch (activation) {
          case SIGMOID4 -> SIGMOID4;
          case SIGMOID -> SIGMOID;
          case TANH -> TANH;
          case HARD_SIGMOID, HARD_SIGMOID_HALF, RELU6, IDENTITY -> FLAT;
        };
    double[] polynomial = {0, 1};
    for (int n = 0; n < order; n++) {
      polynomial = timesDerivative(polynomial, slope);
    }
    return new Activate(activation, order, polynomial);
  }

  /** p′·slope. */
  private static double[] timesDerivative(double[] p, double[] slope) {
    double[] product = new double[p.length + slope.length - 2];
    for (int i = 1; i < p.length; i++) {
      for (int j = 0; j < slope.length; j++) {
        product[i - 1 + j] += i * p[i] * slope[j];
      }
    }
    return product;
  }

  @Override
  public void evaluate(List<Node> in, double[] out) {
    double[] x = in.get(0).value();
    switch (activation) {
      case SIGMOID4 -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = horner(1 / (1 + Math.exp(-4 * (x[i] - 0.5))));
        }
      }
      case TANH -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = horner(Math.tanh(x[i]));
        }
      }
      case SIGMOID -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = horner(1 / (1 + Math.exp(-x[i])));
        }
      }
      case HARD_SIGMOID -> ramp(1, 1, x, out);
      case HARD_SIGMOID_HALF -> ramp(0.5, 2, x, out);
      case RELU6 -> ramp(1, 6, x, out);
      case IDENTITY -> throw new IllegalStateException("The identity needs no operator.");
    }
  }

  private double horner(double u) {
    double sum = 0;
    for (int i = polynomial.length - 1; i >= 0; i--) {
      sum = sum * u + polynomial[i];
    }
    return sum;
  }

  /** rise · min(max(x, 0), end), where NaN stays NaN, or its slope. */
  private void ramp(double rise, double end, double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      double slope = x[i] >= 0 && x[i] <= end ? rise : 0;
      out[i] = order == 0 ? rise * Math.min(Math.max(x[i], 0), end) : slope;
    }
  }

  @Override
  public Node adjoint(Tape tape, Node node, Node gradient, int i) {
    return tape.mul(gradient, tape.activate(activation, order + 1, node.input(0)));
  }

  @Override
  public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
    return algebra.activate(activation, order, in.get(0));
  }
}
