package org.eqprop.bptt.estimate;

import java.util.List;
import org.eqprop.bptt.reference.FreePhase;

/**
 * Recurrent backprop by a Neumann series of K terms: λ = Σ (Jᵀ)ᵏ·∂L/∂s over k = 0 … K − 1 at the
 * steady state, then ∂L/∂θ = Dᵀ·λ (Liao et al. 2018). In a steady state it is backpropagation
 * through the last K steps, whose Jacobians are all the same.
 */
public final class RbpNeumann implements ParameterGradient {
  /** The name in options. */
  public static final String NAME = "rbp-neumann";

  private final FreePhase free;
  private final int terms;

  /**
   * The series at the end of a free phase.
   *
   * @param free a phase that has settled
   * @param terms K, at least 1
   */
  public RbpNeumann(FreePhase free, int terms) {
    if (terms < 1) {
      throw new IllegalArgumentException(
          "A Neumann series of " + terms + " terms is empty; it needs at least 1.");
    }
    this.free = free;
    this.terms = terms;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<double[]> gradients() {
    AdjointEquation equation = new AdjointEquation(free);
    List<double[]> term = equation.lossByState();
    List<double[]> lambda = Vectors.copy(term);
    for (int k = 1; k < terms; k++) {
      term = equation.back(term);
      Vectors.add(1, term, lambda);
    }
    return equation.gradients(lambda);
  }
}
