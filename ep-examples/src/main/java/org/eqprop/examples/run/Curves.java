package org.eqprop.examples.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.eqprop.examples.report.Axis;
import org.eqprop.examples.report.Chart;
import org.eqprop.examples.report.Figure;
import org.eqprop.examples.report.Series;

/** Learning curves. */
public final class Curves {
  /** The name of a run's picture, without an extension. */
  static final String NAME = "curve";

  private Curves() {}

  /**
   * Train error and test or validation error by epoch.
   *
   * @param errors the axis of the errors
   */
  public static Figure of(String title, List<EpochMetrics> metrics, Axis errors) {
    List<Series> series = new ArrayList<>();
    String measured = metrics.get(0).measured().word();
    series.add(series(measured + " error", List.of(metrics), EpochMetrics::error).color(0));
    series.add(series("train error", List.of(metrics), EpochMetrics::trainError).color(1));
    return chart(title, series, errors);
  }

  /**
   * The same of several methods on one plot. Of two methods the first one's curves are solid, the
   * other's dashed. Of more each has a color, and train errors are dashed. Several trials are shown
   * by their mean, with the standard deviation as bars.
   *
   * @param metrics of each method the metrics of its trials, each as long
   */
  static Figure compare(String title, Map<String, List<List<EpochMetrics>>> metrics, Axis errors) {
    List<Series> all = new ArrayList<>();
    metrics.forEach(
        (method, trials) -> {
          String measured = trials.get(0).get(0).measured().word();
          Series test = series(method + " " + measured, trials, EpochMetrics::error);
          Series train = series(method + " train", trials, EpochMetrics::trainError);
          int number = all.size() / 2;
          if (metrics.size() <= 2) {
            all.add(number == 0 ? test.color(0) : test.color(0).dashed());
            all.add(number == 0 ? train.color(1) : train.color(1).dashed());
          } else {
            all.add(test.color(number));
            all.add(train.color(number).dashed());
          }
        });
    return chart(title, all, errors);
  }

  private static Series series(
      String name, List<List<EpochMetrics>> trials, ToDoubleFunction<EpochMetrics> value) {
    int length = trials.get(0).size();
    double[] epochs = new double[length];
    double[] means = new double[length];
    double[] deviations = new double[length];
    for (int i = 0; i < length; i++) {
      int line = i;
      RunSummary.Spread spread =
          RunSummary.Spread.of(
              trials.stream().mapToDouble(m -> value.applyAsDouble(m.get(line))).toArray());
      epochs[i] = trials.get(0).get(i).epoch();
      means[i] = spread.mean();
      deviations[i] = spread.deviation();
    }
    Series series = Series.of(name, epochs, means).markers();
    return trials.size() > 1 ? series.errors(deviations) : series;
  }

  private static Figure chart(String title, List<Series> series, Axis errors) {
    return Chart.of(title, Axis.whole("epoch"), errors, series);
  }
}
