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
  /** {@return the step size ε in (0, 1]} */
  double epsilon();

  /** {@return whether u is stored beside s, rather than being s} */
  boolean separateFeed();

  /**
   * u ← what {@code layer} feeds in state s. Only called if {@link #separateFeed()}.
   *
   * @param k the kernels to calculate with
   * @param layer a layer that steps
   * @param s states of the layer, one row a sample
   * @param u what the layer feeds, one row a sample
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  void feed(Kernels k, Layer layer, Rows s, Rows u, int from, int to);

  /**
   * One step without nudge: s (and u) from the input a.
   *
   * @param k the kernels to calculate with
   * @param layer a layer that steps
   * @param size the step's size: ε, or ω in its place
   * @param a the input of the layer, one row a sample
   * @param drift what the step adds besides, or null
   * @param s states of the layer, one row a sample
   * @param u what the layer feeds, one row a sample
   * @param from first row, inclusive
   * @param to last row, exclusive
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
   * @param k the kernels to calculate with
   * @param layer a layer that steps
   * @param cost gives −∂ℓ/∂s⁰
   * @param beta β, of either sign
   * @param y targets, one row a sample
   * @param scratch rows of the layer's size; modified
   * @param a the input; may be modified
   * @param s states of the layer, one row a sample
   * @param u what the layer feeds, one row a sample
   * @param from first row, inclusive
   * @param to last row, exclusive
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
   * @param epsilon the number to check
   * @throws IllegalArgumentException unless 0 &lt; ε ≤ 1
   */
  static void checkEpsilon(double epsilon) {
    if (!(epsilon > 0 && epsilon <= 1)) {
      throw new IllegalArgumentException(
          "epsilon is " + epsilon + "; it must be above 0 and at most 1.");
    }
  }
}
