package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The results of one or more trials of a configuration, as the paper reports them.
 *
 * @param folder where the run or its trials are
 * @param preset the preset, or the name of a network from a file
 * @param method the gradient estimator
 * @param data the data set
 * @param epochs epochs trained
 * @param trials last line of metrics of each trial
 * @param testError mean and deviation over trials, in percent; null if samples were held out
 * @param validationError the same of the error on held-out samples; null if there were none
 * @param trainError mean and deviation over trials, in percent
 * @param warnings what is wrong after the last epoch of any trial; empty for sound trainings
 * @param validated of each trial the test errors of the last and of the best epoch; null if no
 *     samples were held out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunSummary(
    String folder,
    String preset,
    String method,
    String data,
    int epochs,
    List<EpochMetrics> trials,
    @Nullable Spread testError,
    @Nullable Spread validationError,
    Spread trainError,
    List<Warning> warnings,
    @Nullable List<Validated> validated) {

  /** Checked: has one of the two errors. */
  public RunSummary {
    if ((testError == null) == (validationError == null)) {
      throw new IllegalArgumentException("a summary has an error on test or validation samples");
    }
  }

  /**
   * Mean and sample standard deviation.
   *
   * @param mean the mean
   * @param deviation with n − 1 in the denominator; 0 for one value
   */
  public record Spread(double mean, double deviation) {
    /** The spread of some values. */
    public static Spread of(double... values) {
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      double mean = sum / values.length;
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      return new Spread(mean, values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)));
    }
  }

  /** The error on test or held-out samples. */
  public Spread error() {
    return testError != null ? testError : Objects.requireNonNull(validationError);
  }

  /** An error of the trials with held-out samples; NaN if it is lost in one. */
  public Spread spread(ToDoubleFunction<Validated> error) {
    return Spread.of(Objects.requireNonNull(validated).stream().mapToDouble(error).toArray());
  }

  /** What that was measured on. */
  public Measured measured() {
    return testError != null ? Measured.TEST : Measured.VALIDATION;
  }

  /** The summary of trials that have each at least one epoch. */
  public static RunSummary of(
      String folder,
      Config config,
      List<EpochMetrics> last,
      List<Warning> warnings,
      List<Validated> validated) {
    Spread error = Spread.of(last.stream().mapToDouble(EpochMetrics::error).toArray());
    boolean test = config.measured() == Measured.TEST;
    return new RunSummary(
        folder,
        config.title(),
        config.method(),
        config.data(),
        last.get(0).epoch(),
        List.copyOf(last),
        test ? error : null,
        test ? null : error,
        Spread.of(last.stream().mapToDouble(EpochMetrics::trainError).toArray()),
        List.copyOf(warnings),
        validated.isEmpty() ? null : List.copyOf(validated));
  }
}
