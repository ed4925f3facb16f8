package org.eqprop.examples.gdu;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import org.eqprop.bptt.gdu.Comparison;

/**
 * How equal both gradients are.
 *
 * @param settings what was run
 * @param sizes of the layers, output first
 * @param residual the largest change of a unit in the last free step
 * @param settled the number of free steps after which states only repeated themselves, to the last
 *     bit; T if none was found
 * @param unsteady the number of samples whose units still move by more than 0.001·εβ in the last
 *     free step: a thousandth of what the nudge adds to s⁰ there, for an error of 1
 * @param rows the layers, then the weights, then the biases
 * @param curves of the first sample, if they were asked for
 */
public record GduResult(
    @JsonUnwrapped GduSettings settings,
    List<Integer> sizes,
    double residual,
    int settled,
    int unsteady,
    List<Row> rows,
    @JsonIgnore List<Curve> curves) {

  /**
   * A layer, weight or bias.
   *
   * @param name as in files: {@code s0}, {@code weight.0}
   * @param label as in the figures: {@code s0}, {@code W01}
   * @param kind {@code layer}, {@code weight} or {@code bias}
   * @param relMseProgram RelMSE as the authors' program has it: neurons summed over the batch,
   *     parameters' gradients cumulated over the steps
   * @param relMsePaper RelMSE as the paper's text has it: each sample alone, step by step
   * @param cosine of the batch's gradients, summed over the steps
   * @param sameSign the share of their elements that have the same sign
   */
  public record Row(
      String name,
      String label,
      String kind,
      double relMseProgram,
      double relMsePaper,
      double cosine,
      double sameSign) {}

  /** Copies the lists. */
  public GduResult {
    sizes = List.copyOf(sizes);
    rows = List.copyOf(rows);
    curves = List.copyOf(curves);
  }

  /** The rows of comparisons of the same network in both definitions. */
  static List<Row> rows(Labels labels, Comparison program, Comparison paper) {
    List<Row> rows = new ArrayList<>();
    for (int n = 0; n < program.layers().size(); n++) {
      Comparison.OfLayer layer = program.layers().get(n);
      rows.add(
          new Row(
              layer.name(),
              layer.name(),
              "layer",
              layer.relMse(),
              paper.layers().get(n).relMse(),
              layer.total().cosine(),
              layer.total().signs()));
    }
    for (String kind : List.of("weight", "bias")) {
      for (int p = 0; p < program.parameters().size(); p++) {
        Comparison.OfParameter parameter = program.parameters().get(p);
        if (parameter.name().startsWith(kind + ".")) {
          rows.add(
              new Row(
                  parameter.name(),
                  labels.of(p),
                  kind,
                  parameter.cumulated(),
                  paper.parameters().get(p).relMse(),
                  parameter.total().cosine(),
                  parameter.total().signs()));
        }
      }
    }
    return rows;
  }
}
