package org.eqprop.examples.gdu;

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

/** A convergence as a table, for people and for spreadsheets, and as a figure. */
public final class ConvergenceReport {
  private static final int WIDTH = 430;
  private static final int HEIGHT = 330;
  private static final int COLUMNS = 2;

  /** Pixels of the names beside a panel with several curves. */
  private static final int NAMES = 190;

  private ConvergenceReport() {}

  /** A title and a row for each curve. */
  public static Table table(Convergence result) {
    Table table =
        Table.of("method", "estimate", "approaches", "as", "goes", "error", "power", "theory");
    for (Convergence.Curve curve : result.curves()) {
      table.row(
          curve.method(),
          curve.estimate(),
          curve.approaches(),
          curve.parameter(),
          span(curve.x(), "%.3g"),
          span(curve.error().stream().filter(Double::isFinite).toList(), "%.1e"),
          power(curve),
          curve.theory() == null ? "-" : String.format(Locale.ROOT, "%.1f", curve.theory()));
    }
    StringBuilder notes = new StringBuilder();
    notes.append(
        """
        error: the norm of the difference by the norm of what is approached, all parameters together, at
        the first and the last value (spiking: of the states). power: that the error follows, a line
        through the logarithms of the longest run of points where it falls evenly; theory: what it should
        be. Without a power the error falls by a factor with each step.\
        """);
    result.notes().forEach(note -> notes.append('\n').append(note));
    return table
        .title(
            String.format(
                Locale.ROOT,
                "%s, T %d, K %d, beta %s: the last free step moves a unit by %.1e.",
                result.settings().network(),
                result.settings().t(),
                result.settings().k(),
                result.settings().beta(),
                result.residual()))
        .footnote(notes.toString());
  }

  private static String power(Convergence.Curve curve) {
    boolean none = curve.theory() == null || Double.isNaN(curve.power());
    return none ? "-" : String.format(Locale.ROOT, "%.2f", curve.power());
  }

  private static String span(List<Double> values, String format) {
    if (values.isEmpty()) {
      return "none";
    }
    return number(values.get(0), format) + " to " + number(values.get(values.size() - 1), format);
  }

  @SuppressWarnings({"FormatStringAnnotation", "AnnotateFormatMethod"}) // called with literals only
  private static String number(double value, String format) {
    if (value == Math.rint(value) && Math.abs(value) < 1e6) {
      return Long.toString((long) value);
    }
    return String.format(Locale.ROOT, format, value);
  }

  /** All points, for spreadsheets. */
  public static Table points(Convergence result) {
    Table table = Table.of("method", "estimate", "approaches", "parameter", "value", "error");
    for (Convergence.Curve curve : result.curves()) {
      for (int i = 0; i < curve.x().size(); i++) {
        table.row(
            curve.method(),
            curve.estimate(),
            curve.approaches(),
            curve.parameter(),
            curve.x().get(i),
            curve.error().get(i));
      }
    }
    return table;
  }

  /** A panel for each setting and limit, with one or more curves. */
  public static Figure figure(Convergence result) {
    Map<String, List<Convergence.Curve>> panels = new LinkedHashMap<>();
    for (Convergence.Curve curve : result.curves()) {
      panels
          .computeIfAbsent(
              curve.parameter() + " to " + curve.approaches(), key -> new ArrayList<>())
          .add(curve);
    }
    List<Figure> charts = panels.values().stream().map(ConvergenceReport::panel).toList();
    return ChartGrid.of(
        result.settings().network() + ": relative error, and the power that it follows",
        Math.min(COLUMNS, charts.size()),
        charts);
  }

  private static Figure panel(List<Convergence.Curve> curves) {
    Convergence.Curve first = curves.get(0);
    List<Series> series = new ArrayList<>();
    for (Convergence.Curve curve : curves) {
      Series one = Series.of(name(curve), array(curve.x()), array(curve.error())).markers();
      boolean over = curve.theory() == null && !series.isEmpty(); // curves against K may coincide
      series.add(over ? one.dashed() : one);
    }
    Axis x = first.theory() == null ? Axis.linear(first.parameter()) : Axis.log(first.parameter());
    boolean rises = first.theory() != null && first.theory() > 0;
    boolean alone = curves.size() == 1;
    return Chart.of(
            alone ? name(first) : "", x, Axis.log("distance to " + first.approaches()), series)
        .withLegend(alone ? Legend.NONE : rises ? Legend.RIGHT : Legend.TOP_RIGHT)
        .withSize(WIDTH + (rises && !alone ? NAMES : 0), HEIGHT);
  }

  private static String name(Convergence.Curve curve) {
    String name = curve.method() + ", " + curve.estimate();
    return curve.theory() == null
        ? name
        : String.format(Locale.ROOT, "%s: %.2f", name, curve.power());
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(value -> value).toArray();
  }
}
