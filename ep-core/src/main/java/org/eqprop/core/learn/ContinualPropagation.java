package org.eqprop.core.learn;

import java.util.Arrays;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Randomness;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Relaxation;

/**
 * Equilibrium propagation with continual weight updates (Ernoult, Grollier, Querlioz, Bengio and
 * Scellier 2020): in each of the K nudged steps the states change, and the weights with them, by
 * (∂Φ/∂θ(s(t+1)) − ∂Φ/∂θ(s(t)))/β, the mean over the batch. The next step has the new weights. As
 * the learning rate falls, the sum of the K updates approaches the one of {@link
 * EquilibriumPropagation}.
 *
 * <p>The sign of β may be random ({@code randbeta}); a centered estimate, which needs two phases
 * with the same weights, is refused. A read-out learns a K-th of its gradient in each update.
 */
public final class ContinualPropagation implements Learner {
  /** The name in options. */
  public static final String NAME = "continual";

  private final Network network;
  private final Context context;
  private final Phases phases;
  private final FirstPhase first;
  private final State now;
  private final State before;
  private final PhaseDifference difference;
  private final float[] response;
  private final float[] moved;
  private final Randomness sign;
  private final Gradients gradients = new StepGradients();
  private final Context.Task settle = this::settle;
  private final Context.Task step = this::step;
  private float beta;
  private int t;

  /**
   * A learner for batches of at most {@code capacity} samples.
   *
   * @param network the network
   * @param context the threads that work
   * @param phases T, K, β and how phases settle
   * @param capacity the most samples that a batch has, at least 1
   * @throws IllegalArgumentException if the estimate is centered, or a connection learns from the
   *     free state
   */
  public ContinualPropagation(Network network, Context context, Phases phases, int capacity) {
    if (phases.estimate() == Phases.Estimate.CENTERED) {
      throw new IllegalArgumentException(
          "a centered estimate compares two phases with the same weights, but here the weights"
              + " change in each step; use one-sided or random-sign.");
    }
    for (Connection connection : network.connections()) {
      if (connection.learnsFromFreeState()) {
        throw new IllegalArgumentException(
            "connection "
                + connection.name()
                + " learns from the free state, which is gone once the weights change; use another"
                + " rule.");
      }
    }
    this.network = network;
    this.context = context;
    this.phases = phases;
    this.first = new FirstPhase(network, context, phases.t(), phases.settling(), capacity);
    this.now = first.relaxation().newState();
    this.before = first.relaxation().newState();
    this.difference =
        new PhaseDifference(network, context.learnerKernels(), first.free(), now, before, capacity);
    this.response = new float[capacity];
    this.moved = new float[capacity];
    this.sign = new Randomness(phases.seed(), Randomness.Stream.SIGN, 0);
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public int updatesPerBatch() {
    return phases.k();
  }

  @Override
  public void learn(Minibatch batch, Updater updater) {
    beta = phases.signedBeta(sign, batch.number());
    Arrays.fill(response, 0f);
    first.prepare(batch);
    first.division().run(context, settle);
    for (t = 0; t < phases.k(); t++) {
      if (t > 0) {
        first.renewDrive();
      }
      context.run(step);
      requireFinite(batch.count());
      updater.update(gradients);
    }
  }

  private void settle(int worker, int workers) {
    int count = first.batch().count();
    int from = Context.share(count, worker, workers);
    int to = Context.share(count, worker + 1, workers);
    first.run(1f / ((float) count * phases.k()), worker, workers);
    now.copy(first.free(), from, to);
  }

  private void step(int worker, int workers) {
    Minibatch samples = first.batch();
    int count = samples.count();
    int from = Context.share(count, worker, workers);
    int to = Context.share(count, worker + 1, workers);
    Relaxation relaxation = first.relaxation();
    before.copy(now, from, to);
    relaxation.nudgedStep(now, t, beta, samples.y(), from, to);
    difference.take(1f / (beta * count), moved, from, to);
    for (int r = from; r < to; r++) {
      response[r] = Math.max(response[r], moved[r]);
    }
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

  /** What the last step gave. */
  private final class StepGradients implements Gradients {
    @Override
    public void gradient(int c, int firstTile, int endTile, Sink sink) {
      if (c == network.connections().size()) {
        first.readOutGradient(firstTile, endTile, sink);
      } else {
        difference.gradient(c, first.batch().count(), firstTile, endTile, sink);
      }
    }

    @Override
    public long work(int c) {
      return difference.work(c);
    }
  }

  /** Makes learners named {@value #NAME}. */
  public static final class Provider implements Learner.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Learner create(Network network, Context context, Phases phases, int capacity) {
      return new ContinualPropagation(network, context, phases, capacity);
    }
  }
}
