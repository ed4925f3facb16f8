package org.eqprop.bptt.estimate;

import java.util.List;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.bptt.reference.Transition;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;

/**
 * J = ∂F/∂s and D = ∂F/∂θ of one sample as matrices, in the state that a transition is in. Units
 * and parameters are numbered layer by layer and tensor by tensor; a read-out's parameters are left
 * out, because F does not depend on them.
 */
final class Jacobians {
  private final Transition transition;
  private final List<double[]> unit;
  private final int units;
  private final int parameters;

  /**
   * The Jacobians of a transition.
   *
   * @param problem the transition's, of one sample
   */
  Jacobians(Transition transition, Problem problem) {
    if (problem.batch() != 1) {
      throw new IllegalArgumentException(
          "The problem has " + problem.batch() + " samples; each has Jacobians of its own.");
    }
    this.transition = transition;
    unit = problem.zeroState();
    units = Math.toIntExact(units(problem.network()));
    parameters = Math.toIntExact(parameters(problem.network()));
  }

  /** Number of units that follow the dynamics. */
  static long units(Network network) {
    long units = 0;
    for (Layer layer : network.layers().subList(0, network.depth())) {
      units += layer.size();
    }
    return units;
  }

  /** Number of parameters that F depends on. */
  static long parameters(Network network) {
    long parameters = 0;
    for (Connection connection : network.connections()) {
      for (Parameter parameter : connection.parameters()) {
        parameters += parameter.shape().size();
      }
    }
    return parameters;
  }

  /** J: one row for each unit that steps, one column for each unit that it depends on. */
  double[][] byState() {
    double[][] rows = new double[units][];
    forEachUnit(i -> rows[i] = Vectors.flat(transition.backToState()));
    return rows;
  }

  /** Adds D to a matrix with one row for each unit, one column for each parameter. */
  void addByParameters(double[][] to) {
    forEachUnit(
        i -> {
          int first = 0;
          double[] row = to[i];
          for (double[] values : transition.backToParameters()) {
            for (int q = 0; q < values.length && first + q < parameters; q++) {
              row[first + q] += values[q];
            }
            first += values.length;
          }
        });
  }

  /** What is done for a unit whose cotangent is set. */
  @FunctionalInterface
  private interface OfUnit {
    void run(int i);
  }

  private void forEachUnit(OfUnit task) {
    int i = 0;
    for (double[] layer : unit) {
      for (int c = 0; c < layer.length; c++) {
        layer[c] = 1;
        transition.setCotangent(unit);
        task.run(i++);
        layer[c] = 0;
      }
    }
  }
}
