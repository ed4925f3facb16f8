package org.eqprop.examples.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.eqprop.examples.report.Axis;
import org.eqprop.examples.report.Chart;
import org.eqprop.examples.report.Figure;
import org.eqprop.examples.report.Legend;
import org.eqprop.examples.report.Series;
import org.eqprop.examples.run.EpochMetrics;
import org.eqprop.examples.run.RunRecord;

/** The learning curves of all seeds of a cell: test error solid, train error dashed. */
final class CellCurves {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 300;

  private CellCurves() {}

  /** Whether an epoch of any seed is done. */
  static boolean areThere(CellResult result) {
    return result.runs().stream().anyMatch(run -> run != null && !run.metrics().isEmpty());
  }

  /** One curve of each kind for each seed, in a colour of its own. */
  static Figure of(CellResult result) {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < result.runs().size(); i++) {
      RunRecord run = result.runs().get(i);
      if (run != null && !run.metrics().isEmpty()) {
        String seed = "seed " + (i + 1);
        series.add(series(seed, run, EpochMetrics::error).color(i));
        series.add(series(seed + ", train", run, EpochMetrics::trainError).color(i).dashed());
      }
    }
    return Chart.of(result.cell().title(), Axis.whole("epoch"), Axis.linear("error (%)"), series)
        .withLegend(Legend.NONE)
        .withSize(WIDTH, HEIGHT);
  }

  private static Series series(String name, RunRecord run, ToDoubleFunction<EpochMetrics> value) {
    return Series.of(
            name,
            run.metrics().stream().mapToDouble(EpochMetrics::epoch).toArray(),
            run.metrics().stream().mapToDouble(value).toArray())
        .markers();
  }
}
