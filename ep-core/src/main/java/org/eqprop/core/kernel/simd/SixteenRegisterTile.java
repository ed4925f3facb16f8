package org.eqprop.core.kernel.simd;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.tensor.Rows;

/**
 * The register tile of the deep product where the register file holds sixteen vectors: AVX2, AVX,
 * SSE. Five rows of two vectors; what fives leave goes by {@link PackedTiles}, whose arguments
 * these are.
 *
 * <p>Ten sums, two vectors of B and one broadcast take thirteen registers. The compiler loads what
 * a step reads at the step's beginning, up to seventeen vectors, and keeps a sum in memory for it;
 * then each of its multiply-adds waits for a load and a store. It moves no load across a store, so
 * the first sum is stored several times a step, where it belongs at the end anyway. Which stores
 * were best, and what was measured: docs/experiments/avx2.md.
 *
 * <p>Each element of C has one accumulator and ascending terms, so neither the tile's shape nor the
 * steps a turn show in the result.
 */
final class SixteenRegisterTile {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;
  private static final int LDA = Rows.PACKED_STRIDE;

  private SixteenRegisterTile() {}

  /** Five rows of two vectors. */
  static void tile5x2(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int ldb,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int turns = k & -2;
    twos(turns, a, ao, b, bo, ldb, z, zo, ldz, c, co, ldc);
    if (turns < k) {
      int at = bo + turns * ldb;
      PackedTiles.tile5x2(1, a, ao + turns, b, at, ldb, c, co, ldc, c, co, ldc);
    }
  }

  /** Five rows, for a number of terms that two divides. */
  private static void twos(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int ldb,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int shift = bo - ao * ldb;
    int end = ao + k;
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
    for (int q = ao; q < end - 1; q += 2) {
      // C2 merges the checks of all reads between these into them.
      Objects.checkIndex(q, a.length);
      Objects.checkIndex(q + 4 * LDA + 1, a.length);
      Objects.checkIndex(shift + q * ldb, b.length);
      Objects.checkIndex(shift + q * ldb + ldb + 2 * VL - 1, b.length);
      FloatVector b0a = FloatVector.fromArray(S, b, shift + q * ldb);
      FloatVector b0b = FloatVector.fromArray(S, b, shift + q * ldb + VL);
      FloatVector x00 = FloatVector.broadcast(S, a[q]);
      c0a = x00.fma(b0a, c0a);
      c0b = x00.fma(b0b, c0b);
      c0a.intoArray(c, co);
      FloatVector x01 = FloatVector.broadcast(S, a[q + LDA]);
      c1a = x01.fma(b0a, c1a);
      c1b = x01.fma(b0b, c1b);
      FloatVector x02 = FloatVector.broadcast(S, a[q + 2 * LDA]);
      c2a = x02.fma(b0a, c2a);
      c2b = x02.fma(b0b, c2b);
      c0a.intoArray(c, co);
      FloatVector x03 = FloatVector.broadcast(S, a[q + 3 * LDA]);
      c3a = x03.fma(b0a, c3a);
      c3b = x03.fma(b0b, c3b);
      FloatVector x04 = FloatVector.broadcast(S, a[q + 4 * LDA]);
      c4a = x04.fma(b0a, c4a);
      c4b = x04.fma(b0b, c4b);
      c0a.intoArray(c, co);
      FloatVector b1a = FloatVector.fromArray(S, b, shift + q * ldb + ldb);
      FloatVector b1b = FloatVector.fromArray(S, b, shift + q * ldb + ldb + VL);
      FloatVector x10 = FloatVector.broadcast(S, a[q + 1]);
      c0a = x10.fma(b1a, c0a);
      c0b = x10.fma(b1b, c0b);
      c0a.intoArray(c, co);
      FloatVector x11 = FloatVector.broadcast(S, a[q + LDA + 1]);
      c1a = x11.fma(b1a, c1a);
      c1b = x11.fma(b1b, c1b);
      FloatVector x12 = FloatVector.broadcast(S, a[q + 2 * LDA + 1]);
      c2a = x12.fma(b1a, c2a);
      c2b = x12.fma(b1b, c2b);
      c0a.intoArray(c, co);
      FloatVector x13 = FloatVector.broadcast(S, a[q + 3 * LDA + 1]);
      c3a = x13.fma(b1a, c3a);
      c3b = x13.fma(b1b, c3b);
      FloatVector x14 = FloatVector.broadcast(S, a[q + 4 * LDA + 1]);
      c4a = x14.fma(b1a, c4a);
      c4b = x14.fma(b1b, c4b);
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
}
