package org.eqprop.core.network;

import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * The prototypical setting (Eq. 15): s ← (1−ε)·s + ε·σ(a); the paper has ε = 1.
 *
 * @param epsilon ε in (0, 1]
 * @param nudge where the output's nudge acts
 */
public record Prototypical(double epsilon, Nudge nudge) implements Dynamics {
  /** Where the nudge of the output layer acts. */
  public enum Nudge {
    /** s⁰ ← (1−ε)·s⁰ + ε·σ(a) + ε·β·(y − s⁰), as published (Eq. 8). */
    OUTSIDE,
    /** s⁰ ← (1−ε)·s⁰ + ε·σ(a + β·(y − s⁰)): weight updates then equal BPTT's to O(β). */
    INSIDE
  }

  /**
   * The setting with a checked ε.
   *
   * @throws IllegalArgumentException unless 0 &lt; ε ≤ 1
   */
  public Prototypical {
    Dynamics.checkEpsilon(epsilon);
  }

  @Override
  public boolean separateFeed() {
    return false;
  }

  @Override
  public void feed(Kernels k, Layer layer, Rows s, Rows u, int from, int to) {
    throw new UnsupportedOperationException("A prototypical layer feeds its state.");
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
    k.prototypicalStep(layer.activation(), (float) size, a, drift, s, from, to);
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
    if (nudge == Nudge.INSIDE) {
      cost.pull(k, beta, y, s, a, a, from, to);
      k.prototypicalStep(layer.activation(), (float) epsilon, a, null, s, from, to);
    } else {
      cost.pull(k, (float) (epsilon * beta), y, s, null, scratch, from, to);
      k.prototypicalStep(layer.activation(), (float) epsilon, a, scratch, s, from, to);
    }
  }
}
