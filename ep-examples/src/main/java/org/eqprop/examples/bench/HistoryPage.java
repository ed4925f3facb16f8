package org.eqprop.examples.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eqprop.core.internal.file.AtomicFiles;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.examples.report.Axis;
import org.eqprop.examples.report.Chart;
import org.eqprop.examples.report.Drawings;
import org.eqprop.examples.report.Figure;
import org.eqprop.examples.report.Legend;
import org.eqprop.examples.report.Page;
import org.eqprop.examples.report.Series;

/** A comparison and the history of every benchmark in it, as one HTML file without references. */
public final class HistoryPage {
  private static final String TEMPLATE = "history.html";

  private HistoryPage() {}

  /**
   * Writes the page. A benchmark whose picture cannot be drawn has its name in its place.
   *
   * @param history results of the same kind of machine, oldest first
   */
  public static void write(
      Path file, Comparison comparison, List<BenchResult> history, Drawings drawings) {
    StringBuilder rows = new StringBuilder();
    StringBuilder charts = new StringBuilder();
    for (Comparison.Line line : comparison.lines()) {
      rows.append(row(line));
      String svg = drawings.svg(file, () -> chart(line.name(), history));
      charts.append(Page.figure(line.name(), svg));
    }
    StringBuilder results = new StringBuilder();
    history.forEach(
        result -> results.append("<li>" + Visible.html(result.machine().label()) + "</li>\n"));
    Map<String, String> values =
        Map.of(
            "before", Visible.html(comparison.before().machine().label()),
            "after", Visible.html(comparison.after().machine().label()),
            "machine", Visible.html(comparison.after().machine().words()),
            "rows", rows.toString(),
            "results", results.toString(),
            "charts", charts.toString());
    String page = Page.of(HistoryPage.class, TEMPLATE, values);
    AtomicFiles.write(file, ByteBuffer.wrap(page.getBytes(StandardCharsets.UTF_8)));
  }

  private static String row(Comparison.Line line) {
    double share = line.after().share();
    return String.format(
        Locale.ROOT,
        "<tr class=\"%s\"><td>%s</td><td>%.4g</td><td>%.4g</td><td>%.3f</td><td>%s</td>"
            + "<td>%s</td><td>%s</td></tr>%n",
        line.verdict(),
        Visible.html(line.name()),
        line.before().time(),
        line.after().time(),
        line.interval().ratio(),
        interval(line.interval()),
        Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * share),
        line.verdict());
  }

  private static String interval(Statistics.Interval interval) {
    return Double.isInfinite(interval.high())
        ? "unknown (one fork)"
        : String.format(Locale.ROOT, "%.3f to %.3f", interval.low(), interval.high());
  }

  private static Figure chart(String name, List<BenchResult> history) {
    double[] x = new double[history.size()];
    double[] y = new double[history.size()];
    double[] error = new double[history.size()];
    Arrays.fill(y, Double.NaN);
    Arrays.fill(error, Double.NaN);
    double first = Double.NaN;
    for (int i = 0; i < x.length; i++) {
      x[i] = i + 1;
      double[] costs = history.get(i).row(name).map(BenchRow::costs).orElse(new double[0]);
      if (costs.length > 0) {
        Arrays.sort(costs);
        first = Double.isNaN(first) ? Statistics.median(costs) : first;
        y[i] = (costs[0] + costs[costs.length - 1]) / 2 / first;
        error[i] = (costs[costs.length - 1] - costs[0]) / 2 / first;
      }
    }
    return Chart.of(
            name,
            Axis.whole("measurement").range(0.5, Math.max(2, x.length) + 0.5),
            Axis.linear("time × peak, first = 1"),
            List.of(Series.of(name, x, y).errors(error).markers()))
        .withLegend(Legend.NONE)
        .withSize(380, 240);
  }
}
