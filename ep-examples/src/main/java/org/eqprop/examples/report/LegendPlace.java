package org.eqprop.examples.report;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds a corner of a chart in which a legend hides no curve. */
final class LegendPlace {
  private static final List<Legend> CORNERS =
      List.of(Legend.TOP_RIGHT, Legend.TOP_LEFT, Legend.BOTTOM_RIGHT, Legend.BOTTOM_LEFT);

  /** Pixels below which a legend beside the plot leaves too little of it. */
  private static final int NARROW = 480;

  private LegendPlace() {}

  /**
   * The first free corner; or else {@link Legend#RIGHT}, or {@link Legend#BELOW} a narrow chart.
   */
  static Legend find(Chart chart, Extent x, Extent y) {
    int longest = chart.series().stream().mapToInt(s -> s.name().length()).max().orElse(0);
    double wide = (80 + 7.5 * longest) / Math.max(1, chart.width() - 110);
    double high = (24 + 22.0 * chart.series().size()) / Math.max(1, chart.height() - 120);
    Legend outside = chart.width() < NARROW ? Legend.BELOW : Legend.RIGHT;
    if (wide > 0.6 || high > 0.6) {
      return outside;
    }
    for (Legend corner : CORNERS) {
      double left = corner == Legend.TOP_LEFT || corner == Legend.BOTTOM_LEFT ? 0 : 1 - wide;
      double low = corner == Legend.BOTTOM_LEFT || corner == Legend.BOTTOM_RIGHT ? 0 : 1 - high;
      Rectangle2D box = new Rectangle2D.Double(left, low, wide, high);
      if (chart.series().stream().noneMatch(series -> crosses(series, box, chart, x, y))) {
        return corner;
      }
    }
    return outside;
  }

  private static boolean crosses(Series series, Rectangle2D box, Chart chart, Extent x, Extent y) {
    double @Nullable [] before = null;
    for (int i = 0; i < series.size(); i++) {
      if (!Extent.shows(chart.x(), series.x(i)) || !Extent.shows(chart.y(), series.y(i))) {
        before = null;
        continue;
      }
      double[] here = {x.fraction(series.x(i)), y.fraction(series.y(i))};
      double[] from = before == null ? here : before;
      if (new Line2D.Double(from[0], from[1], here[0], here[1]).intersects(box)) {
        return true;
      }
      before = here;
    }
    return false;
  }
}
