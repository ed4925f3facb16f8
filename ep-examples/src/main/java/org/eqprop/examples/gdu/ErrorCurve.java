package org.eqprop.examples.gdu;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An estimate whose error is looked at for several values of a setting.
 *
 * @param method its name in options
 * @param estimate what of the method is looked at, for people
 * @param parameter the setting, for people
 * @param approaches what the error is measured from, for people
 * @param theory the power of the setting that the error follows, or null
 * @param fit how the power is found
 * @param x values of the setting, in the order in which the error falls
 * @param error the relative error for a value
 */
record ErrorCurve(
    String method,
    String estimate,
    String parameter,
    String approaches,
    @Nullable Double theory,
    Fit fit,
    List<Double> x,
    DoubleUnaryOperator error) {

  /** How a power is found. */
  @FunctionalInterface
  interface Fit {
    /** Fits errors that belong to falling values. */
    SlopeFit through(double[] values, double[] errors);
  }

  /** An estimate without chance. */
  static ErrorCurve of(
      String method,
      String estimate,
      String parameter,
      String approaches,
      @Nullable Double theory,
      List<Double> x,
      DoubleUnaryOperator error) {
    return new ErrorCurve(method, estimate, parameter, approaches, theory, SlopeFit::of, x, error);
  }

  /** Measures. */
  Convergence.Curve measure() {
    double[] errors = x.stream().mapToDouble(error::applyAsDouble).toArray();
    SlopeFit found = power(x.stream().mapToDouble(value -> value).toArray(), errors);
    return new Convergence.Curve(
        method,
        estimate,
        parameter,
        approaches,
        x,
        Arrays.stream(errors).boxed().toList(),
        found.slope(),
        found.points(),
        theory);
  }

  private SlopeFit power(double[] values, double[] errors) {
    if (theory == null) {
      return new SlopeFit(Double.NaN, 0);
    }
    if (theory > 0) {
      return fit.through(values, errors);
    }
    double[] inverses = Arrays.stream(values).map(value -> 1 / value).toArray();
    SlopeFit inverse = fit.through(inverses, errors);
    return new SlopeFit(-inverse.slope(), inverse.points());
  }
}
