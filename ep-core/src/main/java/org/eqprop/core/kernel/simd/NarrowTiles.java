package org.eqprop.core.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.tensor.Rows;

/**
 * The register tiles of a narrow product: C = Z + A·B with one vector of B a step, a panel as wide
 * as one 512-bit vector, such as ten classes. A is read where it is, a pointer a row: to pack it
 * would cost as much as the product.
 *
 * <p>Step p reads a[ao + i·lda + p] and b[bo + p·{@link Rows#PAD}]; row i of C is at co + i·ldc, of
 * Z at zo + i·ldz (ldz = 0 reads one row for all).
 */
final class NarrowTiles {
  private static final VectorSpecies<Float> S = Width.SPECIES;

  private NarrowTiles() {}

  /** Ten rows. */
  static void tile10x1(
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int a1 = ao + lda;
    int a2 = ao + 2 * lda;
    int a3 = ao + 3 * lda;
    int a4 = ao + 4 * lda;
    int a5 = ao + 5 * lda;
    int a6 = ao + 6 * lda;
    int a7 = ao + 7 * lda;
    int a8 = ao + 8 * lda;
    int a9 = ao + 9 * lda;
    FloatVector c0 = FloatVector.fromArray(S, z, zo);
    FloatVector c1 = FloatVector.fromArray(S, z, zo + ldz);
    FloatVector c2 = FloatVector.fromArray(S, z, zo + 2 * ldz);
    FloatVector c3 = FloatVector.fromArray(S, z, zo + 3 * ldz);
    FloatVector c4 = FloatVector.fromArray(S, z, zo + 4 * ldz);
    FloatVector c5 = FloatVector.fromArray(S, z, zo + 5 * ldz);
    FloatVector c6 = FloatVector.fromArray(S, z, zo + 6 * ldz);
    FloatVector c7 = FloatVector.fromArray(S, z, zo + 7 * ldz);
    FloatVector c8 = FloatVector.fromArray(S, z, zo + 8 * ldz);
    FloatVector c9 = FloatVector.fromArray(S, z, zo + 9 * ldz);
    for (int p = 0; p < k; p++) {
      FloatVector y = FloatVector.fromArray(S, b, bo + p * Rows.PAD);
      c0 = FloatVector.broadcast(S, a[ao + p]).fma(y, c0);
      c1 = FloatVector.broadcast(S, a[a1 + p]).fma(y, c1);
      c2 = FloatVector.broadcast(S, a[a2 + p]).fma(y, c2);
      c3 = FloatVector.broadcast(S, a[a3 + p]).fma(y, c3);
      c4 = FloatVector.broadcast(S, a[a4 + p]).fma(y, c4);
      c5 = FloatVector.broadcast(S, a[a5 + p]).fma(y, c5);
      c6 = FloatVector.broadcast(S, a[a6 + p]).fma(y, c6);
      c7 = FloatVector.broadcast(S, a[a7 + p]).fma(y, c7);
      c8 = FloatVector.broadcast(S, a[a8 + p]).fma(y, c8);
      c9 = FloatVector.broadcast(S, a[a9 + p]).fma(y, c9);
    }
    c0.intoArray(c, co);
    c1.intoArray(c, co + ldc);
    c2.intoArray(c, co + 2 * ldc);
    c3.intoArray(c, co + 3 * ldc);
    c4.intoArray(c, co + 4 * ldc);
    c5.intoArray(c, co + 5 * ldc);
    c6.intoArray(c, co + 6 * ldc);
    c7.intoArray(c, co + 7 * ldc);
    c8.intoArray(c, co + 8 * ldc);
    c9.intoArray(c, co + 9 * ldc);
  }

  /** Five rows. */
  static void tile5x1(
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int a1 = ao + lda;
    int a2 = ao + 2 * lda;
    int a3 = ao + 3 * lda;
    int a4 = ao + 4 * lda;
    FloatVector c0 = FloatVector.fromArray(S, z, zo);
    FloatVector c1 = FloatVector.fromArray(S, z, zo + ldz);
    FloatVector c2 = FloatVector.fromArray(S, z, zo + 2 * ldz);
    FloatVector c3 = FloatVector.fromArray(S, z, zo + 3 * ldz);
    FloatVector c4 = FloatVector.fromArray(S, z, zo + 4 * ldz);
    for (int p = 0; p < k; p++) {
      FloatVector y = FloatVector.fromArray(S, b, bo + p * Rows.PAD);
      c0 = FloatVector.broadcast(S, a[ao + p]).fma(y, c0);
      c1 = FloatVector.broadcast(S, a[a1 + p]).fma(y, c1);
      c2 = FloatVector.broadcast(S, a[a2 + p]).fma(y, c2);
      c3 = FloatVector.broadcast(S, a[a3 + p]).fma(y, c3);
      c4 = FloatVector.broadcast(S, a[a4 + p]).fma(y, c4);
    }
    c0.intoArray(c, co);
    c1.intoArray(c, co + ldc);
    c2.intoArray(c, co + 2 * ldc);
    c3.intoArray(c, co + 3 * ldc);
    c4.intoArray(c, co + 4 * ldc);
  }
}
