package org.eqprop.core.learn;

import org.eqprop.core.network.Network;
import org.eqprop.core.network.Randomness;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Division;

/**
 * Equilibrium propagation (Eq. 9, 14, 16): settle freely, settle nudged, and take the difference of
 * ∂Φ/∂θ between the two, divided by β and averaged over the batch.
 *
 * <p>Samples settle as a {@link Division} has it; the sum over samples is then taken as {@link
 * PhaseDifference} has it.
 */
public final class EquilibriumPropagation extends ContrastiveEstimator {
  /** The name in options. */
  public static final String NAME = "ep";

  private final Phases phases;
  private final boolean centered;

  /** The end of the phase with nudge +β. */
  private final State plus;

  /** The end of the phase with nudge −β if the estimate is centered, else s*. */
  private final State minus;

  private final Randomness sign;
  private float beta;

  /**
   * An estimator for batches of at most {@code capacity} samples.
   *
   * @param network the network
   * @param context the threads that work
   * @param phases T, K, β and how phases settle
   * @param capacity the most samples that a batch has, at least 1
   */
  public EquilibriumPropagation(Network network, Context context, Phases phases, int capacity) {
    this(network, context, phases, first(network, context, phases, capacity), capacity);
  }

  private EquilibriumPropagation(
      Network network, Context context, Phases phases, FirstPhase first, int capacity) {
    this(
        network,
        context,
        phases,
        first,
        first.relaxation().newState(),
        phases.estimate() == Phases.Estimate.CENTERED
            ? first.relaxation().newState()
            : first.free(),
        capacity);
  }

  private EquilibriumPropagation(
      Network network,
      Context context,
      Phases phases,
      FirstPhase first,
      State plus,
      State minus,
      int capacity) {
    super(network, context, first, plus, minus, capacity);
    this.phases = phases;
    this.centered = phases.estimate() == Phases.Estimate.CENTERED;
    this.plus = plus;
    this.minus = minus;
    this.sign = new Randomness(phases.seed(), Randomness.Stream.SIGN, 0);
  }

  @Override
  public void settle(Minibatch samples) {
    beta = phases.signedBeta(sign, samples.number());
    super.settle(samples);
  }

  /** {@return s* of the free phase of the last batch} */
  public State free() {
    return first().free();
  }

  /** {@return the end of the last batch's nudged phase (with +β, if there are two)} */
  public State nudged() {
    return plus;
  }

  @Override
  void second(Minibatch samples, int from, int to, int worker, int workers) {
    Division division = first().division();
    plus.copy(first().free(), from, to);
    division.nudged(plus, phases.k(), beta, samples.y(), samples.count(), worker, workers);
    if (centered) {
      minus.copy(first().free(), from, to);
      division.nudged(minus, phases.k(), -beta, samples.y(), samples.count(), worker, workers);
    }
  }

  @Override
  float scale(int count) {
    return 1f / ((centered ? 2 : 1) * beta * count);
  }

  /** Makes estimators named {@value #NAME}. */
  public static final class Provider implements Learner.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public GradientEstimator create(Network network, Context context, Phases phases, int capacity) {
      return new EquilibriumPropagation(network, context, phases, capacity);
    }
  }
}
