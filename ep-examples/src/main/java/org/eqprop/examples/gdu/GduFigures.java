package org.eqprop.examples.gdu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.eqprop.examples.report.Axis;
import org.eqprop.examples.report.BarChart;
import org.eqprop.examples.report.Bars;
import org.eqprop.examples.report.Chart;
import org.eqprop.examples.report.ChartGrid;
import org.eqprop.examples.report.Figure;
import org.eqprop.examples.report.Key;
import org.eqprop.examples.report.Legend;
import org.eqprop.examples.report.Series;
import org.eqprop.examples.run.Setting;

/** Results as figures. */
public final class GduFigures {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 240;
  private static final int PANEL_WIDTH = 450;
  private static final int PANEL_HEIGHT = 300;
  private static final int HEIGHT_OF_METHODS = 360;
  private static final int LEGEND_WIDTH = 140;

  /** Steps up to which each has a dot. */
  private static final int FEW_STEPS = 20;

  private static final int BLACK = 6;
  private static final int GREY = 7;

  private GduFigures() {}

  /**
   * Curves of chosen neurons and synapses: on the left and on the right, as in figure 2, or above
   * and below, as in figure 4.
   */
  public static Figure curves(GduResult result) {
    List<String> names = result.curves().stream().map(Curve::of).distinct().toList();
    List<String> layers = names.stream().filter(name -> name.startsWith("s")).toList();
    List<String> weights = names.stream().filter(name -> !name.startsWith("s")).toList();
    ChartGrid panels =
        result.settings().convolutions().isEmpty()
            ? ChartGrid.of(
                "", 2, List.of(column(result, layers, weights), column(result, weights, layers)))
            : new ChartGrid("", List.of(row(result, layers), row(result, weights)));
    Key key =
        new Key(
            List.of(
                new Key.Entry("−∇^{BPTT}", Key.Sample.BROAD, BLACK),
                new Key.Entry("Δ^{EP}", Key.Sample.DASHED, BLACK)),
            panels.width());
    return new ChartGrid(result.settings().network(), List.of(List.of(panels), List.of(key)));
  }

  /** Panels below each other, as high together as those of the other column. */
  private static ChartGrid column(GduResult result, List<String> names, List<String> others) {
    int height = HEIGHT * Math.max(names.size(), others.size()) / Math.max(1, names.size());
    return ChartGrid.of("", 1, names.stream().map(name -> chart(name, result, height)).toList());
  }

  private static List<Figure> row(GduResult result, List<String> names) {
    return names.stream().map(name -> chart(name, result, HEIGHT)).toList();
  }

  private static Figure chart(String name, GduResult result, int height) {
    boolean layer = name.startsWith("s");
    String symbol = new Symbols(result.settings()).of(name);
    List<Series> solid = new ArrayList<>();
    List<Series> dashed = new ArrayList<>();
    for (Curve curve : result.curves()) {
      if (curve.of().equals(name)) {
        double[] t = new double[curve.ep().length];
        Arrays.setAll(t, i -> i);
        int color = solid.size();
        Series under = Series.of("BPTT " + curve.element(), t, curve.bptt()).color(color);
        solid.add(t.length <= FEW_STEPS ? under.markers() : under);
        dashed.add(Series.of("EP " + curve.element(), t, curve.ep()).color(color).dashed());
      }
    }
    solid.addAll(dashed);
    String index = layer ? symbol.substring(0, 1) : "W";
    return Chart.of(
            (layer ? "neurons of " : "synapses of ") + symbol,
            Axis.whole("t"),
            Axis.linear("Δ^{EP}_{%s}, −∇^{BPTT}_{%s}".formatted(index, index)),
            solid)
        .withLegend(Legend.NONE)
        .withSize(WIDTH, height);
  }

  /**
   * RelMSE of one network's layers and weights, in both definitions.
   *
   * @param seeds the results of one seed or more
   */
  public static Figure bars(List<GduResult> seeds) {
    ChartGrid panel = ChartGrid.of("", 1, List.of(bars(seeds, axis(seeds)).withSize(640, 360)));
    return new ChartGrid("", List.of(List.of(panel), List.of(key(seeds, panel.width()))));
  }

