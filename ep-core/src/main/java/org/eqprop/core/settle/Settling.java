package org.eqprop.core.settle;

import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;

/**
 * How a free phase goes on and when it ends for a sample.
 *
 * @param solver how it finds the steady state
 * @param tolerance a sample's free phase ends when no unit changes by this much or more in a step;
 *     0 means that it always takes T steps
 */
public record Settling(Solver solver, double tolerance) {
  /** The paper's steps: all layers together, T of them. */
  public static final Settling EXACT = new Settling(new Synchronous(), 0);

  private static final double PREDICTION_TOLERANCE = 1e-2;
  private static final double PREDICTION_OMEGA = 1.2;
  private static final double PROTOTYPICAL_SHARE = 8e-3;
  private static final double PROTOTYPICAL_OMEGA = 1.4;
  private static final double ENERGY_BASED_SHARE = 1.2e-4;
  private static final double ENERGY_BASED_OMEGA = 0.5;
  private static final double ENERGY_BASED_MOMENTUM = 0.6;

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

  /**
   * {@return the settling by the solver that three settings imply: {@link HeavyBall} if there is a
   * momentum, else {@link OverRelaxed} if there is an ω, else {@link Alternating} or {@link
   * Synchronous}}
   *
   * @param schedule which layers step together
   * @param tolerance a sample ends when no unit changes by as much in a step; 0 for never
   * @param omega the size of a step, below 2; 0 for ε
   * @param momentum the share of the step before, below 1; 0 for none
   * @throws IllegalArgumentException if the tolerance is negative or not finite, or ω is not from 0
   *     to below 2, or the momentum not from 0 to below 1
   */
  public static Settling of(Schedule schedule, double tolerance, double omega, double momentum) {
    if (momentum != 0) {
      return new Settling(new HeavyBall(schedule, omega, momentum), tolerance);
    }
    if (omega != 0) {
      return new Settling(new OverRelaxed(schedule, omega), tolerance);
    }
    boolean inTurn = schedule == Schedule.ALTERNATING;
    return new Settling(inTurn ? new Alternating() : new Synchronous(), tolerance);
  }

  /**
   * As {@link #fast}, but only near enough for the class of the largest score: a sample ends when
   * no unit changes by {@value #PREDICTION_TOLERANCE} or more in a step. So near, less relaxation
   * is faster, and none with one hidden layer.
   *
   * @param network the network that predicts
   * @return the settling
   */
  public static Settling forPrediction(Network network) {
    if (network.dynamics() instanceof EnergyBased) {
      return new Settling(fast(true, 1).solver(), PREDICTION_TOLERANCE);
    }
    double omega = network.depth() > 2 ? PREDICTION_OMEGA : 1;
    return new Settling(new OverRelaxed(Schedule.ALTERNATING, omega), PREDICTION_TOLERANCE);
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
   *
   * @param energyBased whether the setting is energy-based
   * @param beta β of the nudged phase
   * @return the settling
   */
  public static Settling fast(boolean energyBased, double beta) {
    return energyBased
        ? new Settling(
            new HeavyBall(Schedule.SYNCHRONOUS, ENERGY_BASED_OMEGA, ENERGY_BASED_MOMENTUM),
            ENERGY_BASED_SHARE * beta * beta)
        : new Settling(
            new OverRelaxed(Schedule.ALTERNATING, PROTOTYPICAL_OMEGA),
            PROTOTYPICAL_SHARE * beta * beta);
  }
}
