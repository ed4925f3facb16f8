package org.eqprop.core.network;

import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * How a layer steps, given its input a: the setting.
 *
 * <p>u is what a layer feeds to its neighbours: s itself in the prototypical setting, σ(s) in the
 * energy-based one.
 */
public sealed interface Dynamics permits Prototypical, EnergyBased {
  /** The step size ε in (0, 1]. */
  double epsilon();

  /** Whether u is stored beside s, rather than being s. */
  boolean separateFeed();

  /** u ← what {@code layer} feeds in state s. Only called if {@link #separateFeed()}. */
  void feed(Kernels k, Layer layer, Rows s, Rows u, int from, int to);

  /**
   * One step without nudge: s (and u) from the input a.
   *
   * @param size the step's size: ε, or ω in its place
   * @param drift what the step adds besides, or null
   */
  void step(
      Kernels k,
      Layer layer,
      double size,
      Rows a,
      @Nullable Rows drift,
      Rows s,
      Rows u,
      int from,
      int to);

  /**
   * One step of the output layer with the nudge −β ∂ℓ/∂s⁰.
   *
   * @param beta β, of either sign
   * @param cost gives −∂ℓ/∂s⁰
   * @param a the input; may be modified
   * @param scratch rows of the layer's size; modified
   */
  void nudgedStep(
      Kernels k,
      Layer layer,
      Cost.Reading cost,
      float beta,
      Rows y,
      Rows scratch,
      Rows a,
      Rows s,
      Rows u,
      int from,
      int to);

  /**
   * Checks a step size.
   *
   * @throws IllegalArgumentException unless 0 &lt; ε ≤ 1
   */
  static void checkEpsilon(double epsilon) {
    if (!(epsilon > 0 && epsilon <= 1)) {
      throw new IllegalArgumentException(
          "epsilon is " + epsilon + "; it must be above 0 and at most 1.");
    }
  }
}
