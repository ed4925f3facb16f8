package org.eqprop.examples.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.eqprop.examples.report.Axis;
import org.eqprop.examples.report.Chart;
import org.eqprop.examples.report.Series;

/** Draws learning curves. */
public final class Curves {
  private Curves() {}

  /**
   * Writes {@code curve.svg} and {@code curve.png}: train error and test or validation error by
   * epoch; {@code complaint} hears why not.
   */
  public static void write(
      Path folder, String title, List<EpochMetrics> metrics, Consumer<String> complaint) {
    List<Series> series = new ArrayList<>();
    String measured = metrics.get(0).measured().word();
    series.add(series(measured + " error", List.of(metrics), EpochMetrics::error).color(0));
    series.add(series("train error", List.of(metrics), EpochMetrics::trainError).color(1));
    draw(folder, title, series, complaint);
  }

  /**
   * Writes the same of several methods on one plot, the first one's curves solid, the others'
   * dashed; of several trials the mean, with the standard deviation as bars.
   *
   * @param metrics of each method the metrics of its trials, each as long
   */
  static void compare(
      Path folder,
      String title,
      Map<String, List<List<EpochMetrics>>> metrics,
      Consumer<String> complaint) {
    List<Series> all = new ArrayList<>();
    metrics.forEach(
        (method, trials) -> {
          String measured = trials.get(0).get(0).measured().word();
          Series test = series(method + " " + measured, trials, EpochMetrics::error).color(0);
          Series train = series(method + " train", trials, EpochMetrics::trainError).color(1);
          boolean first = all.isEmpty();
          all.add(first ? test : test.dashed());
          all.add(first ? train : train.dashed());
        });
    draw(folder, title, all, complaint);
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

  private static void draw(
      Path folder, String title, List<Series> series, Consumer<String> complaint) {
    Chart chart = Chart.of(title, Axis.linear("epoch"), Axis.linear("error (%)"), series);
    if (chart.tryWrite(folder.resolve("curve.svg"), complaint)) {
      chart.tryWrite(folder.resolve("curve.png"), complaint);
    }
  }
}
