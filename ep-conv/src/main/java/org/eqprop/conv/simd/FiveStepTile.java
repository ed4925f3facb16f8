package org.eqprop.conv.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.tensor.Panels;

/**
 * The tile of 8 positions × 2 vectors of filters whose steps come in runs of five successive
 * floats, as the columns of a kernel do: one look-up in the table of steps and one set of bounds
 * checks for 80 multiply-adds, where the tile of one step pays them for 16. Those are scalar
 * operations on the ports of the multiply-adds.
 */
final class FiveStepTile {
  /** Steps a run. */
  static final int STEPS = 5;

  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;

  /** Floats from one row of a panel to the next: this tile is for whole panels. */
  private static final int LDB = Panels.NR;

  private FiveStepTile() {}

  /**
   * Successive tiles of a line of positions.
   *
   * <p>A first part ({@code from} is 0) starts at zeros in registers, a later one at c: for 25
   * steps, reading zeros from memory is 6 % of a tile's time.
   *
   * @param tiles how many, each of 8 positions
   */
  static void line8x2(
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
      FloatVector c4a = FloatVector.zero(S);
      FloatVector c4b = FloatVector.zero(S);
      FloatVector c5a = FloatVector.zero(S);
      FloatVector c5b = FloatVector.zero(S);
      FloatVector c6a = FloatVector.zero(S);
      FloatVector c6b = FloatVector.zero(S);
      FloatVector c7a = FloatVector.zero(S);
      FloatVector c7b = FloatVector.zero(S);
      if (from != 0) {
        c0a = FloatVector.fromArray(S, c, co);
        c0b = FloatVector.fromArray(S, c, co + VL);
        c1a = FloatVector.fromArray(S, c, co + ldc);
        c1b = FloatVector.fromArray(S, c, co + ldc + VL);
        c2a = FloatVector.fromArray(S, c, co + 2 * ldc);
        c2b = FloatVector.fromArray(S, c, co + 2 * ldc + VL);
        c3a = FloatVector.fromArray(S, c, co + 3 * ldc);
        c3b = FloatVector.fromArray(S, c, co + 3 * ldc + VL);
        c4a = FloatVector.fromArray(S, c, co + 4 * ldc);
        c4b = FloatVector.fromArray(S, c, co + 4 * ldc + VL);
        c5a = FloatVector.fromArray(S, c, co + 5 * ldc);
        c5b = FloatVector.fromArray(S, c, co + 5 * ldc + VL);
        c6a = FloatVector.fromArray(S, c, co + 6 * ldc);
        c6b = FloatVector.fromArray(S, c, co + 6 * ldc + VL);
        c7a = FloatVector.fromArray(S, c, co + 7 * ldc);
        c7b = FloatVector.fromArray(S, c, co + 7 * ldc + VL);
      }
      int bo = first;
      for (int k = from; k < to; k += STEPS) {
        int p = xo + steps[k];
        FloatVector w0a = FloatVector.fromArray(S, b, bo);
        FloatVector w0b = FloatVector.fromArray(S, b, bo + VL);
        FloatVector x00 = FloatVector.broadcast(S, x[p]);
        c0a = x00.fma(w0a, c0a);
        c0b = x00.fma(w0b, c0b);
        FloatVector x01 = FloatVector.broadcast(S, x[p + 1]);
        c1a = x01.fma(w0a, c1a);
        c1b = x01.fma(w0b, c1b);
        FloatVector x02 = FloatVector.broadcast(S, x[p + 2]);
        c2a = x02.fma(w0a, c2a);
        c2b = x02.fma(w0b, c2b);
        FloatVector x03 = FloatVector.broadcast(S, x[p + 3]);
        c3a = x03.fma(w0a, c3a);
        c3b = x03.fma(w0b, c3b);
        FloatVector x04 = FloatVector.broadcast(S, x[p + 4]);
        c4a = x04.fma(w0a, c4a);
        c4b = x04.fma(w0b, c4b);
        FloatVector x05 = FloatVector.broadcast(S, x[p + 5]);
        c5a = x05.fma(w0a, c5a);
        c5b = x05.fma(w0b, c5b);
        FloatVector x06 = FloatVector.broadcast(S, x[p + 6]);
        c6a = x06.fma(w0a, c6a);
        c6b = x06.fma(w0b, c6b);
        FloatVector x07 = FloatVector.broadcast(S, x[p + 7]);
        c7a = x07.fma(w0a, c7a);
        c7b = x07.fma(w0b, c7b);
        FloatVector w1a = FloatVector.fromArray(S, b, bo + LDB);
        FloatVector w1b = FloatVector.fromArray(S, b, bo + LDB + VL);
        FloatVector x10 = FloatVector.broadcast(S, x[p + 1]);
        c0a = x10.fma(w1a, c0a);
        c0b = x10.fma(w1b, c0b);
        FloatVector x11 = FloatVector.broadcast(S, x[p + 2]);
        c1a = x11.fma(w1a, c1a);
        c1b = x11.fma(w1b, c1b);
        FloatVector x12 = FloatVector.broadcast(S, x[p + 3]);
        c2a = x12.fma(w1a, c2a);
        c2b = x12.fma(w1b, c2b);
        FloatVector x13 = FloatVector.broadcast(S, x[p + 4]);
        c3a = x13.fma(w1a, c3a);
        c3b = x13.fma(w1b, c3b);
        FloatVector x14 = FloatVector.broadcast(S, x[p + 5]);
        c4a = x14.fma(w1a, c4a);
        c4b = x14.fma(w1b, c4b);
        FloatVector x15 = FloatVector.broadcast(S, x[p + 6]);
        c5a = x15.fma(w1a, c5a);
        c5b = x15.fma(w1b, c5b);
        FloatVector x16 = FloatVector.broadcast(S, x[p + 7]);
        c6a = x16.fma(w1a, c6a);
        c6b = x16.fma(w1b, c6b);
        FloatVector x17 = FloatVector.broadcast(S, x[p + 8]);
        c7a = x17.fma(w1a, c7a);
        c7b = x17.fma(w1b, c7b);
        FloatVector w2a = FloatVector.fromArray(S, b, bo + 2 * LDB);
        FloatVector w2b = FloatVector.fromArray(S, b, bo + 2 * LDB + VL);
        FloatVector x20 = FloatVector.broadcast(S, x[p + 2]);
        c0a = x20.fma(w2a, c0a);
        c0b = x20.fma(w2b, c0b);
        FloatVector x21 = FloatVector.broadcast(S, x[p + 3]);
        c1a = x21.fma(w2a, c1a);
        c1b = x21.fma(w2b, c1b);
        FloatVector x22 = FloatVector.broadcast(S, x[p + 4]);
        c2a = x22.fma(w2a, c2a);
        c2b = x22.fma(w2b, c2b);
        FloatVector x23 = FloatVector.broadcast(S, x[p + 5]);
        c3a = x23.fma(w2a, c3a);
        c3b = x23.fma(w2b, c3b);
        FloatVector x24 = FloatVector.broadcast(S, x[p + 6]);
        c4a = x24.fma(w2a, c4a);
        c4b = x24.fma(w2b, c4b);
        FloatVector x25 = FloatVector.broadcast(S, x[p + 7]);
        c5a = x25.fma(w2a, c5a);
        c5b = x25.fma(w2b, c5b);
        FloatVector x26 = FloatVector.broadcast(S, x[p + 8]);
        c6a = x26.fma(w2a, c6a);
        c6b = x26.fma(w2b, c6b);
        FloatVector x27 = FloatVector.broadcast(S, x[p + 9]);
        c7a = x27.fma(w2a, c7a);
        c7b = x27.fma(w2b, c7b);
        FloatVector w3a = FloatVector.fromArray(S, b, bo + 3 * LDB);
        FloatVector w3b = FloatVector.fromArray(S, b, bo + 3 * LDB + VL);
        FloatVector x30 = FloatVector.broadcast(S, x[p + 3]);
        c0a = x30.fma(w3a, c0a);
        c0b = x30.fma(w3b, c0b);
        FloatVector x31 = FloatVector.broadcast(S, x[p + 4]);
        c1a = x31.fma(w3a, c1a);
        c1b = x31.fma(w3b, c1b);
        FloatVector x32 = FloatVector.broadcast(S, x[p + 5]);
        c2a = x32.fma(w3a, c2a);
        c2b = x32.fma(w3b, c2b);
        FloatVector x33 = FloatVector.broadcast(S, x[p + 6]);
        c3a = x33.fma(w3a, c3a);
        c3b = x33.fma(w3b, c3b);
        FloatVector x34 = FloatVector.broadcast(S, x[p + 7]);
        c4a = x34.fma(w3a, c4a);
        c4b = x34.fma(w3b, c4b);
        FloatVector x35 = FloatVector.broadcast(S, x[p + 8]);
        c5a = x35.fma(w3a, c5a);
        c5b = x35.fma(w3b, c5b);
        FloatVector x36 = FloatVector.broadcast(S, x[p + 9]);
        c6a = x36.fma(w3a, c6a);
        c6b = x36.fma(w3b, c6b);
        FloatVector x37 = FloatVector.broadcast(S, x[p + 10]);
        c7a = x37.fma(w3a, c7a);
        c7b = x37.fma(w3b, c7b);
        FloatVector w4a = FloatVector.fromArray(S, b, bo + 4 * LDB);
        FloatVector w4b = FloatVector.fromArray(S, b, bo + 4 * LDB + VL);
        FloatVector x40 = FloatVector.broadcast(S, x[p + 4]);
        c0a = x40.fma(w4a, c0a);
        c0b = x40.fma(w4b, c0b);
        FloatVector x41 = FloatVector.broadcast(S, x[p + 5]);
        c1a = x41.fma(w4a, c1a);
        c1b = x41.fma(w4b, c1b);
        FloatVector x42 = FloatVector.broadcast(S, x[p + 6]);
        c2a = x42.fma(w4a, c2a);
        c2b = x42.fma(w4b, c2b);
        FloatVector x43 = FloatVector.broadcast(S, x[p + 7]);
        c3a = x43.fma(w4a, c3a);
        c3b = x43.fma(w4b, c3b);
        FloatVector x44 = FloatVector.broadcast(S, x[p + 8]);
        c4a = x44.fma(w4a, c4a);
        c4b = x44.fma(w4b, c4b);
        FloatVector x45 = FloatVector.broadcast(S, x[p + 9]);
        c5a = x45.fma(w4a, c5a);
        c5b = x45.fma(w4b, c5b);
        FloatVector x46 = FloatVector.broadcast(S, x[p + 10]);
        c6a = x46.fma(w4a, c6a);
        c6b = x46.fma(w4b, c6b);
        FloatVector x47 = FloatVector.broadcast(S, x[p + 11]);
        c7a = x47.fma(w4a, c7a);
        c7b = x47.fma(w4b, c7b);
        bo += STEPS * LDB;
      }
      c0a.intoArray(c, co);
      c0b.intoArray(c, co + VL);
      c1a.intoArray(c, co + ldc);
      c1b.intoArray(c, co + ldc + VL);
      c2a.intoArray(c, co + 2 * ldc);
      c2b.intoArray(c, co + 2 * ldc + VL);
      c3a.intoArray(c, co + 3 * ldc);
      c3b.intoArray(c, co + 3 * ldc + VL);
      c4a.intoArray(c, co + 4 * ldc);
      c4b.intoArray(c, co + 4 * ldc + VL);
      c5a.intoArray(c, co + 5 * ldc);
      c5b.intoArray(c, co + 5 * ldc + VL);
      c6a.intoArray(c, co + 6 * ldc);
      c6b.intoArray(c, co + 6 * ldc + VL);
      c7a.intoArray(c, co + 7 * ldc);
      c7b.intoArray(c, co + 7 * ldc + VL);
      xo += 8;
      co += 8 * ldc;
    }
  }
}
