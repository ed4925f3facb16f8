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
 * @param random whether the estimate is
 * @param x values of the setting, in the order in which the error falls
 * @param error the relative error for a value
 */
record ErrorCurve(
    String method,
    String estimate,
    String parameter,
    String approaches,
    @Nullable Double theory,
    boolean random,
    List<Double> x,
    DoubleUnaryOperator error) {

  /** An estimate without chance. */
  static ErrorCurve of(
      String method,
      String estimate,
      String parameter,
      String approaches,
      @Nullable Double theory,
      List<Double> x,
      DoubleUnaryOperator error) {
    return new ErrorCurve(method, estimate, parameter, approaches, theory, false, x, error);
  }

  /** Measures. */
  Convergence.Curve measure() {
    double[] errors = x.stream().mapToDouble(error::applyAsDouble).toArray();
    SlopeFit fit = fit(x.stream().mapToDouble(value -> value).toArray(), errors);
    return new Convergence.Curve(
        method,
        estimate,
        parameter,
        approaches,
        x,
        Arrays.stream(errors).boxed().toList(),
        fit.slope(),
        fit.points(),
        theory);
  }

  private SlopeFit fit(double[] values, double[] errors) {
    if (theory == null) {
      return new SlopeFit(Double.NaN, 0);
    }
    if (random) {
      return SlopeFit.throughAll(values, errors);
    }
    if (theory > 0) {
      return SlopeFit.of(values, errors);
    }
    SlopeFit inverse = SlopeFit.of(Arrays.stream(values).map(value -> 1 / value).toArray(), errors);
    return new SlopeFit(-inverse.slope(), inverse.points());
  }
}
