package org.eqprop.core.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * C = base + A·B with B in panels: the matrix product of the relaxation.
 *
 * <p>The outer loop goes over the panels of B, so that each is read from the second-level cache
 * once for all row tiles. A tile keeps MR rows × 2 vectors of C in registers over the whole of k:
 * with 10 rows, 20 accumulators, 2 vectors of B and a broadcast fill 23 of AVX-512's 32 registers;
 * with 5 rows, 13 of AVX2's 16. Each element of C has one accumulator and ascending k, so the tile
 * shape does not show in the result.
 */
final class PanelGemm {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;

  /** Rows of the tallest tile: what the registers hold. */
  private static final int TALL = VL == 16 ? 10 : 5;

  private static final float[] ZERO = new float[Panels.NR];

  private PanelGemm() {}

  static void multiply(Rows a, Panels b, @Nullable Rows base, Rows c, int from, int to) {
    for (int p = 0; p < b.count(); p++) {
      int width = b.width(p);
      int column = 0;
      for (; column + 2 * VL <= width; column += 2 * VL) {
        pairs(a, b, base, c, from, to, p, column);
      }
      if (column < width) {
        singles(a, b, base, c, from, to, p, column);
      }
    }
  }

  /** All rows of two vectors' width of C. */
  private static void pairs(
      Rows a, Panels b, @Nullable Rows base, Rows c, int from, int to, int panel, int column) {
    int k = b.rows();
    int ldb = b.width(panel);
    int bo = b.offset(panel) + column;
    int first = panel * Panels.NR + column;
    float[] z = base == null ? ZERO : base.data();
    int ldz = base == null ? 0 : base.stride();
    float[] x = a.data();
    float[] y = b.data();
    float[] out = c.data();
    int i = from;
    while (i < to) {
      int ao = a.index(i, 0);
      int zo = base == null ? 0 : base.index(i, first);
      int co = c.index(i, first);
      if (TALL == 10 && i + 10 <= to) {
        tile10x2(k, x, ao, a.stride(), y, bo, ldb, z, zo, ldz, out, co, c.stride());
        i += 10;
      } else if (i + 5 <= to) {
        tile5x2(k, x, ao, a.stride(), y, bo, ldb, z, zo, ldz, out, co, c.stride());
        i += 5;
      } else {
        tile1x2(k, x, ao, y, bo, ldb, z, zo, out, co);
        i += 1;
      }
    }
  }

  /** All rows of one vector's width of C: the short last panel where a vector fills it. */
  private static void singles(
      Rows a, Panels b, @Nullable Rows base, Rows c, int from, int to, int panel, int column) {
    int k = b.rows();
    int ldb = b.width(panel);
    int bo = b.offset(panel) + column;
    int first = panel * Panels.NR + column;
    float[] z = base == null ? ZERO : base.data();
    int ldz = base == null ? 0 : base.stride();
    float[] x = a.data();
    float[] y = b.data();
    float[] out = c.data();
    int i = from;
    while (i < to) {
      int ao = a.index(i, 0);
      int zo = base == null ? 0 : base.index(i, first);
      int co = c.index(i, first);
      if (i + 10 <= to) {
        tile10x1(k, x, ao, a.stride(), y, bo, ldb, z, zo, ldz, out, co, c.stride());
        i += 10;
      } else if (i + 5 <= to) {
        tile5x1(k, x, ao, a.stride(), y, bo, ldb, z, zo, ldz, out, co, c.stride());
        i += 5;
      } else {
        tile1x1(k, x, ao, y, bo, ldb, z, zo, out, co);
        i += 1;
      }
    }
  }

