package org.eqprop.core.train;

import org.eqprop.core.learn.DivergenceException;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;

/** What settings and results must be. */
final class Checks {
  private Checks() {}

  /**
   * The number, if it is at least 1.
   *
   * @throws IllegalArgumentException if it is below
   */
  static int atLeastOne(String what, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(what + " is " + number + "; it must be at least 1.");
    }
    return number;
  }

  /**
   * The last update is followed by no batch that would notice.
   *
   * @throws DivergenceException if a weight is not finite
   */
  static void requireFinite(Network trained) {
    for (Parameter parameter : trained.parameters()) {
      for (float value : parameter.write()) {
        if (!Float.isFinite(value)) {
          throw new DivergenceException(
              parameter.name() + " is no longer finite; use smaller learning rates.");
        }
      }
    }
  }
}
