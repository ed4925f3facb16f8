package org.eqprop.bptt.estimate;

import java.util.List;
import org.eqprop.bptt.reference.FreePhase;

/**
 * Recurrent backprop by iteration (Almeida 1987, Pineda 1987): λ ← Jᵀ·λ + ∂L/∂s from λ = 0 at the
 * steady state, until it stands, then ∂L/∂θ = Dᵀ·λ. It converges where the free phase does: J has
 * the same eigenvalues as Jᵀ.
 */
public final class RbpFixedPoint implements ParameterGradient {
  /** The name in options. */
  public static final String NAME = "rbp";

  private final FreePhase free;
  private final double tolerance;
  private final int steps;

  /**
   * Recurrent backprop at the end of a free phase.
   *
   * @param free a phase that has settled
   * @param tolerance λ stands when no element changes by more than this times the largest one
   * @param steps the most iterations
   */
  public RbpFixedPoint(FreePhase free, double tolerance, int steps) {
    if (!(tolerance > 0) || steps < 1) {
      throw new IllegalArgumentException(
          "The tolerance is "
              + tolerance
              + " and the number of steps "
              + steps
              + "; both must be above 0.");
    }
    this.free = free;
    this.tolerance = tolerance;
    this.steps = steps;
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if λ does not stand after all iterations
   */
  @Override
  public List<double[]> gradients() {
    AdjointEquation equation = new AdjointEquation(free);
    List<double[]> source = equation.lossByState();
    List<double[]> lambda = Vectors.copy(source);
    double change = Double.POSITIVE_INFINITY;
    for (int step = 0; step < steps; step++) {
      List<double[]> next = equation.back(lambda);
      Vectors.add(1, source, next);
      change = Vectors.distance(lambda, next);
      lambda = next;
      if (change <= tolerance * Vectors.largest(lambda)) {
        return equation.gradients(lambda);
      }
    }
    throw new IllegalStateException(
        "The adjoint of recurrent backprop still changes by "
            + change
            + " after "
            + steps
            + " steps; let the free phase settle, or allow more steps.");
  }
}
