package org.eqprop.core.settle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;

/** The loop of a nudged phase: K steps of size ε with a nudge β, whatever the solver. */
final class NudgedPhase {
  private final Step step;
  private final Solver.Iteration iteration;
  private final List<Step.Stage> stages;

  /** The first stages, as far as they differ from those that follow. */
  private final List<Step.Stage> onset;

  /**
   * The phase with the weights of a step. With ε = 1 its layers step in the solver's groups if
   * these are two, which is one of two chains of synchronous steps; else all together.
   *
   * @param iteration the solver's
   * @throws IllegalArgumentException if the solver needs another kind of network
   */
  NudgedPhase(Step step, Settling settling, Solver.Iteration iteration) {
    Network network = step.network();
    this.step = step;
    this.iteration = iteration;
    this.stages = step.stages(groups(network, settling));
    this.onset = settling.tolerance() > 0 ? onset(network) : List.of();
  }

  /** The layers that step together in a phase after the free one. */
  static List<List<Layer>> groups(Network network, Settling settling) {
    List<List<Layer>> groups = settling.solver().groups(network);
    boolean turns = network.dynamics().epsilon() == 1 && groups.size() <= 2;
    return turns ? groups : Schedule.SYNCHRONOUS.groups(network);
  }

  /**
   * After a free phase that has settled the nudge is the only news, and it travels one connection a
   * step: layers that it cannot have reached stay as they are.
   */
  private List<Step.Stage> onset(Network network) {
    int[] distance = Stages.distances(network);
    int farthest = Arrays.stream(distance).filter(d -> d != Stages.FAR).max().orElse(0);
    List<Step.Stage> first = new ArrayList<>();
    for (int t = 0; t < farthest; t++) {
      int reached = t;
      List<Layer> layers = stages.get(t % stages.size()).layers();
      first.add(step.stage(layers.stream().filter(l -> distance[l.index()] <= reached).toList()));
    }
    return first;
  }

  /** K steps from where the state is, nudged with β (of either sign) towards {@code y}. */
  void run(State state, int steps, float beta, Rows y, int from, int to) {
    for (int t = 0; t < steps; t++) {
      step(state, t, beta, y, from, to);
    }
  }

  /** Step number {@code t} of the phase, from 0. */
  void step(State state, int t, float beta, Rows y, int from, int to) {
    Step.Stage stage = t < onset.size() ? onset.get(t) : stages.get(t % stages.size());
    iteration.nudged(state, t, from, to);
    step.gather(stage, state, t, from, to);
    step.advanceNudged(stage.layers(), state, beta, y, from, to);
  }
}
