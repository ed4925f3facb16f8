package org.eqprop.examples.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Paints a {@link Chart} through XChart. */
final class ChartPainter {
  private static final BasicStroke THIN = stroke(1f);
  private static final BasicStroke SOLID = stroke(2f);
  static final BasicStroke BROAD = stroke(5f);
  static final BasicStroke DASHED =
      new BasicStroke(
          2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {7f, 5f}, 0f);

  private final Chart chart;
  private final Typeface typeface;
  private final Extent x;
  private final Extent y;
  private final Lettering lettering = new Lettering();

  private ChartPainter(Chart chart, Typeface typeface) {
    this.chart = chart;
    this.typeface = typeface;
    Extent.Finder acrossX = new Extent.Finder(chart.x());
    Extent.Finder acrossY = new Extent.Finder(chart.y());
    for (Series series : chart.series()) {
      for (int i = 0; i < series.size(); i++) {
        if (shows(series, i)) {
          acrossX.add(series.x(i));
          acrossY.add(series.y(i));
          acrossY.add(series.y(i) + series.error(i));
          acrossY.add(series.y(i) - series.error(i));
        }
      }
    }
    x = acrossX.find();
    y = acrossY.find();
  }

  static Picture paint(Chart chart, Typeface typeface) {
    return new ChartPainter(chart, typeface).paint();
  }

  private Picture paint() {
    XYChart painted =
        new XYChartBuilder()
            .width(chart.width())
            .height(chart.height() - Titles.height(chart.title()))
            .xAxisTitle(lettering.add(chart.x().label(), typeface.axis(), Lettering.Align.MIDDLE))
            .yAxisTitle(lettering.addUpward(chart.y().label(), typeface.axis()))
            .build();
    Legend legend = chart.legend() == Legend.AUTO ? LegendPlace.find(chart, x, y) : chart.legend();
    Look look = new Look(painted.getStyler(), typeface, lettering);
    look.apply(legend);
    look.applyX(chart.x(), x, chart.width() - 120);
    look.applyY(chart.y(), y, painted.getHeight() - 80);
    addSeries(painted);
    // Where all points are evenly spaced, XChart sets its ticks on points, not on round numbers.
    double[] uneven = {1, Math.E, Math.PI};
    painted.addSeries("uneven", uneven, uneven).setEnabled(false);
    Recorder recorder = new Recorder(lettering);
    painted.paint(recorder, painted.getWidth(), painted.getHeight());
    return Titles.add(chart.title(), chart.width(), typeface, recorder.picture());
  }

  private void addSeries(XYChart painted) {
    List<Series> all = chart.series();
    for (int place = 0; place < all.size(); place++) {
      Series series = all.get(place);
      if (IntStream.range(0, series.size()).anyMatch(i -> shows(series, i))) {
        boolean under = !series.isDashed() && isComparedWithDashed(series.colorAt(place));
        Color color = Palette.of(series.colorAt(place));
        Color shade = under ? Palette.pale(color) : color;
        addErrorBars(painted, series, place, shade);
        XYSeries curve = addCurve(painted, series, place);
        curve.setLineStyle(series.isDashed() ? DASHED : under ? BROAD : SOLID);
        curve.setMarker(series.hasMarkers() ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        curve.setLineColor(shade);
        curve.setMarkerColor(shade);
      }
    }
  }

  private XYSeries addCurve(XYChart painted, Series series, int place) {
    double[] xs = new double[series.size()];
    double[] ys = new double[series.size()];
    for (int i = 0; i < xs.length; i++) {
      boolean shown = shows(series, i);
      xs[i] = shown ? x.scaled(series.x(i)) : x.min();
      ys[i] = shown ? y.scaled(series.y(i)) : Double.NaN;
    }
    XYSeries curve = painted.addSeries("curve " + place, xs, ys);
    curve.setLabel(lettering.add(series.name(), typeface.small(), Lettering.Align.BEGINNING));
    return curve;
  }

  /** Draws error bars as curves of their own: those of XChart are wrong on a log axis near zero. */
  private void addErrorBars(XYChart painted, Series series, int place, Color color) {
    for (int i = 0; i < series.size(); i++) {
      if (shows(series, i) && series.error(i) > 0) {
        double low = series.y(i) - series.error(i);
        double[] xs = {x.scaled(series.x(i)), x.scaled(series.x(i))};
        double[] ys = {
          Extent.shows(chart.y(), low) ? y.scaled(low) : y.min(),
          y.scaled(series.y(i) + series.error(i))
        };
        XYSeries bar = painted.addSeries("error " + place + " " + i, xs, ys);
        bar.setShowInLegend(false);
        bar.setMarker(SeriesMarkers.NONE);
        bar.setLineStyle(THIN);
        bar.setLineColor(color);
      }
    }
  }

  private boolean isComparedWithDashed(int color) {
    List<Series> all = chart.series();
    return IntStream.range(0, all.size())
        .anyMatch(place -> all.get(place).isDashed() && all.get(place).colorAt(place) == color);
  }

  private boolean shows(Series series, int point) {
    return Extent.shows(chart.x(), series.x(point)) && Extent.shows(chart.y(), series.y(point));
  }

  private static BasicStroke stroke(float width) {
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
  }
}
