package org.eqprop.core.learn;

import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Layer;
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
public final class EquilibriumPropagation implements GradientEstimator {
  /** The name in options. */
  public static final String NAME = "ep";

  private final Network network;
  private final Context context;
  private final Phases phases;
  private final FirstPhase first;

  /** The end of the phase with nudge +β. */
  private final State plus;

  /** The end of the phase with nudge −β if the estimate is centered, else s*. */
  private final State minus;

  private final PhaseDifference difference;
  private final float[] response;
  private final Randomness sign;
  private final Context.Task settle = this::settle;
  private float beta;
  private float scale;

  /** An estimator for batches of at most {@code capacity} samples. */
  public EquilibriumPropagation(Network network, Context context, Phases phases, int capacity) {
    this.network = network;
    this.context = context;
    this.phases = phases;
    this.first = new FirstPhase(network, context, phases.t(), phases.settling(), capacity);
    State free = first.free();
    this.plus = first.relaxation().newState();
    this.minus = centered() ? first.relaxation().newState() : free;
    this.difference =
        new PhaseDifference(network, context.learnerKernels(), free, plus, minus, capacity);
    this.response = new float[capacity];
    this.sign = new Randomness(phases.seed(), Randomness.Stream.SIGN, 0);
  }

  private boolean centered() {
    return phases.estimate() == Phases.Estimate.CENTERED;
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public void settle(Minibatch samples) {
    beta = phases.signedBeta(sign, samples.number());
    scale = 1f / ((centered() ? 2 : 1) * beta * samples.count());
    first.prepare(samples);
    first.division().run(context, settle);
  }

  @Override
  public Outcome outcome() {
    return first.outcome();
  }

  @Override
  public float response(int row) {
    return response[row];
  }

  @Override
  public Layer firstNotFinite(int count) {
    return difference.firstNotFinite(count);
  }

  /** s* of the free phase of the last batch. */
  public State free() {
    return first.free();
  }

  /** The end of the last batch's nudged phase (with +β, if there are two). */
  public State nudged() {
    return plus;
  }

  private void settle(int worker, int workers) {
    Minibatch samples = first.batch();
    int count = samples.count();
    int from = Context.share(count, worker, workers);
    int to = Context.share(count, worker + 1, workers);
    first.run(1f / count, worker, workers);
    Division division = first.division();
    plus.copy(first.free(), from, to);
    division.nudged(plus, phases.k(), beta, samples.y(), count, worker, workers);
    if (centered()) {
      minus.copy(first.free(), from, to);
      division.nudged(minus, phases.k(), -beta, samples.y(), count, worker, workers);
    }
    difference.take(scale, response, from, to);
  }

  @Override
  public long work(int c) {
    return difference.work(c);
  }

  @Override
  public void gradient(int c, int firstTile, int endTile, Sink sink) {
    if (c == network.connections().size()) {
      first.readOutGradient(firstTile, endTile, sink);
    } else {
      difference.gradient(c, first.batch().count(), firstTile, endTile, sink);
    }
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
