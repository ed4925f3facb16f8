package org.eqprop.examples.run;

import java.util.List;

/**
 * The results of one or more trials of a configuration, as the paper reports them.
 *
 * @param folder where the run or its trials are
 * @param preset the preset
 * @param method the gradient estimator
 * @param data the data set
 * @param epochs epochs trained
 * @param trials last line of metrics of each trial
 * @param testError mean and deviation over trials, in percent
 * @param trainError mean and deviation over trials, in percent
 */
public record RunSummary(
    String folder,
    String preset,
    String method,
    String data,
    int epochs,
    List<EpochMetrics> trials,
    Spread testError,
    Spread trainError) {

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

  /** The summary of trials that have each at least one epoch. */
  public static RunSummary of(String folder, Config config, List<EpochMetrics> last) {
    return new RunSummary(
        folder,
        config.preset(),
        config.method(),
        config.data(),
        last.get(0).epoch(),
        List.copyOf(last),
        Spread.of(last.stream().mapToDouble(EpochMetrics::testError).toArray()),
        Spread.of(last.stream().mapToDouble(EpochMetrics::trainError).toArray()));
  }
}
