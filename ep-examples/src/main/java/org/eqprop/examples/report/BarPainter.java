package org.eqprop.examples.report;

import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/** Paints a {@link BarChart} through XChart. */
final class BarPainter {
  private BarPainter() {}

  static Picture paint(BarChart chart) {
    CategoryChart painted =
        new CategoryChartBuilder()
            .width(chart.width())
            .height(chart.height() - Titles.height(chart.title()))
            .xAxisTitle(chart.label())
            .yAxisTitle(chart.y().label())
            .build();
    Lettering lettering = new Lettering();
    Extent y = extent(chart);
    Look.apply(painted.getStyler(), chart.legend() == Legend.AUTO ? Legend.BELOW : chart.legend());
    Look.applyY(painted.getStyler(), chart.y(), y, painted.getHeight() - 110, lettering);
    painted.getStyler().setAvailableSpaceFill(0.7).setPlotGridVerticalLinesVisible(false);
    painted.getStyler().setXAxisTickMarkSpacingHint(1);
    lettering.add(chart.label(), Look.AXIS);
    lettering.addUpward(chart.y().label(), Look.AXIS);
    chart.categories().forEach(category -> lettering.add(category, Look.SMALL));
    for (int i = 0; i < chart.bars().size(); i++) {
      Bars bars = chart.bars().get(i);
      List<Double> heights =
          bars.values().stream()
              .map(value -> Extent.shows(chart.y(), value) ? y.scaled(value) : Double.NaN)
              .toList();
      painted
          .addSeries("bars " + i, chart.categories(), heights)
          .setLabel(bars.name())
          .setFillColor(Palette.of(bars.color()));
      lettering.add(bars.name(), Look.SMALL);
    }
    Recorder recorder = new Recorder(lettering);
    painted.paint(recorder, painted.getWidth(), painted.getHeight());
    return Titles.add(chart.title(), chart.width(), recorder.picture());
  }

  private static Extent extent(BarChart chart) {
    Extent.Finder finder = new Extent.Finder(chart.y());
    finder.add(0);
    for (Bars bars : chart.bars()) {
      for (double value : bars.values()) {
        finder.add(value);
        finder.add(chart.y().log() ? value / 2 : value); // so that the least bar has a height
      }
    }
    return finder.find();
  }
}
