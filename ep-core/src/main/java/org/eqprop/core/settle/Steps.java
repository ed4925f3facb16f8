package org.eqprop.core.settle;

/** How many steps a phase can have. */
public final class Steps {
  /**
   * T and K are at most this: a thousand times the paper's largest. A larger number is a mistake,
   * and nobody would see its end.
   */
  public static final int MOST = 1_000_000;

  private Steps() {}

  /**
   * Checks a number of steps.
   *
   * @param name what it is called in the message
   * @param steps the number to check
   * @throws IllegalArgumentException in one sentence, unless it is from 1 to {@link #MOST}
   */
  public static void check(String name, int steps) {
    if (steps < 1 || steps > MOST) {
      throw new IllegalArgumentException(
          name + " is " + steps + "; it must be from 1 to " + MOST + ".");
    }
  }
}
