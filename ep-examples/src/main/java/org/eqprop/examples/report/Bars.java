package org.eqprop.examples.report;

import java.util.Arrays;
import java.util.List;
import org.eqprop.core.internal.file.Visible;

/**
 * The bars of one colour in a {@link BarChart}.
 *
 * @param name their name in the legend
 * @param values one a category; NaN leaves the bar out
 * @param color the index in the palette
 */
public record Bars(String name, List<Double> values, int color) {

  /** Copies the list. */
  public Bars {
    name = Visible.line(name);
    values = List.copyOf(values);
  }

  /** Bars of the given heights. */
  public static Bars of(String name, int color, double... values) {
    return new Bars(name, Arrays.stream(values).boxed().toList(), color);
  }
}
