package org.eqprop.examples.report;

import org.eqprop.core.internal.file.Visible;

/**
 * One axis of a chart.
 *
 * @param label what it measures, with the unit; may be empty
 * @param log whether the scale is log10 rather than linear; values that are not positive are then
 *     left out, as gaps
 * @param percent whether tick labels show fractions as percentages (0.02 as "2%")
 * @param whole whether only whole numbers have ticks; then the axis is linear
 * @param min the lower end, or NaN for the data's own
 * @param max the upper end, or NaN for the data's own
 */
public record Axis(
    String label, boolean log, boolean percent, boolean whole, double min, double max) {

  /** Checks the range. */
  public Axis {
    label = Visible.line(label);
    if (min >= max || Double.isInfinite(min) || Double.isInfinite(max)) {
      throw new IllegalArgumentException("An axis cannot reach from " + min + " to " + max + ".");
    }
    if (log && (min <= 0 || max <= 0)) {
      throw new IllegalArgumentException("A logarithmic axis cannot reach down to " + min + ".");
    }
  }

  /** A linear axis that reaches as far as the data do. */
  public static Axis linear(String label) {
    return new Axis(label, false, false, false, Double.NaN, Double.NaN);
  }

  /** A linear axis of things that are counted, such as epochs. */
  public static Axis whole(String label) {
    return new Axis(label, false, false, true, Double.NaN, Double.NaN);
  }

  /** A log10 axis that reaches over the whole decades that hold the data. */
  public static Axis log(String label) {
    return new Axis(label, true, false, false, Double.NaN, Double.NaN);
  }

  /** The same axis with fixed ends; what lies outside is cut off. NaN leaves an end to the data. */
  public Axis range(double from, double to) {
    return new Axis(label, log, percent, whole, from, to);
  }

  /** The same axis with fractions shown as percentages. */
  public Axis asPercent() {
    return new Axis(label, log, true, whole, min, max);
  }
}
