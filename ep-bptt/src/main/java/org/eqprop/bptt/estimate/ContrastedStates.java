package org.eqprop.bptt.estimate;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.bptt.reference.Transition;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Network;

/**
 * The estimates that compare the ends of phases, in float64: −(∂Φ/∂θ(s⁺) − ∂Φ/∂θ(s⁻))/(scale·B),
 * which has the sign of a gradient. The phases begin at the end of the free one.
 *
 * <ul>
 *   <li>{@link #nudged}: s⁺ = s^β and s⁻ = s*, or s^{−β} if centered; equilibrium propagation
 *   <li>{@link #coupled}: the outputs of s⁺ are held at s⁰ + η·(y − s⁰), s⁻ = s*
 *   <li>{@link #clamped}: the same with η = 1, which is contrastive Hebbian learning
 * </ul>
 */
public final class ContrastedStates implements ParameterGradient {
  private final String name;
  private final FreePhase free;
  private final Phase plus;
  private final Phase minus;
  private final double scale;
  private final int steps;

  /**
   * What holds or pulls the outputs.
   *
   * @param beta β, 0 for none
   * @param share η of outputs that are held, NaN if they are not
   */
  private record Phase(double beta, double share) {
    static final Phase FREE = nudged(0);

    static Phase nudged(double beta) {
      return new Phase(beta, Double.NaN);
    }

    static Phase held(double share) {
      return new Phase(0, share);
    }

    boolean holds() {
      return !Double.isNaN(share);
    }
  }

  private ContrastedStates(
      String name, FreePhase free, Phase plus, Phase minus, double scale, int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("K is " + steps + "; it must be at least 1.");
    }
    requirePhi(free.problem().network(), "Two states are compared");
    this.name = name;
    this.free = free;
    this.plus = plus;
    this.minus = minus;
    this.scale = scale;
    this.steps = steps;
  }

  /**
   * Equilibrium propagation.
   *
   * @param free a phase that has settled
   * @param beta β, finite and not zero
   * @param centered whether the other state is nudged by −β
   * @param steps K, at least 1
   * @return the two states and what their difference is divided by
   * @throws IllegalArgumentException in one sentence, if a value is out of range, or the network
   *     has a read-out or connections without a Φ
   */
  public static ContrastedStates nudged(FreePhase free, double beta, boolean centered, int steps) {
    if (beta == 0 || !Double.isFinite(beta)) {
      throw new IllegalArgumentException("beta is " + beta + "; it must be finite and not zero.");
    }
    Phase other = centered ? Phase.nudged(-beta) : Phase.FREE;
    return new ContrastedStates(
        "ep", free, Phase.nudged(beta), other, centered ? 2 * beta : beta, steps);
  }

  /**
   * Coupled learning (Stern et al. 2021).
   *
   * @param free a phase that has settled
   * @param share η, above 0, at most 1
   * @param steps K, at least 1
   * @return the two states and what their difference is divided by
   * @throws IllegalArgumentException as {@link #nudged}
   */
  public static ContrastedStates coupled(FreePhase free, double share, int steps) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "beta is "
              + share
              + "; coupled learning moves the outputs by a share of beta towards their targets, so"
              + " it is at most 1.");
    }
    return new ContrastedStates("coupled", free, Phase.held(share), Phase.FREE, share, steps);
  }

  /**
   * What {@link #coupled} approaches as η → 0: the mean of the differences with η and −η.
   *
   * @param free a phase that has settled
   * @param share η, above 0, small
   * @param steps K, at least 1
   * @return the two states and what their difference is divided by
   * @throws IllegalArgumentException as {@link #nudged}
   */
  public static ContrastedStates coupledLimit(FreePhase free, double share, int steps) {
    coupled(free, share, steps); // checks
    return new ContrastedStates(
        "coupled", free, Phase.held(share), Phase.held(-share), 2 * share, steps);
  }

  /**
   * Contrastive Hebbian learning (Movellan 1991).
   *
   * @param free a phase that has settled
   * @param steps K, at least 1
   * @return the two states and what their difference is divided by
   * @throws IllegalArgumentException as {@link #nudged}
   */
  public static ContrastedStates clamped(FreePhase free, int steps) {
    return new ContrastedStates("chl", free, Phase.held(1), Phase.FREE, 1, steps);
  }

  /**
   * Refuses a network without a Φ of all its parameters.
   *
   * @param what is computed: the beginning of the sentence
   */
  static void requirePhi(Network network, String what) {
    if (network.cost().readOut() != null
        || !network.connections().stream().allMatch(Connection::hasPhi)) {
      throw new IllegalArgumentException(
          what + " in float64 for networks that have a Phi and no read-out only.");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<double[]> gradients() {
    Transition transition = new Transition(free.problem());
    List<double[]> gradients = Vectors.zeroParameters(free.problem().network());
    double factor = 1 / (scale * free.problem().batch());
    settle(transition, plus);
    Vectors.add(-factor, transition.phiByParameters(), gradients);
    settle(transition, minus);
    Vectors.add(factor, transition.phiByParameters(), gradients);
    return gradients;
  }

  private void settle(Transition transition, Phase phase) {
    transition.set(free.end(), phase.beta());
    transition.setFree(free.end());
    if (phase.holds()) {
      hold(transition, phase.share());
      return;
    }
    if (phase.beta() == 0) {
      return;
    }
    int step = 0;
    while (step < steps && transition.step()) {
      step++;
    }
  }

  private void hold(Transition transition, double share) {
    Problem problem = free.problem();
    double[] output = free.end().get(0).clone();
    for (int i = 0; i < output.length; i++) {
      output[i] += share * (problem.y()[i] - output[i]);
    }
    List<double[]> state = with(output, free.end());
    transition.set(state, 0);
    for (int step = 0; step < steps; step++) {
      transition.step();
      List<double[]> next = with(output, transition.state());
      transition.set(next, 0);
      if (Vectors.distance(state, next) == 0) {
        return;
      }
      state = next;
    }
  }

  /** A state with another output. */
  private static List<double[]> with(double[] output, List<double[]> state) {
    List<double[]> all = new ArrayList<>(state);
    all.set(0, output);
    return all;
  }
}
