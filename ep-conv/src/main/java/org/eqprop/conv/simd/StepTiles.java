package org.eqprop.conv.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of positions × vectors of filters for any kernel: each look-up in the table of steps leads
 * to the next element of x. Part {@code from} to {@code to} (exclusive) of the steps is added to z,
 * whose rows may be those of c.
 */
final class StepTiles {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;

  private StepTiles() {}

  static void tile8x2(
      int[] steps,
      int from,
      int to,
      float[] x,
      int xo,
      float[] b,
      int bo,
      int ldb,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0a = FloatVector.fromArray(S, z, zo);
    FloatVector c0b = FloatVector.fromArray(S, z, zo + VL);
    FloatVector c1a = FloatVector.fromArray(S, z, zo + ldz);
    FloatVector c1b = FloatVector.fromArray(S, z, zo + ldz + VL);
    FloatVector c2a = FloatVector.fromArray(S, z, zo + 2 * ldz);
    FloatVector c2b = FloatVector.fromArray(S, z, zo + 2 * ldz + VL);
    FloatVector c3a = FloatVector.fromArray(S, z, zo + 3 * ldz);
    FloatVector c3b = FloatVector.fromArray(S, z, zo + 3 * ldz + VL);
    FloatVector c4a = FloatVector.fromArray(S, z, zo + 4 * ldz);
    FloatVector c4b = FloatVector.fromArray(S, z, zo + 4 * ldz + VL);
    FloatVector c5a = FloatVector.fromArray(S, z, zo + 5 * ldz);
    FloatVector c5b = FloatVector.fromArray(S, z, zo + 5 * ldz + VL);
    FloatVector c6a = FloatVector.fromArray(S, z, zo + 6 * ldz);
    FloatVector c6b = FloatVector.fromArray(S, z, zo + 6 * ldz + VL);
    FloatVector c7a = FloatVector.fromArray(S, z, zo + 7 * ldz);
    FloatVector c7b = FloatVector.fromArray(S, z, zo + 7 * ldz + VL);
    for (int k = from; k < to; k++) {
      int p = xo + steps[k];
      FloatVector ba = FloatVector.fromArray(S, b, bo);
      FloatVector bb = FloatVector.fromArray(S, b, bo + VL);
      FloatVector x0 = FloatVector.broadcast(S, x[p]);
      c0a = x0.fma(ba, c0a);
      c0b = x0.fma(bb, c0b);
      FloatVector x1 = FloatVector.broadcast(S, x[p + 1]);
      c1a = x1.fma(ba, c1a);
      c1b = x1.fma(bb, c1b);
      FloatVector x2 = FloatVector.broadcast(S, x[p + 2]);
      c2a = x2.fma(ba, c2a);
      c2b = x2.fma(bb, c2b);
      FloatVector x3 = FloatVector.broadcast(S, x[p + 3]);
      c3a = x3.fma(ba, c3a);
      c3b = x3.fma(bb, c3b);
      FloatVector x4 = FloatVector.broadcast(S, x[p + 4]);
      c4a = x4.fma(ba, c4a);
      c4b = x4.fma(bb, c4b);
      FloatVector x5 = FloatVector.broadcast(S, x[p + 5]);
      c5a = x5.fma(ba, c5a);
      c5b = x5.fma(bb, c5b);
      FloatVector x6 = FloatVector.broadcast(S, x[p + 6]);
      c6a = x6.fma(ba, c6a);
      c6b = x6.fma(bb, c6b);
      FloatVector x7 = FloatVector.broadcast(S, x[p + 7]);
      c7a = x7.fma(ba, c7a);
      c7b = x7.fma(bb, c7b);
      bo += ldb;
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
  }

  static void tile4x2(
      int[] steps,
      int from,
      int to,
      float[] x,
      int xo,
      int step,
      float[] b,
      int bo,
      int ldb,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0a = FloatVector.fromArray(S, z, zo);
    FloatVector c0b = FloatVector.fromArray(S, z, zo + VL);
    FloatVector c1a = FloatVector.fromArray(S, z, zo + ldz);
    FloatVector c1b = FloatVector.fromArray(S, z, zo + ldz + VL);
    FloatVector c2a = FloatVector.fromArray(S, z, zo + 2 * ldz);
    FloatVector c2b = FloatVector.fromArray(S, z, zo + 2 * ldz + VL);
    FloatVector c3a = FloatVector.fromArray(S, z, zo + 3 * ldz);
    FloatVector c3b = FloatVector.fromArray(S, z, zo + 3 * ldz + VL);
    for (int k = from; k < to; k++) {
      int p = xo + steps[k];
      FloatVector ba = FloatVector.fromArray(S, b, bo);
      FloatVector bb = FloatVector.fromArray(S, b, bo + VL);
      FloatVector x0 = FloatVector.broadcast(S, x[p]);
      c0a = x0.fma(ba, c0a);
      c0b = x0.fma(bb, c0b);
      FloatVector x1 = FloatVector.broadcast(S, x[p + step]);
      c1a = x1.fma(ba, c1a);
      c1b = x1.fma(bb, c1b);
      FloatVector x2 = FloatVector.broadcast(S, x[p + 2 * step]);
      c2a = x2.fma(ba, c2a);
      c2b = x2.fma(bb, c2b);
      FloatVector x3 = FloatVector.broadcast(S, x[p + 3 * step]);
      c3a = x3.fma(ba, c3a);
      c3b = x3.fma(bb, c3b);
      bo += ldb;
    }
    c0a.intoArray(c, co);
    c0b.intoArray(c, co + VL);
    c1a.intoArray(c, co + ldc);
    c1b.intoArray(c, co + ldc + VL);
    c2a.intoArray(c, co + 2 * ldc);
    c2b.intoArray(c, co + 2 * ldc + VL);
    c3a.intoArray(c, co + 3 * ldc);
    c3b.intoArray(c, co + 3 * ldc + VL);
  }

  static void tile1x2(
      int[] steps,
      int from,
      int to,
      float[] x,
      int xo,
      float[] b,
      int bo,
      int ldb,
      float[] z,
      int zo,
      float[] c,
      int co) {
    FloatVector c0a = FloatVector.fromArray(S, z, zo);
    FloatVector c0b = FloatVector.fromArray(S, z, zo + VL);
    for (int k = from; k < to; k++) {
      int p = xo + steps[k];
      FloatVector ba = FloatVector.fromArray(S, b, bo);
      FloatVector bb = FloatVector.fromArray(S, b, bo + VL);
      FloatVector x0 = FloatVector.broadcast(S, x[p]);
      c0a = x0.fma(ba, c0a);
      c0b = x0.fma(bb, c0b);
      bo += ldb;
    }
    c0a.intoArray(c, co);
    c0b.intoArray(c, co + VL);
  }

  static void tile8x1(
      int[] steps,
      int from,
      int to,
      float[] x,
      int xo,
      float[] b,
      int bo,
      int ldb,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0a = FloatVector.fromArray(S, z, zo);
    FloatVector c1a = FloatVector.fromArray(S, z, zo + ldz);
    FloatVector c2a = FloatVector.fromArray(S, z, zo + 2 * ldz);
    FloatVector c3a = FloatVector.fromArray(S, z, zo + 3 * ldz);
    FloatVector c4a = FloatVector.fromArray(S, z, zo + 4 * ldz);
    FloatVector c5a = FloatVector.fromArray(S, z, zo + 5 * ldz);
    FloatVector c6a = FloatVector.fromArray(S, z, zo + 6 * ldz);
    FloatVector c7a = FloatVector.fromArray(S, z, zo + 7 * ldz);
    for (int k = from; k < to; k++) {
      int p = xo + steps[k];
      FloatVector ba = FloatVector.fromArray(S, b, bo);
      c0a = FloatVector.broadcast(S, x[p]).fma(ba, c0a);
      c1a = FloatVector.broadcast(S, x[p + 1]).fma(ba, c1a);
      c2a = FloatVector.broadcast(S, x[p + 2]).fma(ba, c2a);
      c3a = FloatVector.broadcast(S, x[p + 3]).fma(ba, c3a);
      c4a = FloatVector.broadcast(S, x[p + 4]).fma(ba, c4a);
      c5a = FloatVector.broadcast(S, x[p + 5]).fma(ba, c5a);
      c6a = FloatVector.broadcast(S, x[p + 6]).fma(ba, c6a);
      c7a = FloatVector.broadcast(S, x[p + 7]).fma(ba, c7a);
      bo += ldb;
    }
    c0a.intoArray(c, co);
    c1a.intoArray(c, co + ldc);
    c2a.intoArray(c, co + 2 * ldc);
    c3a.intoArray(c, co + 3 * ldc);
    c4a.intoArray(c, co + 4 * ldc);
    c5a.intoArray(c, co + 5 * ldc);
    c6a.intoArray(c, co + 6 * ldc);
    c7a.intoArray(c, co + 7 * ldc);
  }

  static void tile1x1(
      int[] steps,
      int from,
      int to,
      float[] x,
      int xo,
      float[] b,
      int bo,
      int ldb,
      float[] z,
      int zo,
      float[] c,
      int co) {
    FloatVector c0a = FloatVector.fromArray(S, z, zo);
    for (int k = from; k < to; k++) {
      int p = xo + steps[k];
      FloatVector ba = FloatVector.fromArray(S, b, bo);
      c0a = FloatVector.broadcast(S, x[p]).fma(ba, c0a);
      bo += ldb;
    }
    c0a.intoArray(c, co);
  }
}
