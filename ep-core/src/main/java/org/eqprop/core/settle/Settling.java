package org.eqprop.core.settle;

/**
 * How a relaxation gets to its steady state: the order in which layers step, how far, and when a
 * sample is settled. The steady state itself is the same for all of them, where there is only one.
 *
 * @param schedule which layers step together
 * @param tolerance a sample's free phase ends when no unit changes by this much or more in a step;
 *     0 means that it always takes T steps
 * @param omega the free phase's step size ω below 2, in place of ε: s ← s + ω·(σ(a) − s), with
 *     energy-based layers s + ω·(σ′(s)·a − s); above 1 it is successive over-relaxation. 0 for ε.
 * @param momentum each step of the free phase also adds this times the step before (Polyak's heavy
 *     ball), from 0 to below 1
 */
public record Settling(Schedule schedule, double tolerance, double omega, double momentum) {
  /** The paper's steps: all layers together, T of them. */
  public static final Settling EXACT = new Settling(Schedule.SYNCHRONOUS, 0, 0, 0);

  private static final double PROTOTYPICAL_SHARE = 8e-3;
  private static final double PROTOTYPICAL_OMEGA = 1.4;
  private static final double ENERGY_BASED_SHARE = 1.2e-4;
  private static final double ENERGY_BASED_OMEGA = 0.5;
  private static final double ENERGY_BASED_MOMENTUM = 0.6;
  private static final double MOST = 2;

  /** Which layers step together. */
  public enum Schedule {
    /** All layers, from the state at time t (Eq. 15 as printed). */
    SYNCHRONOUS,

    /**
     * Layers of odd and of even distance from the output in turn. With ε = 1 the synchronous steps
     * of a layered network are two interleaved chains that never meet; this is one of them, bit for
     * bit, at half the cost. A step here is that of one half of the layers, so T and K keep their
     * meaning; T is rounded up to an even number.
     *
     * <p>With ε below 1, where turns would change what K nudged steps do, the layers take turns in
     * the free phase only.
     */
    ALTERNATING
  }

  /**
   * Checked settling.
   *
   * @throws IllegalArgumentException if the tolerance is negative or not finite, or ω is not from 0
   *     to below 2, or the momentum not from 0 to below 1
   */
  public Settling {
    if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The tolerance is " + tolerance + "; it must be 0 (all T steps) or above, and finite.");
    }
    if (!(omega >= 0 && omega < MOST)) {
      throw new IllegalArgumentException(
          "omega is " + omega + "; it must be 0 (the network's epsilon) or above, and below 2.");
    }
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "The momentum is " + momentum + "; it must be 0 (none) or above, and below 1.");
    }
  }

  /**
   * To the same steady states in fewer steps, near enough for a nudge β. What is left to settle
   * changes the estimate by tolerance/β relative to what the nudge moves, and β itself by a share
   * in proportion to β: so the tolerance is a share of β².
   *
   * <p>A round of alternating steps of a layered prototypical network contracts by factors that are
   * real and not negative (its Jacobian is similar to a product of a matrix with its own
   * transpose), which is where over-relaxation gains most. Energy-based layers step together: there
   * σ′(s)·a may fall so steeply with s that large steps oscillate, while other units creep, and
   * momentum hastens those.
   */
  public static Settling fast(boolean energyBased, double beta) {
    return energyBased
        ? new Settling(
            Schedule.SYNCHRONOUS,
            ENERGY_BASED_SHARE * beta * beta,
            ENERGY_BASED_OMEGA,
            ENERGY_BASED_MOMENTUM)
        : new Settling(
            Schedule.ALTERNATING, PROTOTYPICAL_SHARE * beta * beta, PROTOTYPICAL_OMEGA, 0);
  }

  /** The step size of the free phase, given the network's ε. */
  public double freeStep(double epsilon) {
    return omega == 0 ? epsilon : omega;
  }
}
