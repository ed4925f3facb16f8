package org.eqprop.core.settle;

/**
 * When a sample's free phase ends: after T steps, or as soon as no unit changes by the tolerance or
 * more in a step.
 *
 * @param tolerance 0 means that it always takes T steps
 * @param rounds from one look at the residuals to the next
 */
record Stop(float tolerance, int rounds) {
  /** The stop of a settling. */
  static Stop of(Settling settling) {
    return new Stop((float) settling.tolerance(), settling.solver().roundsBetweenLooks());
  }

  /** Whether a sample may end before T. */
  boolean early() {
    return tolerance > 0;
  }

  /**
   * The number of rounds after which the residuals are looked at next.
   *
   * @param done rounds so far
   * @param last rounds that T steps make
   */
  int nextLook(int done, int last) {
    return early() ? Math.min(done + rounds, last) : last;
  }

  /** Whether the phase ends with this residual before T. */
  boolean reached(float residual) {
    return residual < tolerance;
  }

  /** Whether a sample has converged: its residual is below the tolerance, or 0 if there is none. */
  boolean converged(float residual) {
    return early() ? reached(residual) : residual == 0;
  }
}
