package org.eqprop.examples.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eqprop.examples.report.Axis;
import org.eqprop.examples.report.Chart;
import org.eqprop.examples.report.Series;

/** Draws learning curves. */
public final class Curves {
  private Curves() {}

  /**
   * Writes {@code curve.svg} and {@code curve.png}: train and test error by epoch; {@code
   * complaint} hears why not.
   */
  public static void write(
      Path folder, String title, List<EpochMetrics> metrics, Consumer<String> complaint) {
    double[] epochs = metrics.stream().mapToDouble(EpochMetrics::epoch).toArray();
    List<Series> series = new ArrayList<>();
    series.add(
        Series.of(
                "test error",
                epochs,
                metrics.stream().mapToDouble(EpochMetrics::testError).toArray())
            .color(0)
            .markers());
    series.add(
        Series.of(
                "train error",
                epochs,
                metrics.stream().mapToDouble(EpochMetrics::trainError).toArray())
            .color(1)
            .markers());
    Chart chart = Chart.of(title, Axis.linear("epoch"), Axis.linear("error (%)"), series);
    if (chart.tryWrite(folder.resolve("curve.svg"), complaint)) {
      chart.tryWrite(folder.resolve("curve.png"), complaint);
    }
  }
}
