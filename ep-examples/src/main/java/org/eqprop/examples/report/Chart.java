package org.eqprop.examples.report;

import java.util.List;
import org.eqprop.core.internal.file.Visible;

/**
 * A chart of curves. Later series lie over earlier ones. A solid series that shares its colour with
 * a dashed one is drawn broad and pale, so that both are seen where they coincide.
 *
 * @param title the title; may be empty
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series the curves; one without a point that can be drawn is left out
 * @param legend where the names stand
 * @param width in pixels
 * @param height in pixels
 */
public record Chart(
    String title, Axis x, Axis y, List<Series> series, Legend legend, int width, int height)
    implements Figure {
  private static final int LEAST_WIDTH = 190;
  private static final int LEAST_HEIGHT = 180;

  /** Copies the list; control characters become visible. */
  public Chart {
    title = Visible.line(title);
    series = List.copyOf(series);
  }

  /** A chart of 720 × 450 pixels that finds its legend's place itself. */
  public static Chart of(String title, Axis x, Axis y, List<Series> series) {
    return new Chart(title, x, y, series, Legend.AUTO, 720, 450);
  }

  /** The same chart with its legend elsewhere. */
  public Chart withLegend(Legend place) {
    return new Chart(title, x, y, series, place, width, height);
  }

  /** The same chart in another size. */
  public Chart withSize(int pixelsWide, int pixelsHigh) {
    return new Chart(title, x, y, series, legend, pixelsWide, pixelsHigh);
  }

  @Override
  public Chart scaled(double factor) {
    int high = (int) Math.round(factor * height);
    return withSize(
        (int) Math.round(factor * width), Math.max(high, Math.min(height, LEAST_HEIGHT)));
  }

  @Override
  public double leastScale() {
    return Math.min(1, (double) LEAST_WIDTH / width);
  }
}
