package org.eqprop.bptt.estimate;

import java.util.List;
import org.eqprop.bptt.reference.FreePhase;

/** The last K steps of a free phase. */
final class LastSteps {
  private LastSteps() {}

  /**
   * Checks that a phase kept the states before its last K steps.
   *
   * @return K
   * @throws IllegalArgumentException in one sentence, if it did not
   */
  static int check(FreePhase free, int steps) {
    int kept = free.states().size() - 1;
    if (steps < 1 || steps > kept) {
      throw new IllegalArgumentException(
          "K is " + steps + "; it must be from 1 to " + kept + ", the steps that were kept.");
    }
    return steps;
  }

  /** s_{T−K} … s_{T−1}, where each of the steps starts. */
  static List<List<double[]>> states(FreePhase free, int steps) {
    int last = free.states().size() - 1;
    return free.states().subList(last - steps, last);
  }
}
