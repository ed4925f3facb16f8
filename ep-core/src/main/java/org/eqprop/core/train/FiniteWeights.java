package org.eqprop.core.train;

import org.eqprop.core.learn.DivergenceException;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;

/** Checks what the last update left: no batch follows that would notice. */
final class FiniteWeights {
  private FiniteWeights() {}

  /**
   * Checks all weights and biases.
   *
   * @throws DivergenceException if one is not finite
   */
  static void require(Network trained) {
    for (Parameter parameter : trained.parameters()) {
      float sum = 0;
      for (float value : parameter.data()) {
        sum += 0 * value;
      }
      if (sum != 0) {
        throw new DivergenceException(
            parameter.name() + " is no longer finite; use smaller learning rates.");
      }
    }
  }
}
