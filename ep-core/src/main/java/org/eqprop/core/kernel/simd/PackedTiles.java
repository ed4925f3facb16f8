package org.eqprop.core.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;

/**
 * The register tiles of the deep product for what {@link TallTile} leaves: five, four, two rows or
 * one, of two vectors. Their arguments are the same, and the panel's {@code width}, which narrower
 * vectors go through in several columns.
 */
final class PackedTiles {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;
  private static final int LDA = Rows.PACKED_STRIDE;

  private PackedTiles() {}

  /** Five rows of two vectors. */
  static void tile5x2(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int width,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int ldb = VL == 16 ? Panels.NR : width;
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
    for (int q = ao; q < end; q++) {
      FloatVector ba = FloatVector.fromArray(S, b, shift + q * ldb);
      FloatVector bb = FloatVector.fromArray(S, b, shift + q * ldb + VL);
      FloatVector x0 = FloatVector.broadcast(S, a[q]);
      c0a = x0.fma(ba, c0a);
      c0b = x0.fma(bb, c0b);
      FloatVector x1 = FloatVector.broadcast(S, a[q + LDA]);
      c1a = x1.fma(ba, c1a);
      c1b = x1.fma(bb, c1b);
      FloatVector x2 = FloatVector.broadcast(S, a[q + 2 * LDA]);
      c2a = x2.fma(ba, c2a);
      c2b = x2.fma(bb, c2b);
      FloatVector x3 = FloatVector.broadcast(S, a[q + 3 * LDA]);
      c3a = x3.fma(ba, c3a);
      c3b = x3.fma(bb, c3b);
      FloatVector x4 = FloatVector.broadcast(S, a[q + 4 * LDA]);
      c4a = x4.fma(ba, c4a);
      c4b = x4.fma(bb, c4b);
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

  /** Four rows of two vectors. */
  static void tile4x2(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int width,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int ldb = VL == 16 ? Panels.NR : width;
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
    for (int q = ao; q < end; q++) {
      FloatVector ba = FloatVector.fromArray(S, b, shift + q * ldb);
      FloatVector bb = FloatVector.fromArray(S, b, shift + q * ldb + VL);
      FloatVector x0 = FloatVector.broadcast(S, a[q]);
      c0a = x0.fma(ba, c0a);
      c0b = x0.fma(bb, c0b);
      FloatVector x1 = FloatVector.broadcast(S, a[q + LDA]);
      c1a = x1.fma(ba, c1a);
      c1b = x1.fma(bb, c1b);
      FloatVector x2 = FloatVector.broadcast(S, a[q + 2 * LDA]);
      c2a = x2.fma(ba, c2a);
      c2b = x2.fma(bb, c2b);
      FloatVector x3 = FloatVector.broadcast(S, a[q + 3 * LDA]);
      c3a = x3.fma(ba, c3a);
      c3b = x3.fma(bb, c3b);
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

  /** Two rows of two vectors. */
  static void tile2x2(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int width,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int ldb = VL == 16 ? Panels.NR : width;
    int shift = bo - ao * ldb;
    int end = ao + k;
    FloatVector c0a = FloatVector.fromArray(S, z, zo);
    FloatVector c0b = FloatVector.fromArray(S, z, zo + VL);
    FloatVector c1a = FloatVector.fromArray(S, z, zo + ldz);
    FloatVector c1b = FloatVector.fromArray(S, z, zo + ldz + VL);
    for (int q = ao; q < end; q++) {
      FloatVector ba = FloatVector.fromArray(S, b, shift + q * ldb);
      FloatVector bb = FloatVector.fromArray(S, b, shift + q * ldb + VL);
      FloatVector x0 = FloatVector.broadcast(S, a[q]);
      c0a = x0.fma(ba, c0a);
      c0b = x0.fma(bb, c0b);
      FloatVector x1 = FloatVector.broadcast(S, a[q + LDA]);
      c1a = x1.fma(ba, c1a);
      c1b = x1.fma(bb, c1b);
    }
    c0a.intoArray(c, co);
    c0b.intoArray(c, co + VL);
    c1a.intoArray(c, co + ldc);
    c1b.intoArray(c, co + ldc + VL);
  }

  /** One row of two vectors. */
  static void tile1x2(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int width,
      float[] z,
      int zo,
      float[] c,
      int co) {
    int ldb = VL == 16 ? Panels.NR : width;
    int shift = bo - ao * ldb;
    int end = ao + k;
    FloatVector c0a = FloatVector.fromArray(S, z, zo);
    FloatVector c0b = FloatVector.fromArray(S, z, zo + VL);
    for (int q = ao; q < end; q++) {
      FloatVector ba = FloatVector.fromArray(S, b, shift + q * ldb);
      FloatVector bb = FloatVector.fromArray(S, b, shift + q * ldb + VL);
      FloatVector x0 = FloatVector.broadcast(S, a[q]);
      c0a = x0.fma(ba, c0a);
      c0b = x0.fma(bb, c0b);
    }
    c0a.intoArray(c, co);
    c0b.intoArray(c, co + VL);
  }
}
