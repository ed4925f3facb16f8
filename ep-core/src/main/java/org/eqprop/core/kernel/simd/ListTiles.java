package org.eqprop.core.kernel.simd;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.tensor.Rows;

/**
 * The register tiles of {@link SparseProduct}, whose rows share a list: C = Z + A·B over the
 * columns of A in which one of them is not zero.
 *
 * <p>Step q reads a[q + i·{@link Rows#PACKED_STRIDE}], and of B from the position {@code a[q +
 * }{@link ColumnLists#POSITIONS}{@code ]} on; row i of C is at co + i·ldc, of Z at zo + i·ldz (ldz
 * = 0 reads one row for all). Each element of C has one accumulator and ascending columns, so the
 * tile's shape does not show in the result.
 */
final class ListTiles {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;
  private static final int LDA = Rows.PACKED_STRIDE;
  private static final int POSITIONS = ColumnLists.POSITIONS;

  private ListTiles() {}

  /**
   * Five rows of four vectors, of two panels that are {@code distance} apart; needs the registers
   * of AVX-512.
   */
  static void tile5x4(
      int n,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int distance,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int end = ao + n;
    int vz = ldz == 0 ? 0 : VL;
    FloatVector c0a = FloatVector.fromArray(S, z, zo);
    FloatVector c0b = FloatVector.fromArray(S, z, zo + vz);
    FloatVector c0c = FloatVector.fromArray(S, z, zo + 2 * vz);
    FloatVector c0d = FloatVector.fromArray(S, z, zo + 3 * vz);
    FloatVector c1a = FloatVector.fromArray(S, z, zo + ldz);
    FloatVector c1b = FloatVector.fromArray(S, z, zo + ldz + vz);
    FloatVector c1c = FloatVector.fromArray(S, z, zo + ldz + 2 * vz);
    FloatVector c1d = FloatVector.fromArray(S, z, zo + ldz + 3 * vz);
    FloatVector c2a = FloatVector.fromArray(S, z, zo + 2 * ldz);
    FloatVector c2b = FloatVector.fromArray(S, z, zo + 2 * ldz + vz);
    FloatVector c2c = FloatVector.fromArray(S, z, zo + 2 * ldz + 2 * vz);
    FloatVector c2d = FloatVector.fromArray(S, z, zo + 2 * ldz + 3 * vz);
    FloatVector c3a = FloatVector.fromArray(S, z, zo + 3 * ldz);
    FloatVector c3b = FloatVector.fromArray(S, z, zo + 3 * ldz + vz);
    FloatVector c3c = FloatVector.fromArray(S, z, zo + 3 * ldz + 2 * vz);
    FloatVector c3d = FloatVector.fromArray(S, z, zo + 3 * ldz + 3 * vz);
    FloatVector c4a = FloatVector.fromArray(S, z, zo + 4 * ldz);
    FloatVector c4b = FloatVector.fromArray(S, z, zo + 4 * ldz + vz);
    FloatVector c4c = FloatVector.fromArray(S, z, zo + 4 * ldz + 2 * vz);
    FloatVector c4d = FloatVector.fromArray(S, z, zo + 4 * ldz + 3 * vz);
    for (int q = ao; q < end; q++) {
      Objects.checkIndex(q, a.length);
      Objects.checkIndex(q + 4 * LDA, a.length);
      int i = bo + Float.floatToRawIntBits(a[q + POSITIONS]);
      FloatVector ba = FloatVector.fromArray(S, b, i);
      FloatVector bb = FloatVector.fromArray(S, b, i + VL);
      FloatVector bc = FloatVector.fromArray(S, b, i + distance);
      FloatVector bd = FloatVector.fromArray(S, b, i + distance + VL);
      FloatVector x0 = FloatVector.broadcast(S, a[q]);
      c0a = x0.fma(ba, c0a);
      c0b = x0.fma(bb, c0b);
      c0c = x0.fma(bc, c0c);
      c0d = x0.fma(bd, c0d);
      FloatVector x1 = FloatVector.broadcast(S, a[q + LDA]);
      c1a = x1.fma(ba, c1a);
      c1b = x1.fma(bb, c1b);
      c1c = x1.fma(bc, c1c);
      c1d = x1.fma(bd, c1d);
      FloatVector x2 = FloatVector.broadcast(S, a[q + 2 * LDA]);
      c2a = x2.fma(ba, c2a);
      c2b = x2.fma(bb, c2b);
      c2c = x2.fma(bc, c2c);
      c2d = x2.fma(bd, c2d);
      FloatVector x3 = FloatVector.broadcast(S, a[q + 3 * LDA]);
      c3a = x3.fma(ba, c3a);
      c3b = x3.fma(bb, c3b);
      c3c = x3.fma(bc, c3c);
      c3d = x3.fma(bd, c3d);
      FloatVector x4 = FloatVector.broadcast(S, a[q + 4 * LDA]);
      c4a = x4.fma(ba, c4a);
      c4b = x4.fma(bb, c4b);
      c4c = x4.fma(bc, c4c);
      c4d = x4.fma(bd, c4d);
    }
    c0a.add(0f).intoArray(c, co);
    c0b.add(0f).intoArray(c, co + VL);
    c0c.add(0f).intoArray(c, co + 2 * VL);
    c0d.add(0f).intoArray(c, co + 3 * VL);
    c1a.add(0f).intoArray(c, co + ldc);
    c1b.add(0f).intoArray(c, co + ldc + VL);
    c1c.add(0f).intoArray(c, co + ldc + 2 * VL);
    c1d.add(0f).intoArray(c, co + ldc + 3 * VL);
    c2a.add(0f).intoArray(c, co + 2 * ldc);
    c2b.add(0f).intoArray(c, co + 2 * ldc + VL);
    c2c.add(0f).intoArray(c, co + 2 * ldc + 2 * VL);
    c2d.add(0f).intoArray(c, co + 2 * ldc + 3 * VL);
    c3a.add(0f).intoArray(c, co + 3 * ldc);
    c3b.add(0f).intoArray(c, co + 3 * ldc + VL);
    c3c.add(0f).intoArray(c, co + 3 * ldc + 2 * VL);
    c3d.add(0f).intoArray(c, co + 3 * ldc + 3 * VL);
    c4a.add(0f).intoArray(c, co + 4 * ldc);
    c4b.add(0f).intoArray(c, co + 4 * ldc + VL);
    c4c.add(0f).intoArray(c, co + 4 * ldc + 2 * VL);
    c4d.add(0f).intoArray(c, co + 4 * ldc + 3 * VL);
  }

  /** Five rows of two vectors. */
  static void tile5x2(
      int n,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int end = ao + n;
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
      // C2 merges the checks of all reads of A between these two into them.
      Objects.checkIndex(q, a.length);
      Objects.checkIndex(q + 4 * LDA, a.length);
      int i = bo + Float.floatToRawIntBits(a[q + POSITIONS]);
      FloatVector ba = FloatVector.fromArray(S, b, i);
      FloatVector bb = FloatVector.fromArray(S, b, i + VL);
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
    c0a.add(0f).intoArray(c, co);
    c0b.add(0f).intoArray(c, co + VL);
    c1a.add(0f).intoArray(c, co + ldc);
    c1b.add(0f).intoArray(c, co + ldc + VL);
    c2a.add(0f).intoArray(c, co + 2 * ldc);
    c2b.add(0f).intoArray(c, co + 2 * ldc + VL);
    c3a.add(0f).intoArray(c, co + 3 * ldc);
    c3b.add(0f).intoArray(c, co + 3 * ldc + VL);
    c4a.add(0f).intoArray(c, co + 4 * ldc);
    c4b.add(0f).intoArray(c, co + 4 * ldc + VL);
  }
}
