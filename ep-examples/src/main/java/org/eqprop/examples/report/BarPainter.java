package org.eqprop.examples.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.eqprop.examples.report.Picture.Area;
import org.eqprop.examples.report.Picture.Line;
import org.eqprop.examples.report.Picture.Mark;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/**
 * Paints a {@link BarChart} through XChart, which has one colour for a series and no lines over
 * bars on a log axis: bars are painted in a colour of their series, and then found by it.
 */
final class BarPainter {
  private static final BasicStroke THIN = new BasicStroke(1.2f);
  private static final double HALF_CAP = 3;

  /** The share of the height that bars can have; with more XChart leaves ticks out at the ends. */
  private static final double CONTENT = 0.98;

  private final BarChart chart;
  private final Typeface typeface;
  private final Lettering lettering = new Lettering();
  private final Extent y;

  private BarPainter(BarChart chart, Typeface typeface) {
    this.chart = chart;
    this.typeface = typeface;
    this.y = extent(chart);
  }

  static Picture paint(BarChart chart, Typeface typeface) {
    return new BarPainter(chart, typeface).paint();
  }

  private Picture paint() {
    CategoryChart painted =
        new CategoryChartBuilder()
            .width(chart.width())
            .height(chart.height() - Titles.height(chart.title()))
            .xAxisTitle(lettering.add(chart.label(), typeface.axis(), Lettering.Align.MIDDLE))
            .yAxisTitle(lettering.addUpward(chart.y().label(), typeface.axis()))
            .build();
    Look look = new Look(painted.getStyler(), typeface, lettering);
    look.apply(chart.legend() == Legend.AUTO ? Legend.BELOW : chart.legend());
    look.applyY(chart.y(), y, painted.getHeight() - 110);
    painted.getStyler().setAvailableSpaceFill(0.7).setPlotGridVerticalLinesVisible(false);
    painted.getStyler().setXAxisTickMarkSpacingHint(1);
    if (chart.y().log()) {
      painted.getStyler().setPlotContentSize(CONTENT);
    }
    List<String> categories =
        chart.categories().stream()
            .map(name -> lettering.add(name, typeface.small(), Lettering.Align.MIDDLE))
            .toList();
    for (int i = 0; i < chart.bars().size(); i++) {
      Bars bars = chart.bars().get(i);
      List<Double> heights =
          bars.values().stream()
              .map(value -> Extent.shows(chart.y(), value) ? y.scaled(value) : Double.NaN)
              .toList();
      painted
          .addSeries("bars " + i, categories, heights)
          .setLabel(lettering.add(bars.name(), typeface.small(), Lettering.Align.BEGINNING))
          .setFillColor(placeholder(i));
    }
    Recorder recorder = new Recorder(lettering);
    painted.paint(recorder, painted.getWidth(), painted.getHeight());
    Picture coloured = new Picture(coloured(recorder.picture().marks()));
    return Titles.add(chart.title(), chart.width(), typeface, coloured);
  }

  /** A colour that nothing else has. */
  private static Color placeholder(int series) {
    return new Color(1, 2, 3 + series);
  }

  private List<Mark> coloured(List<Mark> marks) {
    List<Mark> all = new ArrayList<>(marks);
    for (int i = 0; i < chart.bars().size(); i++) {
      Bars bars = chart.bars().get(i);
      int category = 0;
      for (int m = 0; m < marks.size(); m++) {
        if (marks.get(m) instanceof Area bar && bar.color().equals(placeholder(i))) {
          while (category < bars.values().size()
              && !Extent.shows(chart.y(), bars.values().get(category))) {
            category++;
          }
          // what comes after the bars is the sample in the legend
          int own = Math.min(category, bars.values().size() - 1);
          boolean sample = category >= bars.values().size();
          Shape shape = sample ? bar.shape() : grounded(bar, bars.values().get(own));
          all.set(m, new Area(shape, bars.color(own), bar.clip()));
          if (category < bars.low().size()) {
            all.add(range(bars, category, bar));
          }
          category++;
        }
      }
    }
    return List.copyOf(all);
  }

  /** A bar of a log axis down to the axis itself. */
  private Shape grounded(Area bar, double value) {
    Rectangle2D box = bar.shape().getBounds2D();
    if (!chart.y().log()) {
      return box;
    }
    double content = box.getHeight() / y.fraction(value);
    double below = Math.rint(content / CONTENT * (1 - CONTENT) / 2);
    return new Rectangle2D.Double(box.getX(), box.getY(), box.getWidth(), box.getHeight() + below);
  }

  /** The line over a bar, whose end tells where on the page values are. */
  private Line range(Bars bars, int category, Area bar) {
    Rectangle2D box = bar.shape().getBounds2D();
    double foot = chart.y().log() ? 0 : y.fraction(0);
    double perPixel = (y.fraction(bars.values().get(category)) - foot) / box.getHeight();
    double middle = box.getCenterX();
    double from = at(bars.low().get(category), foot, perPixel, box);
    double to = at(bars.high().get(category), foot, perPixel, box);
    return capped(new Line2D.Double(middle, from, middle, to));
  }

  /** An upright line with a short one across each end. */
  static Line capped(Line2D upright) {
    Path2D path = new Path2D.Double(upright);
    double x = upright.getX1();
    for (double end : new double[] {upright.getY1(), upright.getY2()}) {
      path.append(new Line2D.Double(x - HALF_CAP, end, x + HALF_CAP, end), false);
    }
    return new Line(path, THIN, Palette.TEXT, null);
  }

  private double at(double value, double foot, double perPixel, Rectangle2D box) {
    double along = Extent.shows(chart.y(), value) ? Math.clamp(y.fraction(value), 0, 1) : 0;
    return box.getMaxY() - (along - foot) / perPixel;
  }

  private static Extent extent(BarChart chart) {
    Extent.Finder finder = new Extent.Finder(chart.y());
    finder.add(0);
    for (Bars bars : chart.bars()) {
      for (double value : bars.values()) {
        finder.add(value);
        finder.add(chart.y().log() ? value / 2 : value); // so that the least bar has a height
      }
      bars.high().forEach(finder::add);
    }
    return finder.find();
  }
}
