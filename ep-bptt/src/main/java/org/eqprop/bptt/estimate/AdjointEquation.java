package org.eqprop.bptt.estimate;

import java.util.List;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Transition;

/**
 * The adjoint equation λ = Jᵀ·λ + ∂L/∂s at the end s* of a free phase, and the gradient that its
 * solution gives: ∂L/∂θ = Dᵀ·λ, with ∂L/∂θ itself for a read-out (Almeida 1987, Pineda 1987).
 *
 * <p>It follows from s* = F(s*, θ): the derivative S of s* by θ obeys S = J·S + D, so that of L is
 * ∂L/∂s·S = ∂L/∂s·(I − J)⁻¹·D.
 */
final class AdjointEquation {
  private final Transition transition;

  AdjointEquation(FreePhase free) {
    transition = new Transition(free.problem());
    transition.set(free.end(), 0);
  }

  /** The transition in state s*. */
  Transition transition() {
    return transition;
  }

  /** ∂L/∂s, copied. */
  List<double[]> lossByState() {
    return Vectors.copy(transition.lossByState());
  }

  /** Jᵀ·v, copied. */
  List<double[]> back(List<double[]> v) {
    transition.setCotangent(v);
    return Vectors.copy(transition.backToState());
  }

  /** Dᵀ·λ, with the read-out's gradient. */
  List<double[]> gradients(List<double[]> lambda) {
    transition.setCotangent(lambda);
    List<double[]> gradients = Vectors.copy(transition.backToParameters());
    Vectors.add(1, transition.lossByParameters(), gradients);
    return gradients;
  }
}
