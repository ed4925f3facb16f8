package org.eqprop.examples.gdu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A figure of several seeds.
 *
 * @param median the middle one, or the mean of the middle two
 * @param least of all
 * @param greatest of all
 */
record SeedSpread(double median, double least, double greatest) {
  /** The spread of numbers, at least one. */
  static SeedSpread of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    double median = (sorted[last / 2] + sorted[(last + 1) / 2]) / 2;
    return new SeedSpread(median, sorted[0], sorted[last]);
  }

  /**
   * The spread of each row.
   *
   * @param seeds results of the same network
   * @param rows which rows
   * @param value what of a row
   */
  static List<SeedSpread> of(
      List<GduResult> seeds,
      Function<GduResult, List<GduResult.Row>> rows,
      ToDoubleFunction<GduResult.Row> value) {
    List<SeedSpread> spreads = new ArrayList<>();
    for (int r = 0; r < rows.apply(seeds.getFirst()).size(); r++) {
      int row = r;
      spreads.add(
          of(
              seeds.stream()
                  .mapToDouble(seed -> value.applyAsDouble(rows.apply(seed).get(row)))
                  .toArray()));
    }
    return spreads;
  }
}
