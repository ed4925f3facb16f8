package org.eqprop.core.settle;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;

/** The loop of a phase in which the output is held where it is: K steps of size ε. */
final class HeldPhase {
  private final Step step;
  private final Solver.Iteration iteration;
  private final List<Step.Stage> stages = new ArrayList<>();
  private final List<Step.Stage> moving = new ArrayList<>();

  /**
   * The phase with the weights of a step. Its layers step in the same groups as those of a nudged
   * phase.
   *
   * @param iteration the solver's
   * @throws IllegalArgumentException if the solver needs another kind of network
   */
  HeldPhase(Step step, Settling settling, Solver.Iteration iteration) {
    Network network = step.network();
    this.step = step;
    this.iteration = iteration;
    for (List<Layer> group : NudgedPhase.groups(network, settling)) {
      List<Layer> others = group.stream().filter(layer -> layer.index() > 0).toList();
      if (!others.isEmpty()) {
        moving.add(step.stage(others));
        // a connection may remember what it finds on its way to the output
        stages.add(step.remembers() ? step.stage(group) : step.stage(others));
      }
    }
  }

  /** K steps from where the state is. */
  void run(State state, int steps, int from, int to) {
    if (stages.isEmpty()) {
      return; // there is no layer but the output
    }
    for (int t = 0; t < steps; t++) {
      int turn = t % stages.size();
      iteration.nudged(state, t, from, to);
      step.gather(stages.get(turn), state, t, from, to);
      step.advance(moving.get(turn).layers(), state, from, to);
    }
  }
}
