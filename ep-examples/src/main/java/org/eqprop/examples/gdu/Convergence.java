package org.eqprop.examples.gdu;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How estimates of the gradient approach what they are estimates of.
 *
 * @param settings what was run
 * @param residual the largest change of a unit in the last free step
 * @param curves one for each estimate
 * @param notes estimates that this network does not have, a sentence each
 */
public record Convergence(
    @JsonUnwrapped GduSettings settings, double residual, List<Curve> curves, List<String> notes) {

  /**
   * The relative error of an estimate against one of its settings.
   *
   * @param method its name in options
   * @param estimate what of the method is looked at, for people
   * @param parameter the setting, for people: β
   * @param approaches what the error is measured from, for people
   * @param x values of the setting
   * @param error the norm of the difference by the norm of what is approached, one for each value
   * @param power of the setting that the error follows; NaN if it is no power
   * @param points how many values the power is fitted through
   * @param theory the power by theory, or null if it is no power
   */
  public record Curve(
      String method,
      String estimate,
      String parameter,
      String approaches,
      List<Double> x,
      List<Double> error,
      double power,
      int points,
      @Nullable Double theory) {

    /** Copies the lists. */
    public Curve {
      x = List.copyOf(x);
      error = List.copyOf(error);
    }
  }

  /** Copies the lists. */
  public Convergence {
    curves = List.copyOf(curves);
    notes = List.copyOf(notes);
  }
}
