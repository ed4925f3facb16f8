package org.eqprop.examples.gdu;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.eqprop.bptt.gdu.Alignment;

/**
 * How several methods' gradients agree with that of backprop through time and with the exact one.
 *
 * @param settings what was run
 * @param residual the largest change of a unit in the last free step
 * @param rows each method in turn, with all parameters together and then each by itself
 */
public record MethodResult(@JsonUnwrapped GduSettings settings, double residual, List<Row> rows) {
  /** What all parameters together are called. */
  public static final String ALL = "all";

  /**
   * A parameter by a method.
   *
   * @param method its name in options
   * @param name as in files: {@code weight.0}; or {@value MethodResult#ALL}
   * @param label as in the figures: {@code W01}
   * @param bptt beside the gradient through the last K steps
   * @param exact beside the gradient of the loss at the steady state
   */
  public record Row(String method, String name, String label, Alignment bptt, Alignment exact) {}

  /** Copies the rows. */
  public MethodResult {
    rows = List.copyOf(rows);
  }
}
