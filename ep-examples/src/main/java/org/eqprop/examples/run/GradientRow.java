package org.eqprop.examples.run;

import java.util.List;
import java.util.Locale;
import org.eqprop.bptt.gdu.Alignment;
import org.jspecify.annotations.Nullable;

/**
 * How a gradient agreed with BPTT's and with the exact one at an update, for a parameter.
 *
 * @param update number of the update within the run, from 0
 * @param name of the parameter, or {@value #ALL}
 */
record GradientRow(long update, String name, Alignment bptt, Alignment exact) {
  /** What all parameters together are called. */
  static final String ALL = "all";

  /** The head of the file. */
  static final String HEAD =
      "update,name,cosineBptt,errorBptt,sameSignBptt,normBptt,cosineExact,errorExact,sameSignExact,"
          + "normExact";

  private static final int COLUMNS = 10;
  private static final int EXACT = 6;

  /** A line of the file. */
  String line() {
    return update + "," + name + "," + figures(bptt) + "," + figures(exact);
  }

  private static String figures(Alignment a) {
    return String.format(
        Locale.ROOT, "%.9g,%.9g,%.9g,%.9g", a.cosine(), a.relativeError(), a.sameSign(), a.norm());
  }

  /** Reads a line; null if it is damaged, as the last one of a killed run may be. */
  static @Nullable GradientRow parse(String line) {
    List<String> cells = List.of(line.split(",", -1));
    if (cells.size() != COLUMNS) {
      return null;
    }
    try {
      return new GradientRow(
          Long.parseLong(cells.get(0)), cells.get(1), alignment(cells, 2), alignment(cells, EXACT));
    } catch (NumberFormatException damaged) {
      return null;
    }
  }

  private static Alignment alignment(List<String> cells, int first) {
    return new Alignment(
        Double.parseDouble(cells.get(first)),
        Double.parseDouble(cells.get(first + 1)),
        Double.parseDouble(cells.get(first + 2)),
        Double.parseDouble(cells.get(first + 3)));
  }
}