  /**
   * The same for the six networks of figure 3, on one scale, a row a setting.
   *
   * @param results those of a network one after the other, a seed each
   */
  public static Figure figure3(List<GduResult> results) {
    Axis axis = axis(results);
    Map<String, List<GduResult>> byNetwork = new LinkedHashMap<>();
    for (GduResult result : results) {
      byNetwork
          .computeIfAbsent(result.settings().network(), network -> new ArrayList<>())
          .add(result);
    }
    List<List<Figure>> rows = new ArrayList<>();
    for (Setting setting : List.of(Setting.ENERGY_BASED, Setting.PROTOTYPICAL)) {
      List<Figure> panels = new ArrayList<>();
      for (List<GduResult> seeds : byNetwork.values()) {
        if (seeds.getFirst().settings().setting() == setting) {
          panels.add(bars(seeds, axis).withSize(PANEL_WIDTH, PANEL_HEIGHT));
        }
      }
      if (!panels.isEmpty()) {
        rows.add(List.of(ChartGrid.of(setting + " setting", panels.size(), panels)));
      }
    }
    int width = rows.stream().mapToInt(row -> row.getFirst().width()).max().orElse(0);
    rows.add(List.of(key(byNetwork.values().iterator().next(), width)));
    return new ChartGrid("", rows);
  }

  private static Key key(List<GduResult> seeds, int width) {
    List<Key.Entry> entries =
        new ArrayList<>(
            List.of(
                new Key.Entry("as in the authors' program", Key.Sample.BAR, GREY),
                new Key.Entry("as in the paper's text", Key.Sample.PALE_BAR, GREY)));
    if (seeds.size() > 1) {
      String of = "median of %d seeds, least to greatest".formatted(seeds.size());
      entries.add(new Key.Entry(of, Key.Sample.RANGE, BLACK));
    }
    return new Key(entries, width);
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

  private static BarChart bars(List<GduResult> seeds, Axis axis) {
    GduResult first = seeds.getFirst();
    Symbols symbols = new Symbols(first.settings());
    List<String> labels = shown(first).stream().map(GduResult.Row::label).toList();
    List<Integer> colors = labels.stream().map(Symbols::layer).toList();
    List<Bars> both = new ArrayList<>();
    both.add(
        bars("as in the authors' program", seeds, GduResult.Row::relMseProgram).withColors(colors));
    both.add(
        bars("as in the paper's text", seeds, GduResult.Row::relMsePaper)
            .withColors(colors)
            .asPale());
    return BarChart.of(
            first.settings().network(), "", labels.stream().map(symbols::of).toList(), axis, both)
        .withLegend(Legend.NONE);
  }

  private static Bars bars(
      String name, List<GduResult> seeds, ToDoubleFunction<GduResult.Row> value) {
    List<SeedSpread> spreads = SeedSpread.of(seeds, GduFigures::shown, value);
    Bars bars = Bars.of(name, 0, spreads.stream().mapToDouble(SeedSpread::median).toArray());
    return seeds.size() == 1
        ? bars
        : bars.withRange(
            spreads.stream().map(SeedSpread::least).toList(),
            spreads.stream().map(SeedSpread::greatest).toList());
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
    List<String> symbols = labels.stream().map(new Symbols(result.settings())::of).toList();
    return ChartGrid.of(
        "",
        2,
        List.of(
            BarChart.of(network, "", symbols, Axis.linear("cosine to the exact gradient"), cosines)
                .withLegend(Legend.NONE)
                .withSize(PANEL_WIDTH, HEIGHT_OF_METHODS),
            BarChart.of(network, "", symbols, Axis.log("relative error"), errors)
                .withLegend(Legend.RIGHT)
                .withSize(PANEL_WIDTH + LEGEND_WIDTH, HEIGHT_OF_METHODS)));
  }

  /** RelMSE of the layers and weights against β, with the slopes in the legend. */
  public static Figure sweep(BetaSweep sweep) {
    Symbols symbols = new Symbols(sweep.settings());
    double[] betas = sweep.betas().stream().mapToDouble(beta -> beta).toArray();
    List<Series> series = new ArrayList<>();
    for (BetaSweep.Row row : sweep.rows()) {
      if (!row.kind().equals("bias") || sweep.settings().nudgesInside()) {
        String name =
            String.format(Locale.ROOT, "%s, slope %.2f", symbols.of(row.label()), row.slope());
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
