package org.eqprop.core.network;

/**
 * How a relaxation gets to its steady state: the order in which layers step, and when a sample is
 * settled.
 *
 * @param schedule which layers step together
 * @param tolerance a sample's free phase ends when no unit changes by this much or more in a step;
 *     0 means that it always takes T steps
 */
public record Settling(Schedule schedule, double tolerance) {
  /** The paper's steps: all layers together, T of them. */
  public static final Settling EXACT = new Settling(Schedule.SYNCHRONOUS, 0);

  /** Which layers step together. */
  public enum Schedule {
    /** All layers, from the state at time t (Eq. 15 as printed). */
    SYNCHRONOUS,

    /**
     * Layers of odd and of even distance from the output in turn. With ε = 1 the synchronous steps
     * of a layered network are two interleaved chains that never meet; this is one of them, bit for
     * bit, at half the cost. A step here is that of one half of the layers, so T and K keep their
     * meaning; T is rounded up to an even number.
     */
    ALTERNATING
  }

  /**
   * Checked settling.
   *
   * @throws IllegalArgumentException if the tolerance is negative or not finite
   */
  public Settling {
    if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The tolerance is " + tolerance + "; it must be 0 (all T steps) or above, and finite.");
    }
  }
}
