package org.eqprop.core.settle;

import java.util.Arrays;
import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;

/**
 * Two workers share their samples and divide the layers: one steps those at an even distance from
 * the output, the other those at an odd one, from each other's states.
 *
 * <p>A worker that settles samples of its own reads every weight in both directions in every step;
 * here each reads each weight in one direction, for twice the samples. With two layers of 512 units
 * that is one megabyte instead of two, which a second-level cache of two megabytes holds (for
 * smaller ones there is {@link ReplicaDivision}). The price is that the states change caches in
 * every step, and two meetings a step.
 */
final class LayerDivision implements Division {
  /**
   * The least number of weights, between layers that step, that is worth the meetings. Measured
   * with two hidden layers, exact steps, in turn (docs/decisions.md).
   */
  static final long LEAST_WEIGHTS = 192 * 1024;

  private final Relaxation relaxation;
  private final Residuals residuals;
  private final double size;
  private final Step step;
  private final List<Step.Stage> groups;

  /** The groups without the output. */
  private final List<Step.Stage> moving;

  private final Rendezvous[] pairs;

  /** What the caller does if it does all. */
  private final FreePhase freeAlone;

  private final NudgedPhase nudgedAlone;
  private final HeldPhase heldAlone;

  /**
   * A division of the layers of a relaxation whose solver is {@link Relaxation#plain}.
   *
   * @param workers an even number
   */
  LayerDivision(Relaxation relaxation, int workers) {
    this.relaxation = relaxation;
    Network network = relaxation.network();
    this.residuals = relaxation.residuals();
    this.size = relaxation.settling().solver().size(network.dynamics().epsilon());
    this.step = relaxation.step(network.connections(), kernels(relaxation, workers));
    this.groups = step.stages(Schedule.ALTERNATING.groups(network));
    this.moving = groups.stream().map(group -> step.stage(hidden(group))).toList();
    this.pairs = new Rendezvous[workers / 2];
    Arrays.setAll(pairs, pair -> new Rendezvous());
    Step alone = relaxation.step(network.connections(), relaxation.kernels().exclusive());
    this.freeAlone = relaxation.free(alone);
    this.nudgedAlone = relaxation.nudged(alone);
    this.heldAlone = relaxation.held(alone);
  }

  private static List<Layer> hidden(Step.Stage group) {
    return group.layers().stream().filter(layer -> layer.index() > 0).toList();
  }

  /** With one pair, each direction of each weight is read by one worker. */
  private static Kernels kernels(Relaxation relaxation, int workers) {
    return workers == 2 ? relaxation.kernels().exclusive() : relaxation.kernels();
  }

  /** Whether a relaxation can be divided this way, and gains by it. */
  static boolean suits(Relaxation relaxation, int workers) {
    return workers % 2 == 0
        && workers <= Runtime.getRuntime().availableProcessors()
        && possible(relaxation)
        && weights(relaxation.network()) >= LEAST_WEIGHTS;
  }

  /**
   * All layers step together from the states at time t, none stops before T, and nothing that a
   * connection remembers passes between its two directions within a step.
   */
  private static boolean possible(Relaxation relaxation) {
    Settling settling = relaxation.settling();
    Network network = relaxation.network();
    return relaxation.plain()
        && settling.solver().groups(network).size() == 1
        && settling.tolerance() == 0
        && network.connections().stream().noneMatch(Connection::remembers)
        && Stages.fallIntoTwo(network);
  }

  /** Weights between layers that step. */
  static long weights(Network network) {
    long weights = 0;
    for (Connection connection : network.connections()) {
      if (!connection.source().input()) {
        Parameter weight = connection.parameters().get(0);
        weights += weight.shape().size();
      }
    }
    return weights;
  }

  @Override
  public void run(Context context, Context.Task region) {
    long start = System.nanoTime();
    context.runTogether(region);
    long taken = System.nanoTime() - start;
    long slept = 0;
    for (Rendezvous pair : pairs) {
      slept = Math.max(slept, pair.takeSlept());
    }
    context.waited(slept, Math.max(0, taken - slept));
  }

  @Override
  public void free(State state, int t, int count, int worker, int workers) {
    if (workers == 1) {
      freeAlone.run(state, t, 0, count);
      return;
    }
    int from = from(count, worker, workers);
    int to = to(count, worker, workers);
    if (from < to) {
      Rendezvous pair = pairs[worker / 2];
      try {
        free(state, t, from, to, worker % 2, pair);
      } catch (RuntimeException | Error failed) {
        pair.abandon(failed);
        throw failed;
      }
    }
  }

  private void free(State state, int t, int from, int to, int member, Rendezvous pair) {
    Step.Stage stage = groups.get(member);
    pair.meet(member);
    if (member == 0) {
      residuals.clear(from, to);
      Arrays.fill(relaxation.steps(), from, to, t);
    }
    for (int round = 1; round <= t; round++) {
      step.gather(stage, state, round, from, to);
      pair.meet(member);
      if (round == t) {
        residuals.remember(stage.layers(), state, from, to);
      }
      advance(stage.layers(), state, from, to);
      pair.meet(member);
    }
    for (int turn = 0; turn < groups.size(); turn++) {
      if (turn == member) {
        residuals.measure(stage.layers(), state, from, to);
      }
      pair.meet(member);
    }
  }

  private void advance(List<Layer> layers, State state, int from, int to) {
    for (int n = 0; n < layers.size(); n++) {
      step.advance(layers.get(n), state, size, null, from, to);
    }
  }

  @Override
  public void nudged(
      State state, int steps, float beta, Rows y, int count, int worker, int workers) {
    if (workers == 1) {
      nudgedAlone.run(state, steps, beta, y, 0, count);
      return;
    }
    int from = from(count, worker, workers);
    int to = to(count, worker, workers);
    if (from < to) {
      Rendezvous pair = pairs[worker / 2];
      try {
        nudged(state, steps, beta, y, from, to, worker % 2, pair);
      } catch (RuntimeException | Error failed) {
        pair.abandon(failed);
        throw failed;
      }
    }
  }

  private void nudged(
      State state, int steps, float beta, Rows y, int from, int to, int member, Rendezvous pair) {
    Step.Stage stage = groups.get(member);
    pair.meet(member);
    for (int round = 0; round < steps; round++) {
      step.gather(stage, state, round, from, to);
      pair.meet(member);
      step.advanceNudged(stage.layers(), state, beta, y, from, to);
      pair.meet(member);
    }
  }

  @Override
  public void held(State state, int steps, int count, int worker, int workers) {
    if (workers == 1) {
      heldAlone.run(state, steps, 0, count);
      return;
    }
    int from = from(count, worker, workers);
    int to = to(count, worker, workers);
    if (from < to) {
      Rendezvous pair = pairs[worker / 2];
      try {
        held(state, steps, from, to, worker % 2, pair);
      } catch (RuntimeException | Error failed) {
        pair.abandon(failed);
        throw failed;
      }
    }
  }

  private void held(State state, int steps, int from, int to, int member, Rendezvous pair) {
    Step.Stage stage = moving.get(member);
    pair.meet(member);
    for (int round = 0; round < steps; round++) {
      step.gather(stage, state, round, from, to);
      pair.meet(member);
      step.advance(stage.layers(), state, from, to);
      pair.meet(member);
    }
  }

  /** Where the samples of a worker's pair begin. */
  private int from(int count, int worker, int workers) {
    return Context.share(count, worker - worker % 2, workers);
  }

  private int to(int count, int worker, int workers) {
    return Context.share(count, worker - worker % 2 + 2, workers);
  }
}
