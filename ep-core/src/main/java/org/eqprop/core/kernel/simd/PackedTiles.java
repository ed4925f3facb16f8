package org.eqprop.core.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.tensor.Panels;

/**
 * The register tiles of the deep product: C = Z + A·B with A packed, so that all strides of the
 * inner loop are constants, which the compiler turns into plain displacements.
 *
 * <p>Step p reads a[ao + p·MR + i] and b[bo + p·the panel's width]; row i of C is at co + i·ldc, of
 * Z at zo + i·ldz (ldz = 0 reads one row for all). The tall tile goes four steps at a time, which
 * is 6 % faster than one at a time; the short ones gain nothing by it. Each element of C has one
 * accumulator and ascending p, so neither the tile's shape nor the unrolling shows in the result.
 */
final class PackedTiles {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;

  private PackedTiles() {}

  /** Ten rows of two vectors, a panel {@code width} wide. */
  static void tile10x2(
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
    int p = 0;
    for (; p <= k - 4; p += 4) {
      FloatVector b0a = FloatVector.fromArray(S, b, bo);
      FloatVector b0b = FloatVector.fromArray(S, b, bo + VL);
      FloatVector x00 = FloatVector.broadcast(S, a[ao]);
      c0a = x00.fma(b0a, c0a);
      c0b = x00.fma(b0b, c0b);
      FloatVector x01 = FloatVector.broadcast(S, a[ao + 1]);
      c1a = x01.fma(b0a, c1a);
      c1b = x01.fma(b0b, c1b);
      FloatVector x02 = FloatVector.broadcast(S, a[ao + 2]);
      c2a = x02.fma(b0a, c2a);
      c2b = x02.fma(b0b, c2b);
      FloatVector x03 = FloatVector.broadcast(S, a[ao + 3]);
      c3a = x03.fma(b0a, c3a);
      c3b = x03.fma(b0b, c3b);
      FloatVector x04 = FloatVector.broadcast(S, a[ao + 4]);
      c4a = x04.fma(b0a, c4a);
      c4b = x04.fma(b0b, c4b);
      FloatVector x05 = FloatVector.broadcast(S, a[ao + 5]);
      c5a = x05.fma(b0a, c5a);
      c5b = x05.fma(b0b, c5b);
      FloatVector x06 = FloatVector.broadcast(S, a[ao + 6]);
      c6a = x06.fma(b0a, c6a);
      c6b = x06.fma(b0b, c6b);
      FloatVector x07 = FloatVector.broadcast(S, a[ao + 7]);
      c7a = x07.fma(b0a, c7a);
      c7b = x07.fma(b0b, c7b);
      FloatVector x08 = FloatVector.broadcast(S, a[ao + 8]);
      c8a = x08.fma(b0a, c8a);
      c8b = x08.fma(b0b, c8b);
      FloatVector x09 = FloatVector.broadcast(S, a[ao + 9]);
      c9a = x09.fma(b0a, c9a);
      c9b = x09.fma(b0b, c9b);
      FloatVector b1a = FloatVector.fromArray(S, b, bo + ldb);
      FloatVector b1b = FloatVector.fromArray(S, b, bo + ldb + VL);
      FloatVector x10 = FloatVector.broadcast(S, a[ao + 10]);
      c0a = x10.fma(b1a, c0a);
      c0b = x10.fma(b1b, c0b);
      FloatVector x11 = FloatVector.broadcast(S, a[ao + 11]);
      c1a = x11.fma(b1a, c1a);
      c1b = x11.fma(b1b, c1b);
      FloatVector x12 = FloatVector.broadcast(S, a[ao + 12]);
      c2a = x12.fma(b1a, c2a);
      c2b = x12.fma(b1b, c2b);
      FloatVector x13 = FloatVector.broadcast(S, a[ao + 13]);
      c3a = x13.fma(b1a, c3a);
      c3b = x13.fma(b1b, c3b);
      FloatVector x14 = FloatVector.broadcast(S, a[ao + 14]);
      c4a = x14.fma(b1a, c4a);
      c4b = x14.fma(b1b, c4b);
      FloatVector x15 = FloatVector.broadcast(S, a[ao + 15]);
      c5a = x15.fma(b1a, c5a);
      c5b = x15.fma(b1b, c5b);
      FloatVector x16 = FloatVector.broadcast(S, a[ao + 16]);
      c6a = x16.fma(b1a, c6a);
      c6b = x16.fma(b1b, c6b);
      FloatVector x17 = FloatVector.broadcast(S, a[ao + 17]);
      c7a = x17.fma(b1a, c7a);
      c7b = x17.fma(b1b, c7b);
      FloatVector x18 = FloatVector.broadcast(S, a[ao + 18]);
      c8a = x18.fma(b1a, c8a);
      c8b = x18.fma(b1b, c8b);
      FloatVector x19 = FloatVector.broadcast(S, a[ao + 19]);
      c9a = x19.fma(b1a, c9a);
      c9b = x19.fma(b1b, c9b);
      FloatVector b2a = FloatVector.fromArray(S, b, bo + 2 * ldb);
      FloatVector b2b = FloatVector.fromArray(S, b, bo + 2 * ldb + VL);
      FloatVector x20 = FloatVector.broadcast(S, a[ao + 20]);
      c0a = x20.fma(b2a, c0a);
      c0b = x20.fma(b2b, c0b);
      FloatVector x21 = FloatVector.broadcast(S, a[ao + 21]);
      c1a = x21.fma(b2a, c1a);
      c1b = x21.fma(b2b, c1b);
      FloatVector x22 = FloatVector.broadcast(S, a[ao + 22]);
      c2a = x22.fma(b2a, c2a);
      c2b = x22.fma(b2b, c2b);
      FloatVector x23 = FloatVector.broadcast(S, a[ao + 23]);
      c3a = x23.fma(b2a, c3a);
      c3b = x23.fma(b2b, c3b);
      FloatVector x24 = FloatVector.broadcast(S, a[ao + 24]);
      c4a = x24.fma(b2a, c4a);
      c4b = x24.fma(b2b, c4b);
      FloatVector x25 = FloatVector.broadcast(S, a[ao + 25]);
      c5a = x25.fma(b2a, c5a);
      c5b = x25.fma(b2b, c5b);
      FloatVector x26 = FloatVector.broadcast(S, a[ao + 26]);
      c6a = x26.fma(b2a, c6a);
      c6b = x26.fma(b2b, c6b);
      FloatVector x27 = FloatVector.broadcast(S, a[ao + 27]);
      c7a = x27.fma(b2a, c7a);
      c7b = x27.fma(b2b, c7b);
      FloatVector x28 = FloatVector.broadcast(S, a[ao + 28]);
      c8a = x28.fma(b2a, c8a);
      c8b = x28.fma(b2b, c8b);
      FloatVector x29 = FloatVector.broadcast(S, a[ao + 29]);
      c9a = x29.fma(b2a, c9a);
      c9b = x29.fma(b2b, c9b);
      FloatVector b3a = FloatVector.fromArray(S, b, bo + 3 * ldb);
      FloatVector b3b = FloatVector.fromArray(S, b, bo + 3 * ldb + VL);
      FloatVector x30 = FloatVector.broadcast(S, a[ao + 30]);
      c0a = x30.fma(b3a, c0a);
      c0b = x30.fma(b3b, c0b);
      FloatVector x31 = FloatVector.broadcast(S, a[ao + 31]);
      c1a = x31.fma(b3a, c1a);
      c1b = x31.fma(b3b, c1b);
      FloatVector x32 = FloatVector.broadcast(S, a[ao + 32]);
      c2a = x32.fma(b3a, c2a);
      c2b = x32.fma(b3b, c2b);
      FloatVector x33 = FloatVector.broadcast(S, a[ao + 33]);
      c3a = x33.fma(b3a, c3a);
      c3b = x33.fma(b3b, c3b);
      FloatVector x34 = FloatVector.broadcast(S, a[ao + 34]);
      c4a = x34.fma(b3a, c4a);
      c4b = x34.fma(b3b, c4b);
      FloatVector x35 = FloatVector.broadcast(S, a[ao + 35]);
      c5a = x35.fma(b3a, c5a);
      c5b = x35.fma(b3b, c5b);
      FloatVector x36 = FloatVector.broadcast(S, a[ao + 36]);
      c6a = x36.fma(b3a, c6a);
      c6b = x36.fma(b3b, c6b);
      FloatVector x37 = FloatVector.broadcast(S, a[ao + 37]);
      c7a = x37.fma(b3a, c7a);
      c7b = x37.fma(b3b, c7b);
      FloatVector x38 = FloatVector.broadcast(S, a[ao + 38]);
      c8a = x38.fma(b3a, c8a);
      c8b = x38.fma(b3b, c8b);
      FloatVector x39 = FloatVector.broadcast(S, a[ao + 39]);
      c9a = x39.fma(b3a, c9a);
      c9b = x39.fma(b3b, c9b);
      ao += 40;
      bo += 4 * ldb;
    }
    for (; p < k; p++) {
      FloatVector b0a = FloatVector.fromArray(S, b, bo);
      FloatVector b0b = FloatVector.fromArray(S, b, bo + VL);
      FloatVector x00 = FloatVector.broadcast(S, a[ao]);
      c0a = x00.fma(b0a, c0a);
      c0b = x00.fma(b0b, c0b);
      FloatVector x01 = FloatVector.broadcast(S, a[ao + 1]);
      c1a = x01.fma(b0a, c1a);
      c1b = x01.fma(b0b, c1b);
      FloatVector x02 = FloatVector.broadcast(S, a[ao + 2]);
      c2a = x02.fma(b0a, c2a);
      c2b = x02.fma(b0b, c2b);
      FloatVector x03 = FloatVector.broadcast(S, a[ao + 3]);
      c3a = x03.fma(b0a, c3a);
      c3b = x03.fma(b0b, c3b);
      FloatVector x04 = FloatVector.broadcast(S, a[ao + 4]);
      c4a = x04.fma(b0a, c4a);
      c4b = x04.fma(b0b, c4b);
      FloatVector x05 = FloatVector.broadcast(S, a[ao + 5]);
      c5a = x05.fma(b0a, c5a);
      c5b = x05.fma(b0b, c5b);
      FloatVector x06 = FloatVector.broadcast(S, a[ao + 6]);
      c6a = x06.fma(b0a, c6a);
      c6b = x06.fma(b0b, c6b);
      FloatVector x07 = FloatVector.broadcast(S, a[ao + 7]);
      c7a = x07.fma(b0a, c7a);
      c7b = x07.fma(b0b, c7b);
      FloatVector x08 = FloatVector.broadcast(S, a[ao + 8]);
      c8a = x08.fma(b0a, c8a);
      c8b = x08.fma(b0b, c8b);
      FloatVector x09 = FloatVector.broadcast(S, a[ao + 9]);
      c9a = x09.fma(b0a, c9a);
      c9b = x09.fma(b0b, c9b);
      ao += 10;
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
    for (int p = 0; p < k; p++) {
      FloatVector b0a = FloatVector.fromArray(S, b, bo);
      FloatVector b0b = FloatVector.fromArray(S, b, bo + VL);
      FloatVector x00 = FloatVector.broadcast(S, a[ao]);
      c0a = x00.fma(b0a, c0a);
      c0b = x00.fma(b0b, c0b);
      FloatVector x01 = FloatVector.broadcast(S, a[ao + 1]);
      c1a = x01.fma(b0a, c1a);
      c1b = x01.fma(b0b, c1b);
      FloatVector x02 = FloatVector.broadcast(S, a[ao + 2]);
      c2a = x02.fma(b0a, c2a);
      c2b = x02.fma(b0b, c2b);
      FloatVector x03 = FloatVector.broadcast(S, a[ao + 3]);
      c3a = x03.fma(b0a, c3a);
      c3b = x03.fma(b0b, c3b);
      FloatVector x04 = FloatVector.broadcast(S, a[ao + 4]);
      c4a = x04.fma(b0a, c4a);
      c4b = x04.fma(b0b, c4b);
      ao += 5;
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
    FloatVector c0a = FloatVector.fromArray(S, z, zo);
    FloatVector c0b = FloatVector.fromArray(S, z, zo + VL);
    FloatVector c1a = FloatVector.fromArray(S, z, zo + ldz);
    FloatVector c1b = FloatVector.fromArray(S, z, zo + ldz + VL);
    for (int p = 0; p < k; p++) {
      FloatVector b0a = FloatVector.fromArray(S, b, bo);
      FloatVector b0b = FloatVector.fromArray(S, b, bo + VL);
      FloatVector x00 = FloatVector.broadcast(S, a[ao]);
      c0a = x00.fma(b0a, c0a);
      c0b = x00.fma(b0b, c0b);
      FloatVector x01 = FloatVector.broadcast(S, a[ao + 1]);
      c1a = x01.fma(b0a, c1a);
      c1b = x01.fma(b0b, c1b);
      ao += 2;
      bo += ldb;
    }
    c0a.intoArray(c, co);
    c0b.intoArray(c, co + VL);
    c1a.intoArray(c, co + ldc);
    c1b.intoArray(c, co + ldc + VL);
  }
}