  private static void tile10x2(
      int k,
      float[] a,
      int ao,
      int lda,
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
    FloatVector c8a = FloatVector.fromArray(S, z, zo + 8 * ldz);
    FloatVector c8b = FloatVector.fromArray(S, z, zo + 8 * ldz + VL);
    FloatVector c9a = FloatVector.fromArray(S, z, zo + 9 * ldz);
    FloatVector c9b = FloatVector.fromArray(S, z, zo + 9 * ldz + VL);
    int a0 = ao;
    int a1 = ao + lda;
    int a2 = ao + 2 * lda;
    int a3 = ao + 3 * lda;
    int a4 = ao + 4 * lda;
    int a5 = ao + 5 * lda;
    int a6 = ao + 6 * lda;
    int a7 = ao + 7 * lda;
    int a8 = ao + 8 * lda;
    int a9 = ao + 9 * lda;
    for (int p = 0; p < k; p++) {
      FloatVector ba = FloatVector.fromArray(S, b, bo);
      FloatVector bb = FloatVector.fromArray(S, b, bo + VL);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0a = x0.fma(ba, c0a);
      c0b = x0.fma(bb, c0b);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + p]);
      c1a = x1.fma(ba, c1a);
      c1b = x1.fma(bb, c1b);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + p]);
      c2a = x2.fma(ba, c2a);
      c2b = x2.fma(bb, c2b);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + p]);
      c3a = x3.fma(ba, c3a);
      c3b = x3.fma(bb, c3b);
      FloatVector x4 = FloatVector.broadcast(S, a[a4 + p]);
      c4a = x4.fma(ba, c4a);
      c4b = x4.fma(bb, c4b);
      FloatVector x5 = FloatVector.broadcast(S, a[a5 + p]);
      c5a = x5.fma(ba, c5a);
      c5b = x5.fma(bb, c5b);
      FloatVector x6 = FloatVector.broadcast(S, a[a6 + p]);
      c6a = x6.fma(ba, c6a);
      c6b = x6.fma(bb, c6b);
      FloatVector x7 = FloatVector.broadcast(S, a[a7 + p]);
      c7a = x7.fma(ba, c7a);
      c7b = x7.fma(bb, c7b);
      FloatVector x8 = FloatVector.broadcast(S, a[a8 + p]);
      c8a = x8.fma(ba, c8a);
      c8b = x8.fma(bb, c8b);
      FloatVector x9 = FloatVector.broadcast(S, a[a9 + p]);
      c9a = x9.fma(ba, c9a);
      c9b = x9.fma(bb, c9b);
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
    c8a.intoArray(c, co + 8 * ldc);
    c8b.intoArray(c, co + 8 * ldc + VL);
    c9a.intoArray(c, co + 9 * ldc);
    c9b.intoArray(c, co + 9 * ldc + VL);
  }

  private static void tile5x2(
      int k,
      float[] a,
      int ao,
      int lda,
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
    int a0 = ao;
    int a1 = ao + lda;
    int a2 = ao + 2 * lda;
    int a3 = ao + 3 * lda;
    int a4 = ao + 4 * lda;
    for (int p = 0; p < k; p++) {
      FloatVector ba = FloatVector.fromArray(S, b, bo);
      FloatVector bb = FloatVector.fromArray(S, b, bo + VL);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0a = x0.fma(ba, c0a);
      c0b = x0.fma(bb, c0b);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + p]);
      c1a = x1.fma(ba, c1a);
      c1b = x1.fma(bb, c1b);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + p]);
      c2a = x2.fma(ba, c2a);
      c2b = x2.fma(bb, c2b);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + p]);
      c3a = x3.fma(ba, c3a);
      c3b = x3.fma(bb, c3b);
      FloatVector x4 = FloatVector.broadcast(S, a[a4 + p]);
      c4a = x4.fma(ba, c4a);
      c4b = x4.fma(bb, c4b);
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
  }

  private static void tile1x2(
      int k, float[] a, int ao, float[] b, int bo, int ldb, float[] z, int zo, float[] c, int co) {
    FloatVector c0a = FloatVector.fromArray(S, z, zo);
    FloatVector c0b = FloatVector.fromArray(S, z, zo + VL);
    int a0 = ao;
    for (int p = 0; p < k; p++) {
      FloatVector ba = FloatVector.fromArray(S, b, bo);
      FloatVector bb = FloatVector.fromArray(S, b, bo + VL);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0a = x0.fma(ba, c0a);
      c0b = x0.fma(bb, c0b);
      bo += ldb;
    }
    c0a.intoArray(c, co);
    c0b.intoArray(c, co + VL);
  }

  private static void tile10x1(
      int k,
      float[] a,
      int ao,
      int lda,
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
    FloatVector c8a = FloatVector.fromArray(S, z, zo + 8 * ldz);
    FloatVector c9a = FloatVector.fromArray(S, z, zo + 9 * ldz);
    int a0 = ao;
    int a1 = ao + lda;
    int a2 = ao + 2 * lda;
    int a3 = ao + 3 * lda;
    int a4 = ao + 4 * lda;
    int a5 = ao + 5 * lda;
    int a6 = ao + 6 * lda;
    int a7 = ao + 7 * lda;
    int a8 = ao + 8 * lda;
    int a9 = ao + 9 * lda;
    for (int p = 0; p < k; p++) {
      FloatVector ba = FloatVector.fromArray(S, b, bo);
      c0a = FloatVector.broadcast(S, a[a0 + p]).fma(ba, c0a);
      c1a = FloatVector.broadcast(S, a[a1 + p]).fma(ba, c1a);
      c2a = FloatVector.broadcast(S, a[a2 + p]).fma(ba, c2a);
      c3a = FloatVector.broadcast(S, a[a3 + p]).fma(ba, c3a);
      c4a = FloatVector.broadcast(S, a[a4 + p]).fma(ba, c4a);
      c5a = FloatVector.broadcast(S, a[a5 + p]).fma(ba, c5a);
      c6a = FloatVector.broadcast(S, a[a6 + p]).fma(ba, c6a);
      c7a = FloatVector.broadcast(S, a[a7 + p]).fma(ba, c7a);
      c8a = FloatVector.broadcast(S, a[a8 + p]).fma(ba, c8a);
      c9a = FloatVector.broadcast(S, a[a9 + p]).fma(ba, c9a);
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
    c8a.intoArray(c, co + 8 * ldc);
    c9a.intoArray(c, co + 9 * ldc);
  }

  private static void tile5x1(
      int k,
      float[] a,
      int ao,
      int lda,
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
    int a0 = ao;
    int a1 = ao + lda;
    int a2 = ao + 2 * lda;
    int a3 = ao + 3 * lda;
    int a4 = ao + 4 * lda;
    for (int p = 0; p < k; p++) {
      FloatVector ba = FloatVector.fromArray(S, b, bo);
      c0a = FloatVector.broadcast(S, a[a0 + p]).fma(ba, c0a);
      c1a = FloatVector.broadcast(S, a[a1 + p]).fma(ba, c1a);
      c2a = FloatVector.broadcast(S, a[a2 + p]).fma(ba, c2a);
      c3a = FloatVector.broadcast(S, a[a3 + p]).fma(ba, c3a);
      c4a = FloatVector.broadcast(S, a[a4 + p]).fma(ba, c4a);
      bo += ldb;
    }
    c0a.intoArray(c, co);
    c1a.intoArray(c, co + ldc);
    c2a.intoArray(c, co + 2 * ldc);
    c3a.intoArray(c, co + 3 * ldc);
    c4a.intoArray(c, co + 4 * ldc);
  }

  private static void tile1x1(
      int k, float[] a, int ao, float[] b, int bo, int ldb, float[] z, int zo, float[] c, int co) {
    FloatVector c0a = FloatVector.fromArray(S, z, zo);
    int a0 = ao;
    for (int p = 0; p < k; p++) {
      FloatVector ba = FloatVector.fromArray(S, b, bo);
      c0a = FloatVector.broadcast(S, a[a0 + p]).fma(ba, c0a);
      bo += ldb;
    }
    c0a.intoArray(c, co);
  }
}
