package org.eqprop.core.learn;

import org.eqprop.core.network.Randomness;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Steps;

/**
 * The two phases' hyperparameters.
 *
 * @param t T, steps of the free phase, from 1 to {@link Steps#MOST}
 * @param k K, steps of the nudged phase (or that BPTT goes back), in the same range
 * @param beta β, above 0
 * @param estimate how nudged phases combine into a gradient
 * @param seed of the random sign
 * @param settling how both phases are gone through
 */
public record Phases(int t, int k, double beta, Estimate estimate, long seed, Settling settling) {
  /** How nudged phases combine into a gradient. */
  public enum Estimate {
    /** (∂Φ/∂θ(s^β) − ∂Φ/∂θ(s*)) / β, as published. */
    ONE_SIDED,
    /** The same with the sign of β drawn anew for each update. */
    RANDOM_SIGN,
    /** (∂Φ/∂θ(s^β) − ∂Φ/∂θ(s^−β)) / 2β: two nudged phases, error O(β²). */
    CENTERED
  }

  /**
   * Checked phases.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Phases {
    Steps.check("T", t);
    Steps.check("K", k);
    if (!(beta > 0 && beta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("beta is " + beta + "; it must be above 0 and finite.");
    }
  }

  /**
   * Checked phases of the paper's steps.
   *
   * @param t T, steps of the free phase
   * @param k K, steps of the nudged phase
   * @param beta β
   * @param estimate how nudged phases give the gradient
   * @param seed of random signs of β
   * @throws IllegalArgumentException if one is out of range
   */
  public Phases(int t, int k, double beta, Estimate estimate, long seed) {
    this(t, k, beta, estimate, seed, Settling.EXACT);
  }

  /**
   * β of an update: of random sign if the estimate says so.
   *
   * @param sign a stream that is restarted
   * @param update number of the update within the run
   */
  float signedBeta(Randomness sign, long update) {
    float size = (float) beta;
    if (estimate != Estimate.RANDOM_SIGN) {
      return size;
    }
    sign.restart(seed, Randomness.Stream.SIGN, update);
    return sign.nextLong() < 0 ? -size : size;
  }
}
