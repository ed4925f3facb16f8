package org.eqprop.examples.gdu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eqprop.examples.report.Axis;
import org.eqprop.examples.report.BarChart;
import org.eqprop.examples.report.Bars;
import org.eqprop.examples.report.Chart;
import org.eqprop.examples.report.ChartGrid;
import org.eqprop.examples.report.Figure;
import org.eqprop.examples.report.Legend;
import org.eqprop.examples.report.Series;

/** Results as figures. */
public final class GduFigures {
  private static final String CURVES = "EP Δ (dashed) over BPTT −∇ (solid)";
  private static final int WIDTH = 420;
  private static final int HEIGHT = 240;
  private static final int PANEL_WIDTH = 450;
  private static final int PANEL_HEIGHT = 320;
  private static final int HEIGHT_OF_METHODS = 360;
  private static final int LEGEND_WIDTH = 140;

  private GduFigures() {}

  /** Curves of chosen neurons on the left and synapses on the right, as in figure 2. */
  public static Figure curves(GduResult result) {
    List<List<Figure>> columns = List.of(new ArrayList<>(), new ArrayList<>());
    List<String> names = result.curves().stream().map(Curve::of).distinct().toList();
    long layers = names.stream().filter(name -> name.startsWith("s")).count();
    long weights = names.size() - layers;
    for (String name : names) {
      boolean layer = name.startsWith("s");
      long inColumn = layer ? layers : weights;
      int height = (int) (HEIGHT * Math.max(layers, weights) / inColumn);
      columns.get(layer ? 0 : 1).add(chart(name, layer, result, height));
    }
    ChartGrid left = ChartGrid.of("", 1, columns.get(0));
    ChartGrid right = ChartGrid.of("", 1, columns.get(1));
    return ChartGrid.of(result.settings().network() + ": " + CURVES, 2, List.of(left, right));
  }

  private static Figure chart(String name, boolean layer, GduResult result, int height) {
    List<Series> solid = new ArrayList<>();
    List<Series> dashed = new ArrayList<>();
    for (Curve curve : result.curves()) {
      if (curve.of().equals(name)) {
        double[] t = new double[curve.ep().length];
        Arrays.setAll(t, i -> i);
        int color = solid.size();
        solid.add(Series.of("BPTT " + curve.element(), t, curve.bptt()).color(color));
        dashed.add(Series.of("EP " + curve.element(), t, curve.ep()).color(color).dashed());
      }
    }
    solid.addAll(dashed);
    String what = (layer ? "neurons of " : "synapses of ") + name;
    return Chart.of(what, Axis.linear("t"), Axis.linear(""), solid)
        .withLegend(Legend.NONE)
        .withSize(WIDTH, height);
  }

  /** RelMSE of one network's layers and weights, in both definitions. */
  public static Figure bars(GduResult result) {
    return bars(result, axis(List.of(result))).withSize(640, 400);
  }

  /** The same for the six networks of figure 3, on one scale. */
  public static Figure figure3(List<GduResult> results) {
    Axis axis = axis(results);
    List<Figure> panels = new ArrayList<>();
    for (GduResult result : results) {
      panels.add(bars(result, axis).withSize(PANEL_WIDTH, PANEL_HEIGHT));
    }
    return ChartGrid.of("", 3, panels);
  }

  /** Whole decades that hold all bars. */
  private static Axis axis(List<GduResult> results) {
    double least = 0.1;
    double most = 0.1;
    for (GduResult result : results) {
      for (GduResult.Row row : shown(result)) {
        least =
            Math.min(least, Math.min(positive(row.relMseProgram()), positive(row.relMsePaper())));
        most = Math.max(most, Math.max(row.relMseProgram(), row.relMsePaper()));
      }
    }
    return Axis.log("RelMSE")
        .range(
            Math.pow(10, Math.floor(Math.log10(least))), Math.pow(10, Math.ceil(Math.log10(most))));
  }

  private static double positive(double value) {
    return value > 0 ? value : 1;
  }

  /** Biases are not in the paper's figures. */
  private static List<GduResult.Row> shown(GduResult result) {
    return result.rows().stream().filter(row -> !row.kind().equals("bias")).toList();
  }

  private static BarChart bars(GduResult result, Axis axis) {
    List<GduResult.Row> rows = shown(result);
    double[] program = rows.stream().mapToDouble(GduResult.Row::relMseProgram).toArray();
    double[] paper = rows.stream().mapToDouble(GduResult.Row::relMsePaper).toArray();
    return BarChart.of(
        result.settings().network(),
        "",
        rows.stream().map(GduResult.Row::label).toList(),
        axis,
        List.of(
            Bars.of("as in the authors' program", 0, program),
            Bars.of("as in the paper's text", 4, paper)));
  }

  /** Cosine and relative error of the weights by method, beside the exact gradient. */
  public static Figure methods(MethodResult result) {
    List<String> names = result.rows().stream().map(MethodResult.Row::method).distinct().toList();
    List<String> labels =
        result.rows().stream()
            .map(MethodResult.Row::label)
            .filter(label -> !label.startsWith("b"))
            .distinct()
            .toList();
    List<Bars> cosines = new ArrayList<>();
    List<Bars> errors = new ArrayList<>();
    for (int m = 0; m < names.size(); m++) {
      String name = names.get(m);
      List<MethodResult.Row> own =
          result.rows().stream()
              .filter(row -> row.method().equals(name) && labels.contains(row.label()))
              .toList();
      cosines.add(
          Bars.of(name, m, own.stream().mapToDouble(row -> row.exact().cosine()).toArray()));
      errors.add(
          Bars.of(
              name,
              m,
              own.stream().mapToDouble(row -> positive(row.exact().relativeError())).toArray()));
    }
    String network = result.settings().network();
    return ChartGrid.of(
        "",
        2,
        List.of(
            BarChart.of(network, "", labels, Axis.linear("cosine to the exact gradient"), cosines)
                .withLegend(Legend.NONE)
                .withSize(PANEL_WIDTH, HEIGHT_OF_METHODS),
            BarChart.of(network, "", labels, Axis.log("relative error"), errors)
                .withLegend(Legend.RIGHT)
                .withSize(PANEL_WIDTH + LEGEND_WIDTH, HEIGHT_OF_METHODS)));
  }

  /** RelMSE of the layers and weights against β, with the slopes in the legend. */
  public static Figure sweep(BetaSweep sweep) {
    double[] betas = sweep.betas().stream().mapToDouble(beta -> beta).toArray();
    List<Series> series = new ArrayList<>();
    for (BetaSweep.Row row : sweep.rows()) {
      if (!row.kind().equals("bias") || sweep.settings().nudgesInside()) {
        String name = String.format(Locale.ROOT, "%s, slope %.2f", row.label(), row.slope());
        double[] values = row.relMse().stream().mapToDouble(value -> value).toArray();
        series.add(Series.of(name, betas, values).markers());
      }
    }
    GduSettings settings = sweep.settings();
    String title = settings.network() + ", " + settings.estimate();
    if (settings.nudgesInside()) {
      title += ", nudge inside σ";
    }
    return Chart.of(title, Axis.log("β"), Axis.log("RelMSE"), series)
        .withLegend(Legend.RIGHT)
        .withSize(760, 450);
  }
}
