package org.eqprop.core.kernel.simd;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;

/**
 * The tallest register tile of the deep product, ten rows of two vectors: C = Z + A·B with A
 * packed, so that the distance of its rows is a constant, which the compiler turns into plain
 * displacements. Needs the registers of AVX-512.
 *
 * <p>Step q, counted from {@code ao}, reads a[q + i·{@link Rows#PACKED_STRIDE}] and b[bo + (q −
 * ao)·{@link Panels#NR}]; row i of C is at co + i·ldc, of Z at zo + i·ldz (ldz = 0 reads one row
 * for all). The fewer scalar instructions a step has, the fewer multiply-adds they keep from their
 * ports: the position in A is the loop's counter, and a turn of the loop is four steps. Each
 * element of C has one accumulator and ascending q, so neither the tile's shape nor the unrolling
 * shows in the result.
 *
 * <p>Between the steps of a turn it stores no lane of a vector to B, which does two things. The
 * compiler moves no load across a store: it would load the broadcasts of all four steps first, and
 * spill the sums for them. And the core fetches the cache line that is stored to, as its owner,
 * without waiting for it, which is what a prefetch does and the Vector API lacks.
 */
final class TallTile {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;
  private static final int LDA = Rows.PACKED_STRIDE;
  private static final int LDB = Panels.NR;

  /** Read rather than {@code maskAll(false)}, with which C2 keeps the loop's counter in memory. */
  private static final boolean[] NO_LANE = new boolean[VL];

  private TallTile() {}

  /**
   * The product over {@code k} terms.
   *
   * @param ahead where in B to fetch; anywhere, for nothing is stored
   * @param spread {@code Width.VL} to fetch three of each four lines from {@code ahead} on, one
   *     line a term; 0 to fetch none but the first
   */
  static void multiply(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int ahead,
      int spread,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int turns = k & -4;
    fours(turns, a, ao, b, bo, ahead, spread, z, zo, ldz, c, co, ldc);
    if (turns < k) {
      int rest = k - turns;
      int at = bo + turns * LDB;
      int upper = ao + turns;
      int lower = upper + 5 * LDA;
      int half = co + 5 * ldc;
      PackedTiles.tile5x2(rest, a, upper, b, at, LDB, c, co, ldc, c, co, ldc);
      PackedTiles.tile5x2(rest, a, lower, b, at, LDB, c, half, ldc, c, half, ldc);
    }
  }

