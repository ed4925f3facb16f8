package org.eqprop.bptt.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The end of a free phase: T steps from s = 0 (Eq. 7).
 *
 * @param problem what settled
 * @param states the last of the states s_0 … s_T, as many as were asked for and at least two, s_T
 *     last
 * @param residual the largest change of a unit in the last step
 */
public record FreePhase(Problem problem, List<List<double[]>> states, double residual) {
  /** A phase with a copied list. */
  public FreePhase {
    states = List.copyOf(states);
  }

  /**
   * Runs a free phase. Once a step changes nothing at all, the remaining ones are not computed.
   *
   * @param steps T, at least 1
   * @param kept K: the states s_{T−K} … s_T are kept, for K steps of BPTT; at most T
   */
  public static FreePhase run(Problem problem, int steps, int kept) {
    if (steps < 1 || kept < 0 || kept > steps) {
      throw new IllegalArgumentException(
          "T is " + steps + " and K " + kept + "; T must be at least 1, K from 0 to T.");
    }
    Transition transition = new Transition(problem);
    List<List<double[]>> states = new ArrayList<>();
    int first = steps - Math.max(kept, 1);
    boolean moving = true;
    for (int t = 0; t <= steps; t++) {
      if (t > 0) {
        moving = moving && transition.step();
      }
      if (t >= first) {
        states.add(moving || t == first ? transition.state() : states.get(states.size() - 1));
      }
    }
    return new FreePhase(problem, states, largestChange(states));
  }

  /** s_T, the (nearly) steady state s*. */
  public List<double[]> end() {
    return states.get(states.size() - 1);
  }

  /** The same phase of sample {@code row} alone: samples do not influence each other. */
  public FreePhase sample(int row) {
    List<List<double[]>> rows =
        states.stream()
            .map(
                state ->
                    state.stream()
                        .map(
                            layer -> {
                              int size = layer.length / problem.batch();
                              return Arrays.copyOfRange(layer, row * size, (row + 1) * size);
                            })
                        .toList())
            .toList();
    return new FreePhase(problem.sample(row), rows, largestChange(rows));
  }

  private static double largestChange(List<List<double[]>> states) {
    List<double[]> after = states.get(states.size() - 1);
    List<double[]> before = states.get(states.size() - 2);
    double largest = 0;
    for (int n = 0; n < before.size(); n++) {
      for (int i = 0; i < before.get(n).length; i++) {
        largest = Math.max(largest, Math.abs(after.get(n)[i] - before.get(n)[i]));
      }
    }
    return largest;
  }
}
