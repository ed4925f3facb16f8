package org.eqprop.examples.report;

import org.eqprop.core.internal.file.Visible;
import org.jspecify.annotations.Nullable;

/** One curve of a {@link Chart}. Immutable: every method gives a changed copy. */
public final class Series {
  private final String name;
  private final double[] x;
  private final double[] y;
  private final double @Nullable [] errors;
  private final boolean dashed;
  private final boolean markers;
  private final int color;

  private Series(
      String name,
      double[] x,
      double[] y,
      double @Nullable [] errors,
      boolean dashed,
      boolean markers,
      int color) {
    this.name = Visible.line(name);
    this.x = x;
    this.y = y;
    this.errors = errors;
    this.dashed = dashed;
    this.markers = markers;
    this.color = color;
  }

  /**
   * A solid curve without markers, in the colour of its place in the chart.
   *
   * @param name its name in the legend
   * @param x one coordinate a point, copied
   * @param y as many; NaN or an infinity is a gap in the curve
   * @throws IllegalArgumentException if the lengths differ
   */
  public static Series of(String name, double[] x, double[] y) {
    return new Series(name, x.clone(), sameLength(x, y), null, false, false, -1);
  }

  /** The same curve dashed. Dashed curves are best added after the solid ones they compare with. */
  public Series dashed() {
    return new Series(name, x, y, errors, true, markers, color);
  }

  /** The same curve with a dot at each point. */
  public Series markers() {
    return new Series(name, x, y, errors, dashed, true, color);
  }

  /** The same curve in a colour of the palette: 0 to 7, then from the beginning again. */
  public Series color(int index) {
    return new Series(name, x, y, errors, dashed, markers, index);
  }

  /**
   * The same curve with a bar from y - error to y + error at each point; none where it is NaN. On a
   * log axis a bar that would reach zero goes down to the axis.
   *
   * @param error one number a point, not negative, copied
   * @throws IllegalArgumentException if there are more or fewer than points
   */
  public Series errors(double[] error) {
    return new Series(name, x, y, sameLength(x, error), dashed, markers, color);
  }

  private static double[] sameLength(double[] x, double[] other) {
    if (x.length != other.length) {
      throw new IllegalArgumentException(
          "A series needs one number a point, not " + other.length + " for " + x.length + ".");
    }
    return other.clone();
  }

  String name() {
    return name;
  }

  int size() {
    return x.length;
  }

  double x(int point) {
    return x[point];
  }

  double y(int point) {
    return y[point];
  }

  /** Half the length of a point's error bar; NaN for none. */
  double error(int point) {
    return errors == null ? Double.NaN : errors[point];
  }

  boolean isDashed() {
    return dashed;
  }

  boolean hasMarkers() {
    return markers;
  }

  /** The index in the palette of this series, which stands at the given place in its chart. */
  int colorAt(int place) {
    return color < 0 ? place : color;
  }
}