  /** The same for a number of terms that four divides. */
  private static void fours(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int ahead,
      int spread,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int shift = bo - ao * LDB;
    int fetch = ahead - ao * spread;
    int end = ao + k;
    VectorMask<Float> none = VectorMask.fromArray(S, NO_LANE, 0);
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
    for (int q = ao; q < end - 3; q += 4) {
      // C2 merges the checks of all reads between these two into them.
      Objects.checkIndex(q, a.length);
      Objects.checkIndex(q + 9 * LDA + 3, a.length);
      FloatVector b0a = FloatVector.fromArray(S, b, shift + q * LDB);
      FloatVector b0b = FloatVector.fromArray(S, b, shift + q * LDB + VL);
      FloatVector x00 = FloatVector.broadcast(S, a[q]);
      c0a = x00.fma(b0a, c0a);
      c0b = x00.fma(b0b, c0b);
      FloatVector x01 = FloatVector.broadcast(S, a[q + LDA]);
      c1a = x01.fma(b0a, c1a);
      c1b = x01.fma(b0b, c1b);
      FloatVector x02 = FloatVector.broadcast(S, a[q + 2 * LDA]);
      c2a = x02.fma(b0a, c2a);
      c2b = x02.fma(b0b, c2b);
      FloatVector x03 = FloatVector.broadcast(S, a[q + 3 * LDA]);
      c3a = x03.fma(b0a, c3a);
      c3b = x03.fma(b0b, c3b);
      FloatVector x04 = FloatVector.broadcast(S, a[q + 4 * LDA]);
      c4a = x04.fma(b0a, c4a);
      c4b = x04.fma(b0b, c4b);
      FloatVector x05 = FloatVector.broadcast(S, a[q + 5 * LDA]);
      c5a = x05.fma(b0a, c5a);
      c5b = x05.fma(b0b, c5b);
      FloatVector x06 = FloatVector.broadcast(S, a[q + 6 * LDA]);
      c6a = x06.fma(b0a, c6a);
      c6b = x06.fma(b0b, c6b);
      FloatVector x07 = FloatVector.broadcast(S, a[q + 7 * LDA]);
      c7a = x07.fma(b0a, c7a);
      c7b = x07.fma(b0b, c7b);
      FloatVector x08 = FloatVector.broadcast(S, a[q + 8 * LDA]);
      c8a = x08.fma(b0a, c8a);
      c8b = x08.fma(b0b, c8b);
      FloatVector x09 = FloatVector.broadcast(S, a[q + 9 * LDA]);
      c9a = x09.fma(b0a, c9a);
      c9b = x09.fma(b0b, c9b);
      c0a.intoArray(b, fetch + q * spread, none);
      FloatVector b1a = FloatVector.fromArray(S, b, shift + q * LDB + LDB);
      FloatVector b1b = FloatVector.fromArray(S, b, shift + q * LDB + LDB + VL);
      FloatVector x10 = FloatVector.broadcast(S, a[q + 1]);
      c0a = x10.fma(b1a, c0a);
      c0b = x10.fma(b1b, c0b);
      FloatVector x11 = FloatVector.broadcast(S, a[q + LDA + 1]);
      c1a = x11.fma(b1a, c1a);
      c1b = x11.fma(b1b, c1b);
      FloatVector x12 = FloatVector.broadcast(S, a[q + 2 * LDA + 1]);
      c2a = x12.fma(b1a, c2a);
      c2b = x12.fma(b1b, c2b);
      FloatVector x13 = FloatVector.broadcast(S, a[q + 3 * LDA + 1]);
      c3a = x13.fma(b1a, c3a);
      c3b = x13.fma(b1b, c3b);
      FloatVector x14 = FloatVector.broadcast(S, a[q + 4 * LDA + 1]);
      c4a = x14.fma(b1a, c4a);
      c4b = x14.fma(b1b, c4b);
      FloatVector x15 = FloatVector.broadcast(S, a[q + 5 * LDA + 1]);
      c5a = x15.fma(b1a, c5a);
      c5b = x15.fma(b1b, c5b);
      FloatVector x16 = FloatVector.broadcast(S, a[q + 6 * LDA + 1]);
      c6a = x16.fma(b1a, c6a);
      c6b = x16.fma(b1b, c6b);
      FloatVector x17 = FloatVector.broadcast(S, a[q + 7 * LDA + 1]);
      c7a = x17.fma(b1a, c7a);
      c7b = x17.fma(b1b, c7b);
      FloatVector x18 = FloatVector.broadcast(S, a[q + 8 * LDA + 1]);
      c8a = x18.fma(b1a, c8a);
      c8b = x18.fma(b1b, c8b);
      FloatVector x19 = FloatVector.broadcast(S, a[q + 9 * LDA + 1]);
      c9a = x19.fma(b1a, c9a);
      c9b = x19.fma(b1b, c9b);
      c0a.intoArray(b, fetch + q * spread + VL, none);
      FloatVector b2a = FloatVector.fromArray(S, b, shift + q * LDB + 2 * LDB);
      FloatVector b2b = FloatVector.fromArray(S, b, shift + q * LDB + 2 * LDB + VL);
      FloatVector x20 = FloatVector.broadcast(S, a[q + 2]);
      c0a = x20.fma(b2a, c0a);
      c0b = x20.fma(b2b, c0b);
      FloatVector x21 = FloatVector.broadcast(S, a[q + LDA + 2]);
      c1a = x21.fma(b2a, c1a);
      c1b = x21.fma(b2b, c1b);
      FloatVector x22 = FloatVector.broadcast(S, a[q + 2 * LDA + 2]);
      c2a = x22.fma(b2a, c2a);
      c2b = x22.fma(b2b, c2b);
      FloatVector x23 = FloatVector.broadcast(S, a[q + 3 * LDA + 2]);
      c3a = x23.fma(b2a, c3a);
      c3b = x23.fma(b2b, c3b);
      FloatVector x24 = FloatVector.broadcast(S, a[q + 4 * LDA + 2]);
      c4a = x24.fma(b2a, c4a);
      c4b = x24.fma(b2b, c4b);
      FloatVector x25 = FloatVector.broadcast(S, a[q + 5 * LDA + 2]);
      c5a = x25.fma(b2a, c5a);
      c5b = x25.fma(b2b, c5b);
      FloatVector x26 = FloatVector.broadcast(S, a[q + 6 * LDA + 2]);
      c6a = x26.fma(b2a, c6a);
      c6b = x26.fma(b2b, c6b);
      FloatVector x27 = FloatVector.broadcast(S, a[q + 7 * LDA + 2]);
      c7a = x27.fma(b2a, c7a);
      c7b = x27.fma(b2b, c7b);
      FloatVector x28 = FloatVector.broadcast(S, a[q + 8 * LDA + 2]);
      c8a = x28.fma(b2a, c8a);
      c8b = x28.fma(b2b, c8b);
      FloatVector x29 = FloatVector.broadcast(S, a[q + 9 * LDA + 2]);
      c9a = x29.fma(b2a, c9a);
      c9b = x29.fma(b2b, c9b);
      c0a.intoArray(b, fetch + q * spread + 2 * VL, none);
      FloatVector b3a = FloatVector.fromArray(S, b, shift + q * LDB + 3 * LDB);
      FloatVector b3b = FloatVector.fromArray(S, b, shift + q * LDB + 3 * LDB + VL);
      FloatVector x30 = FloatVector.broadcast(S, a[q + 3]);
      c0a = x30.fma(b3a, c0a);
      c0b = x30.fma(b3b, c0b);
      FloatVector x31 = FloatVector.broadcast(S, a[q + LDA + 3]);
      c1a = x31.fma(b3a, c1a);
      c1b = x31.fma(b3b, c1b);
      FloatVector x32 = FloatVector.broadcast(S, a[q + 2 * LDA + 3]);
      c2a = x32.fma(b3a, c2a);
      c2b = x32.fma(b3b, c2b);
      FloatVector x33 = FloatVector.broadcast(S, a[q + 3 * LDA + 3]);
      c3a = x33.fma(b3a, c3a);
      c3b = x33.fma(b3b, c3b);
      FloatVector x34 = FloatVector.broadcast(S, a[q + 4 * LDA + 3]);
      c4a = x34.fma(b3a, c4a);
      c4b = x34.fma(b3b, c4b);
      FloatVector x35 = FloatVector.broadcast(S, a[q + 5 * LDA + 3]);
      c5a = x35.fma(b3a, c5a);
      c5b = x35.fma(b3b, c5b);
      FloatVector x36 = FloatVector.broadcast(S, a[q + 6 * LDA + 3]);
      c6a = x36.fma(b3a, c6a);
      c6b = x36.fma(b3b, c6b);
      FloatVector x37 = FloatVector.broadcast(S, a[q + 7 * LDA + 3]);
      c7a = x37.fma(b3a, c7a);
      c7b = x37.fma(b3b, c7b);
      FloatVector x38 = FloatVector.broadcast(S, a[q + 8 * LDA + 3]);
      c8a = x38.fma(b3a, c8a);
      c8b = x38.fma(b3b, c8b);
      FloatVector x39 = FloatVector.broadcast(S, a[q + 9 * LDA + 3]);
      c9a = x39.fma(b3a, c9a);
      c9b = x39.fma(b3b, c9b);
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
}
