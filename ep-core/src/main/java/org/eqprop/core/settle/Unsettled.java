package org.eqprop.core.settle;

import java.util.List;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;

/**
 * Keeps the samples that have not settled in the first rows of their range during a free phase, and
 * knows where each one is.
 */
final class Unsettled {
  private final List<Rows> moving;
  private final Solver.Iteration iteration;
  private final Residuals residuals;
  private final int[] steps;

  /** Which sample's state is in each row. */
  private final int[] sampleAt;

  /**
   * For {@code samples} samples, whose rows of {@code moving} move with them, as does what {@code
   * iteration} and {@code residuals} have of them.
   */
  Unsettled(List<Rows> moving, Solver.Iteration iteration, Residuals residuals, int samples) {
    this.moving = moving;
    this.iteration = iteration;
    this.residuals = residuals;
    this.steps = new int[samples];
    this.sampleAt = new int[samples];
  }

  /** Steps that each row takes, or took. */
  int[] steps() {
    return steps;
  }

  /** A phase of {@code most} steps begins, every sample in its row. */
  void begin(int most, int from, int to) {
    for (int r = from; r < to; r++) {
      sampleAt[r] = r;
      steps[r] = most;
    }
  }

  /**
   * Moves the rows before {@code end} that may stop behind the others.
   *
   * @param taken steps that they took
   * @return where the unsettled rows end
   */
  int retire(State state, Stop stop, int taken, int from, int end) {
    int unsettled = end;
    for (int r = end - 1; r >= from; r--) {
      if (stop.reached(residuals.values()[r])) {
        steps[r] = taken;
        unsettled--;
        exchange(state, r, unsettled);
      }
    }
    return unsettled;
  }

  /** Puts every sample back to its row. */
  void restore(State state, int from, int to) {
    for (int r = from; r < to; r++) {
      while (sampleAt[r] != r) {
        exchange(state, r, sampleAt[r]);
      }
    }
  }

  private void exchange(State state, int one, int other) {
    if (one == other) {
      return;
    }
    state.swap(one, other);
    for (int n = 0; n < moving.size(); n++) {
      moving.get(n).swap(one, other);
    }
    iteration.swap(one, other);
    residuals.swap(one, other);
    swap(steps, one, other);
    swap(sampleAt, one, other);
  }

  private static void swap(int[] values, int one, int other) {
    int kept = values[one];
    values[one] = values[other];
    values[other] = kept;
  }
}
