package org.eqprop.examples.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eqprop.examples.report.Axis;
import org.eqprop.examples.report.Chart;
import org.eqprop.examples.report.ChartGrid;
import org.eqprop.examples.report.Figure;
import org.eqprop.examples.report.Legend;
import org.eqprop.examples.report.Series;
import org.eqprop.examples.report.Table;
import org.eqprop.examples.report.Table.Cell;

/** How cost grows with the batch, width, depth, T and threads, and memory with K. */
public final class ScalingReport {
  private static final double MEGA = 1e6;

  private final BenchResult result;
  private final Map<String, List<BenchRow>> groups = new LinkedHashMap<>();

  /** The report of a result of the suite {@code scaling}. */
  public ScalingReport(BenchResult result) {
    this.result = result;
    for (BenchRow row : result.rows()) {
      groups.computeIfAbsent(property(row), key -> new ArrayList<>()).add(row);
    }
  }

  private static String property(BenchRow row) {
    return row.name().substring(0, row.name().indexOf(' '));
  }

  private static int value(BenchRow row) {
    return Integer.parseInt(row.name().substring(row.name().indexOf(' ') + 1));
  }

  /** One line for each value of each property. */
  public Table costs() {
    Table table =
        Table.of("property", "value", "ms a step", "GFLOP/s", "of peak", "x the line above")
            .title("Training steps; otherwise batch 20, two layers of 512, T 100, K 20, 1 thread.");
    groups.forEach(
        (property, rows) -> {
          double last = Double.NaN;
          for (BenchRow row : rows) {
            table.row(
                property,
                value(row),
                cell(row.time() / 1e3, "%.3f"),
                cell(row.gigaflops(), "%.1f"),
                cell(100 * row.share(), "%.1f%%"),
                cell(row.time() / last, "%.2f"));
            last = row.time();
          }
        });
    return table;
  }

  /** One line for each K. */
  public Table memory() {
    Table table =
        Table.of("K", "EP MB", "BPTT MB")
            .title("Memory of the estimator besides the network; batch 20, two layers of 512.");
    for (BenchResult.Footprint ep : of("ep")) {
      for (BenchResult.Footprint bptt : of("bptt")) {
        if (ep.k() == bptt.k()) {
          table.row(ep.k(), cell(ep.bytes() / MEGA, "%.2f"), cell(bptt.bytes() / MEGA, "%.2f"));
        }
      }
    }
    return table;
  }

  private List<BenchResult.Footprint> of(String method) {
    return result.memory().stream().filter(one -> one.method().equals(method)).toList();
  }

  private static Cell cell(double value, String format) {
    return Double.isFinite(value)
        ? new Cell(value, String.format(Locale.ROOT, format, value))
        : new Cell(null, "");
  }

  /** A panel for each property, with the line of proportional growth dashed, and one for memory. */
  public Figure figure() {
    List<Figure> panels = new ArrayList<>();
    groups.forEach((property, rows) -> panels.add(panel(property, rows)));
    if (!result.memory().isEmpty()) {
      panels.add(memoryPanel());
    }
    return ChartGrid.of("", 3, panels);
  }

  private static Chart panel(String property, List<BenchRow> rows) {
    double[] x = rows.stream().mapToDouble(ScalingReport::value).toArray();
    double[] y = rows.stream().mapToDouble(row -> row.time() / 1e3).toArray();
    double[] work =
        rows.stream()
            .mapToDouble(row -> y[y.length - 1] * work(row) / work(rows.get(rows.size() - 1)))
            .toArray();
    return Chart.of(
            "cost against " + property,
            Axis.log(property),
            Axis.log("ms a step"),
            List.of(
                Series.of("measured", x, y).markers(),
                Series.of("in proportion to the work", x, work).dashed()))
        .withLegend(Legend.BELOW)
        .withSize(420, 300);
  }

  private static double work(BenchRow row) {
    return row.flop() / row.threads();
  }

  private Chart memoryPanel() {
    List<Series> series = new ArrayList<>();
    for (String method : List.of("ep", "bptt")) {
      double[] k = of(method).stream().mapToDouble(BenchResult.Footprint::k).toArray();
      double[] megabytes = of(method).stream().mapToDouble(one -> one.bytes() / MEGA).toArray();
      series.add(Series.of(method.toUpperCase(Locale.ROOT), k, megabytes).markers());
    }
    return Chart.of("memory against K", Axis.linear("K"), Axis.linear("MB"), series)
        .withLegend(Legend.TOP_LEFT)
        .withSize(420, 300);
  }
}
