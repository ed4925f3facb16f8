package org.eqprop.conv.simd;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.tensor.Panels;

/**
 * {@link FiveStepTile} where the register file holds sixteen vectors: 4 positions × 2 vectors of
 * filters. Eight sums, two vectors of weights and a broadcast take eleven registers.
 *
 * <p>The compiler would load all that five steps read at their beginning, and keep sums in memory
 * for it. It moves no load across a store, so the first sum is stored twice a step, where it
 * belongs at the end anyway (docs/experiments/avx2.md).
 */
final class SixteenRegisterTile {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;

  /** Floats from one row of a panel to the next: this tile is for whole panels. */
  private static final int LDB = Panels.NR;

  private SixteenRegisterTile() {}

  /**
   * As {@link FiveStepTile#line8x2}, for tiles of 4 positions.
   *
   * @param tiles how many, each of 4 positions
   */
  static void line4x2(
      int[] steps,
      int from,
      int to,
      float[] x,
      int xo,
      float[] b,
      int first,
      float[] c,
      int co,
      int ldc,
      int tiles) {
    for (int tile = 0; tile < tiles; tile++) {
      FloatVector c0a = FloatVector.zero(S);
      FloatVector c0b = FloatVector.zero(S);
      FloatVector c1a = FloatVector.zero(S);
      FloatVector c1b = FloatVector.zero(S);
      FloatVector c2a = FloatVector.zero(S);
      FloatVector c2b = FloatVector.zero(S);
      FloatVector c3a = FloatVector.zero(S);
      FloatVector c3b = FloatVector.zero(S);
      if (from != 0) {
        c0a = FloatVector.fromArray(S, c, co);
        c0b = FloatVector.fromArray(S, c, co + VL);
        c1a = FloatVector.fromArray(S, c, co + ldc);
        c1b = FloatVector.fromArray(S, c, co + ldc + VL);
        c2a = FloatVector.fromArray(S, c, co + 2 * ldc);
        c2b = FloatVector.fromArray(S, c, co + 2 * ldc + VL);
        c3a = FloatVector.fromArray(S, c, co + 3 * ldc);
        c3b = FloatVector.fromArray(S, c, co + 3 * ldc + VL);
      }
      int bo = first;
      for (int k = from; k < to; k += FiveStepTile.STEPS) {
        int p = xo + steps[k];
        // C2 merges the checks of all reads between these into them.
        Objects.checkIndex(p, x.length);
        Objects.checkIndex(p + 7, x.length);
        Objects.checkIndex(bo, b.length);
        Objects.checkIndex(bo + 4 * LDB + 2 * VL - 1, b.length);
        FloatVector w0a = FloatVector.fromArray(S, b, bo);
        FloatVector w0b = FloatVector.fromArray(S, b, bo + VL);
        FloatVector x00 = FloatVector.broadcast(S, x[p]);
        c0a = x00.fma(w0a, c0a);
        c0b = x00.fma(w0b, c0b);
        c0a.intoArray(c, co);
        FloatVector x01 = FloatVector.broadcast(S, x[p + 1]);
        c1a = x01.fma(w0a, c1a);
        c1b = x01.fma(w0b, c1b);
        FloatVector x02 = FloatVector.broadcast(S, x[p + 2]);
        c2a = x02.fma(w0a, c2a);
        c2b = x02.fma(w0b, c2b);
        c0a.intoArray(c, co);
        FloatVector x03 = FloatVector.broadcast(S, x[p + 3]);
        c3a = x03.fma(w0a, c3a);
        c3b = x03.fma(w0b, c3b);
        FloatVector w1a = FloatVector.fromArray(S, b, bo + LDB);
        FloatVector w1b = FloatVector.fromArray(S, b, bo + LDB + VL);
        FloatVector x10 = FloatVector.broadcast(S, x[p + 1]);
        c0a = x10.fma(w1a, c0a);
        c0b = x10.fma(w1b, c0b);
        c0a.intoArray(c, co);
        FloatVector x11 = FloatVector.broadcast(S, x[p + 2]);
        c1a = x11.fma(w1a, c1a);
        c1b = x11.fma(w1b, c1b);
        FloatVector x12 = FloatVector.broadcast(S, x[p + 3]);
        c2a = x12.fma(w1a, c2a);
        c2b = x12.fma(w1b, c2b);
        c0a.intoArray(c, co);
        FloatVector x13 = FloatVector.broadcast(S, x[p + 4]);
        c3a = x13.fma(w1a, c3a);
        c3b = x13.fma(w1b, c3b);
        FloatVector w2a = FloatVector.fromArray(S, b, bo + 2 * LDB);
        FloatVector w2b = FloatVector.fromArray(S, b, bo + 2 * LDB + VL);
        FloatVector x20 = FloatVector.broadcast(S, x[p + 2]);
        c0a = x20.fma(w2a, c0a);
        c0b = x20.fma(w2b, c0b);
        c0a.intoArray(c, co);
        FloatVector x21 = FloatVector.broadcast(S, x[p + 3]);
        c1a = x21.fma(w2a, c1a);
        c1b = x21.fma(w2b, c1b);
        FloatVector x22 = FloatVector.broadcast(S, x[p + 4]);
        c2a = x22.fma(w2a, c2a);
        c2b = x22.fma(w2b, c2b);
        c0a.intoArray(c, co);
        FloatVector x23 = FloatVector.broadcast(S, x[p + 5]);
        c3a = x23.fma(w2a, c3a);
        c3b = x23.fma(w2b, c3b);
        FloatVector w3a = FloatVector.fromArray(S, b, bo + 3 * LDB);
        FloatVector w3b = FloatVector.fromArray(S, b, bo + 3 * LDB + VL);
        FloatVector x30 = FloatVector.broadcast(S, x[p + 3]);
        c0a = x30.fma(w3a, c0a);
        c0b = x30.fma(w3b, c0b);
        c0a.intoArray(c, co);
        FloatVector x31 = FloatVector.broadcast(S, x[p + 4]);
        c1a = x31.fma(w3a, c1a);
        c1b = x31.fma(w3b, c1b);
        FloatVector x32 = FloatVector.broadcast(S, x[p + 5]);
        c2a = x32.fma(w3a, c2a);
        c2b = x32.fma(w3b, c2b);
        c0a.intoArray(c, co);
        FloatVector x33 = FloatVector.broadcast(S, x[p + 6]);
        c3a = x33.fma(w3a, c3a);
        c3b = x33.fma(w3b, c3b);
        FloatVector w4a = FloatVector.fromArray(S, b, bo + 4 * LDB);
        FloatVector w4b = FloatVector.fromArray(S, b, bo + 4 * LDB + VL);
        FloatVector x40 = FloatVector.broadcast(S, x[p + 4]);
        c0a = x40.fma(w4a, c0a);
        c0b = x40.fma(w4b, c0b);
        c0a.intoArray(c, co);
        FloatVector x41 = FloatVector.broadcast(S, x[p + 5]);
        c1a = x41.fma(w4a, c1a);
        c1b = x41.fma(w4b, c1b);
        FloatVector x42 = FloatVector.broadcast(S, x[p + 6]);
        c2a = x42.fma(w4a, c2a);
        c2b = x42.fma(w4b, c2b);
        c0a.intoArray(c, co);
        FloatVector x43 = FloatVector.broadcast(S, x[p + 7]);
        c3a = x43.fma(w4a, c3a);
        c3b = x43.fma(w4b, c3b);
        bo += FiveStepTile.STEPS * LDB;
      }
      c0a.intoArray(c, co);
      c0b.intoArray(c, co + VL);
      c1a.intoArray(c, co + ldc);
      c1b.intoArray(c, co + ldc + VL);
      c2a.intoArray(c, co + 2 * ldc);
      c2b.intoArray(c, co + 2 * ldc + VL);
      c3a.intoArray(c, co + 3 * ldc);
      c3b.intoArray(c, co + 3 * ldc + VL);
      xo += 4;
      co += 4 * ldc;
    }
  }
}
