package org.eqprop.examples.report;

import java.awt.Color;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.eqprop.core.internal.file.Visible;

/**
 * Bars in a {@link BarChart}, one a category.
 *
 * @param name their name in the legend
 * @param values one a category; NaN leaves the bar out
 * @param colors the index in the palette of each
 * @param pale whether they are half way to white
 * @param low the lower end of a line over each bar; NaN, or no list, for none
 * @param high the upper end
 */
public record Bars(
    String name,
    List<Double> values,
    List<Integer> colors,
    boolean pale,
    List<Double> low,
    List<Double> high) {
  /** Copies the lists. */
  public Bars {
    name = Visible.line(name);
    values = List.copyOf(values);
    colors = List.copyOf(colors);
    low = List.copyOf(low);
    high = List.copyOf(high);
  }

  /** Bars of the given heights, in one colour. */
  public static Bars of(String name, int color, double... values) {
    List<Double> heights = Arrays.stream(values).boxed().toList();
    List<Integer> colors = Collections.nCopies(values.length, color);
    return new Bars(name, heights, colors, false, List.of(), List.of());
  }

  /** The same bars in a colour each. */
  public Bars withColors(List<Integer> each) {
    return new Bars(name, values, each, pale, low, high);
  }

  /** The same bars half way to white. */
  public Bars asPale() {
    return new Bars(name, values, colors, true, low, high);
  }

  /** The same bars with a line over each, from its least value to its greatest. */
  public Bars withRange(List<Double> least, List<Double> greatest) {
    return new Bars(name, values, colors, pale, least, greatest);
  }

  /** The colour of a bar. */
  Color color(int category) {
    Color full = Palette.of(colors.get(category));
    return pale ? Palette.pale(full) : full;
  }
}
