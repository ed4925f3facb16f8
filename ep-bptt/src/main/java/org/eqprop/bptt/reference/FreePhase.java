package org.eqprop.bptt.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The end of a free phase: T steps from s = 0 (Eq. 7).
 *
 * @param problem what settled
 * @param states the last of the states s_0 … s_T, as many as were asked for and at least two, s_T
 *     last
 * @param settled a number of steps after which the states only repeated themselves, to the last
 *     bit; T if none was found
 */
public record FreePhase(Problem problem, List<List<double[]>> states, int settled) {
  /** A phase with a copied list. */
  public FreePhase {
    states = List.copyOf(states);
    if (states.size() < 2) {
      throw new IllegalArgumentException("A free phase keeps at least two states.");
    }
  }

  /**
   * As {@link #run(Problem, int, int, IntConsumer)}, without a listener.
   *
   * @param problem network, parameters and samples
   * @param steps T, number of steps
   * @param kept how many of the last states are kept
   * @return the phase
   */
  public static FreePhase run(Problem problem, int steps, int kept) {
    return run(problem, steps, kept, t -> {});
  }

  /**
   * Runs a free phase. In the end states change in their last bits at most, and only in a cycle;
   * once a state has occurred before, whole periods are left out, so that the result has the bits
   * of all T steps.
   *
   * @param problem network, parameters and samples
   * @param steps T, at least 1
   * @param kept K: the states s_{T−K} … s_T are kept, for K steps of BPTT; at most T
   * @param listener told the number of steps that are done or left out, up to T
   * @return the phase
   */
  public static FreePhase run(Problem problem, int steps, int kept, IntConsumer listener) {
    if (steps < 1 || kept < 0 || kept > steps) {
      throw new IllegalArgumentException(
          "T is " + steps + " and K " + kept + "; T must be at least 1, K from 0 to T.");
    }
    Transition transition = new Transition(problem);
    int first = steps - Math.max(kept, 1);
    int settled = steps;
    int t = 0;
    List<double[]> seen = transition.state();
    int seenAt = 0;
    while (t < first) {
      transition.step();
      t++;
      if (settled == steps && transition.isIn(seen)) {
        settled = seenAt;
        t += (first - t) / (t - seenAt) * (t - seenAt);
      } else if (t == 2 * seenAt || seenAt == 0) {
        seen = transition.state();
        seenAt = t;
      }
      listener.accept(t);
    }
    List<List<double[]>> states = new ArrayList<>();
    states.add(transition.state());
    while (t < steps) {
      transition.step();
      t++;
      states.add(transition.state());
      listener.accept(t);
    }
    return new FreePhase(problem, states, settled);
  }

  /**
   * {@return the phases of a problem's samples, which settled in parts, as one}
   *
   * @param problem all samples
   * @param parts phases of {@link Problem#samples}, in order, with as many states each
   */
  public static FreePhase join(Problem problem, List<FreePhase> parts) {
    List<List<double[]>> states = new ArrayList<>();
    for (int t = 0; t < parts.get(0).states.size(); t++) {
      int time = t;
      List<double[]> state = problem.zeroState();
      for (int n = 0; n < state.size(); n++) {
        int layer = n;
        join(parts.stream().map(part -> part.states.get(time).get(layer)).toList(), state.get(n));
      }
      states.add(state);
    }
    int settled = parts.stream().mapToInt(FreePhase::settled).max().orElseThrow();
    return new FreePhase(problem, states, settled);
  }

  private static void join(List<double[]> parts, double[] whole) {
    int end = 0;
    for (double[] part : parts) {
      System.arraycopy(part, 0, whole, end, part.length);
      end += part.length;
    }
  }

  /** {@return s_T, the (nearly) steady state s*} */
  public List<double[]> end() {
    return states.get(states.size() - 1);
  }

  /**
   * {@return the same phase of sample {@code row} alone: samples do not influence each other}
   *
   * @param row number of the sample, from 0
   */
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
    return new FreePhase(problem.samples(row, row + 1), rows, settled);
  }

  /** {@return the largest change of a unit in the last step} */
  public double residual() {
    List<double[]> after = end();
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
