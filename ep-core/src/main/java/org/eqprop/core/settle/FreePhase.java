package org.eqprop.core.settle;

import java.util.List;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;

/**
 * The loop of a free phase: rounds of a solver's steps for a range of rows, until T steps are taken
 * or a sample stops.
 *
 * <p>Samples that have settled are moved behind those that have not, so that a step costs what its
 * unsettled samples cost, and back at the end of the phase. Each sample stops when it has settled
 * itself, whatever the others do, so results do not depend on how samples are divided.
 */
final class FreePhase {
  /** Rows of the short tile of the matrix product. */
  private static final int GRANULE = 5;

  private final Step step;
  private final List<Step.Stage> stages;
  private final double size;
  private final Solver.Iteration iteration;
  private final Stop stop;
  private final Residuals residuals;
  private final Unsettled unsettled;

  /** Rows that a matrix product computes at a time; 1 if a row's memory must not be touched. */
  private final int granule;

  /**
   * The phase with the weights of a step.
   *
   * @param iteration the solver's, shared with the phases of other steps of a relaxation
   * @throws IllegalArgumentException if the solver needs another kind of network
   */
  FreePhase(
      Step step,
      Settling settling,
      Solver.Iteration iteration,
      Residuals residuals,
      Unsettled unsettled) {
    Network network = step.network();
    this.step = step;
    this.stages = step.stages(settling.solver().groups(network));
    this.size = settling.solver().size(network.dynamics().epsilon());
    this.iteration = iteration;
    this.stop = Stop.of(settling);
    this.residuals = residuals;
    this.unsettled = unsettled;
    this.granule = network.connections().stream().anyMatch(Connection::remembers) ? 1 : GRANULE;
  }

  /**
   * At most {@code t} steps from where the state is, rounded up to whole rounds. Fills in the
   * residuals and the numbers of steps.
   */
  void run(State state, int t, int from, int to) {
    int round = stages.size();
    int last = (t + round - 1) / round;
    unsettled.begin(last * round, from, to);
    iteration.begin(state, from, to);
    int end = to;
    int done = 0;
    while (done < last && end > from) {
      int look = stop.nextLook(done, last);
      for (; done < look; done++) {
        iteration.move(state, from, end);
        round(state, done, done == look - 1, from, end, to);
      }
      end = unsettled.retire(state, stop, done * round, from, end);
    }
    unsettled.restore(state, from, to);
  }

  /**
   * One step of every stage for rows {@code from} to {@code end}. Rows up to {@code to} are this
   * caller's, so the products may take a whole tile of them.
   */
  private void round(State state, int number, boolean measured, int from, int end, int to) {
    int tiles = Math.min(wholeTiles(from, end), to);
    if (measured) {
      residuals.clear(from, end);
    }
    for (int g = 0; g < stages.size(); g++) {
      Step.Stage stage = stages.get(g);
      if (measured) {
        residuals.remember(stage.layers(), state, from, end);
      }
      step.gather(stage, state, number, from, tiles);
      for (int n = 0; n < stage.layers().size(); n++) {
        Layer layer = stage.layers().get(n);
        step.advance(layer, state, size, iteration.drift(layer, state, from, end), from, end);
      }
      if (measured) {
        residuals.measure(stage.layers(), state, from, end);
      }
    }
  }

  /** Where rows end that cost no more than those up to {@code end}: a tile of two is short, too. */
  private int wholeTiles(int from, int end) {
    int rest = (end - from) % granule;
    return rest <= 2 ? end : end + granule - rest;
  }
}
