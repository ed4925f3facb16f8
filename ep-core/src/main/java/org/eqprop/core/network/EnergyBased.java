package org.eqprop.core.network;

import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * The energy-based setting (Eq. 13): s ← (1−ε)·s + ε·σ′(s)·a [+ ε·β·(y − s⁰)], clipped to [0, 1]
 * after the step if {@code clamp}; neighbours and updates see u = σ(s).
 *
 * @param epsilon ε in (0, 1]
 * @param clamp whether states are clipped to [0, 1], as in training
 * @param linearOutput leaves σ′ out of the output's own step, as the authors' program does; not the
 *     gradient of any Φ
 */
public record EnergyBased(double epsilon, boolean clamp, boolean linearOutput) implements Dynamics {
  /**
   * The setting with a checked ε.
   *
   * @throws IllegalArgumentException unless 0 &lt; ε ≤ 1
   */
  public EnergyBased {
    Dynamics.checkEpsilon(epsilon);
  }

  @Override
  public boolean separateFeed() {
    return true;
  }

  @Override
  public void feed(Kernels k, Layer layer, Rows s, Rows u, int from, int to) {
    k.activate(layer.activation(), s, u, from, to);
  }

  @Override
  public void step(
      Kernels k,
      Layer layer,
      double size,
      Rows a,
      @Nullable Rows drift,
      Rows s,
      Rows u,
      int from,
      int to) {
    k.energyStep(layer.activation(), slope(layer), (float) size, clamp, a, drift, s, u, from, to);
  }

  @Override
  public void nudgedStep(
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
      int to) {
    cost.pull(k, (float) (epsilon * beta), y, s, null, scratch, from, to);
    k.energyStep(
        layer.activation(), slope(layer), (float) epsilon, clamp, a, scratch, s, u, from, to);
  }

  /**
   * {@return whether σ′ is in the layer's own step: not in a linear output's}
   *
   * @param layer a layer that steps
   */
  public boolean slope(Layer layer) {
    return !(linearOutput && layer.index() == 0);
  }
}
