package org.eqprop.examples.gdu;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.eqprop.bptt.gdu.Comparison;

/**
 * RelMSE, in the definition of the authors' program, against β.
 *
 * @param settings what was run; its own β does not matter
 * @param sizes of the layers, output first
 * @param residual the largest change of a unit in the last free step
 * @param betas falling
 * @param rows the layers, then the weights, then the biases
 */
public record BetaSweep(
    @JsonUnwrapped GduSettings settings,
    List<Integer> sizes,
    double residual,
    List<Double> betas,
    List<Row> rows) {

  /**
   * A layer, weight or bias.
   *
   * @param name as in files
   * @param label as in the figures
   * @param kind {@code layer}, {@code weight} or {@code bias}
   * @param relMse one for each β
   * @param slope the power of β that it follows
   * @param points how many β the slope is fitted through
   */
  public record Row(
      String name, String label, String kind, List<Double> relMse, double slope, int points) {}

  /** Copies the lists. */
  public BetaSweep {
    sizes = List.copyOf(sizes);
    betas = List.copyOf(betas);
    rows = List.copyOf(rows);
  }

  static BetaSweep of(
      GduSettings settings,
      List<Integer> sizes,
      double residual,
      Labels labels,
      List<Double> betas,
      List<Comparison> all) {
    List<GduResult.Row> first = GduResult.rows(labels, all.get(0), all.get(0));
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < first.size(); r++) {
      int row = r;
      GduResult.Row named = first.get(r);
      ToDoubleFunction<Comparison> relMse =
          one -> GduResult.rows(labels, one, one).get(row).relMseProgram();
      double[] values = all.stream().mapToDouble(relMse).toArray();
      SlopeFit fit = SlopeFit.of(betas.stream().mapToDouble(beta -> beta).toArray(), values);
      rows.add(
          new Row(
              named.name(),
              named.label(),
              named.kind(),
              Arrays.stream(values).boxed().toList(),
              fit.slope(),
              fit.points()));
    }
    return new BetaSweep(settings, sizes, residual, betas, rows);
  }
}
