package org.eqprop.examples.report;

import java.util.List;
import org.eqprop.core.internal.file.Visible;

/**
 * A chart of bars in groups: one group a category, one bar a {@link Bars} in each. On a log axis
 * bars stand on the lower end, and those that are not positive are left out.
 *
 * @param title the title; may be empty
 * @param label what the categories are; may be empty
 * @param categories their names, from left to right
 * @param y the vertical axis; a linear one always shows zero, unless its range is fixed
 * @param bars the bars, a colour each
 * @param legend where the names stand; {@link Legend#AUTO} is below
 * @param width in pixels
 * @param height in pixels
 */
public record BarChart(
    String title,
    String label,
    List<String> categories,
    Axis y,
    List<Bars> bars,
    Legend legend,
    int width,
    int height)
    implements Figure {
  private static final int LEAST_HEIGHT = 200;
  private static final int LEAST_CATEGORY = 22;
  private static final int MARGINS = 90;

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if some bars are more or fewer than the categories
   */
  public BarChart {
    title = Visible.line(title);
    label = Visible.line(label);
    categories = categories.stream().map(Visible::line).toList();
    bars = List.copyOf(bars);
    for (Bars some : bars) {
      if (some.values().size() != categories.size()) {
        throw new IllegalArgumentException(
            "%d bars named %s do not fit %d categories."
                .formatted(some.values().size(), some.name(), categories.size()));
      }
    }
  }

  /** A chart of 720 × 450 pixels with its legend below. */
  public static BarChart of(
      String title, String label, List<String> categories, Axis y, List<Bars> bars) {
    return new BarChart(title, label, categories, y, bars, Legend.AUTO, 720, 450);
  }

  /** The same chart with its legend elsewhere. */
  public BarChart withLegend(Legend place) {
    return new BarChart(title, label, categories, y, bars, place, width, height);
  }

  /** The same chart in another size. */
  public BarChart withSize(int pixelsWide, int pixelsHigh) {
    return new BarChart(title, label, categories, y, bars, legend, pixelsWide, pixelsHigh);
  }

  private int leastWidth() {
    return MARGINS + LEAST_CATEGORY * categories.size();
  }

  @Override
  public BarChart scaled(double factor) {
    int high = (int) Math.round(factor * height);
    return withSize(
        (int) Math.round(factor * width), Math.max(high, Math.min(height, LEAST_HEIGHT)));
  }

  @Override
  public double leastScale() {
    return Math.min(1, (double) leastWidth() / width);
  }
}
