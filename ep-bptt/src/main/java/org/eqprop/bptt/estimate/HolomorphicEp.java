package org.eqprop.bptt.estimate;

import java.util.List;
import org.eqprop.bptt.reference.ComplexTransition;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Transition;
import org.eqprop.core.network.EnergyBased;

/**
 * Holomorphic equilibrium propagation (Laborieux and Zenke 2022): the nudged phase is settled with
 * N complex strengths on a circle, β_k = r·e^{2πik/N}, and
 *
 * <p>∂L/∂θ ≈ −1/(B·N·r) · Σ_k e^{−2πik/N} · ∂Φ/∂θ(s^{β_k}),
 *
 * <p>the first coefficient of Φ's series in β by the trapezoidal rule, with the sign of a gradient.
 * Its error is the series' coefficient number N + 1 times r^N. N = 2 is the centered estimate.
 *
 * <p>Its limit is the gradient of L in the settings in which that of equilibrium propagation is:
 * energy-based, and prototypical with the nudge inside σ. All of F must be holomorphic, so σ must
 * be smooth, states not clipped and maps pooled by their means.
 *
 * <p>States of conjugate strengths are conjugate, so only those with k ≤ N/2 are settled.
 */
public final class HolomorphicEp implements ParameterGradient {
  /** The name in options. */
  public static final String NAME = "holomorphic";

  private final FreePhase free;
  private final Circle circle;
  private final double tolerance;
  private final int steps;
  private final ComplexTransition transition;
  private final List<double[]> readOut;

  /**
   * Where the strengths lie.
   *
   * @param points N, at least 2
   * @param radius r = |β|, above 0
   */
  public record Circle(int points, double radius) {
    /**
     * A checked circle.
     *
     * @throws IllegalArgumentException in one sentence, if it has fewer points or no radius
     */
    public Circle {
      if (points < 2 || !(radius > 0 && radius < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "The circle has "
                + points
                + " points and the radius "
                + radius
                + "; it needs at least 2 points, and a finite radius above 0.");
      }
    }

    /** The angle 2πk/N of point {@code k}. */
    double angle(int k) {
      return 2 * Math.PI * k / points;
    }
  }

  /**
   * The estimate from the end of a free phase.
   *
   * @param free a phase that has settled
   * @param circle radius and number of points
   * @param tolerance a nudged phase has settled when no part of a unit changes by more in a step
   * @param steps the most steps of a nudged phase
   * @throws IllegalArgumentException in one sentence, if F is not holomorphic
   */
  public HolomorphicEp(FreePhase free, Circle circle, double tolerance, int steps) {
    if (free.problem().network().dynamics() instanceof EnergyBased energy && energy.clamp()) {
      throw new IllegalArgumentException(
          "Clipped states have no complex derivative; holomorphic equilibrium propagation needs"
              + " energy-based states that are not clipped.");
    }
    if (!(tolerance > 0) || steps < 1) {
      throw new IllegalArgumentException(
          "The tolerance is "
              + tolerance
              + " and the number of steps "
              + steps
              + "; both must be above 0.");
    }
    this.free = free;
    this.circle = circle;
    this.tolerance = tolerance;
    this.steps = steps;
    Transition real = new Transition(free.problem());
    real.set(free.end(), 0);
    real.setFree(free.end());
    readOut = Vectors.copy(real.lossByParameters());
    transition = real.continued();
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if a nudged phase has not settled after all steps
   */
  @Override
  public List<double[]> gradients() {
    List<double[]> sum = Vectors.copy(readOut);
    double scale = -1 / (free.problem().batch() * circle.points() * circle.radius());
    for (int k = 0; 2 * k <= circle.points(); k++) {
      settle(k);
      boolean alone = k == 0 || 2 * k == circle.points();
      double weight = alone ? scale : 2 * scale;
      // the real part of e^{−iα}·z is cos α·Re z + sin α·Im z
      double angle = circle.angle(k);
      Vectors.add(weight * Math.cos(angle), transition.phiByParametersRe(), sum);
      Vectors.add(weight * Math.sin(angle), transition.phiByParametersIm(), sum);
    }
    return sum;
  }

  /** Settles with strength β_k from the free phase's steady state. */
  private void settle(int k) {
    double angle = circle.angle(k);
    double re = circle.radius() * Math.cos(angle);
    double im = circle.radius() * Math.sin(angle);
    transition.set(free.end(), re, im);
    double change = Double.POSITIVE_INFINITY;
    for (int step = 0; step < steps; step++) {
      change = transition.step();
      if (change <= tolerance) {
        return;
      }
    }
    throw new IllegalStateException(
        "The nudged phase with beta "
            + re
            + (im < 0 ? " - " : " + ")
            + Math.abs(im)
            + "i still changes by "
            + change
            + " after "
            + steps
            + " steps; take a smaller radius, or allow more steps.");
  }
}
