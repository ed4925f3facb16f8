package org.eqprop.core.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * C = base + A·Bᵀ for up to {@link Rows#PAD} long rows of B: lanes along the sum, which a product
 * with as few columns would leave unused.
 *
 * <p>Tiles leave the {@link Rows#PAD} partial sums of each element in the area that {@link
 * Rows#packed()} keeps for A; then those of a row of C are added up together, lane e of the result
 * being those of column e. Vectors narrower than the partial sums take them in several passes.
 */
final class RowDots {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;

  /** Partial sums of an element, and places for elements in a row of C. */
  private static final int LANES = Rows.PAD;

  /** Floats that the partial sums of a row of C take. */
  private static final int ROW = LANES * LANES;

  private static final float[] ZERO = new float[LANES];

  private RowDots() {}

  static void dots(Rows a, Rows b, @Nullable Rows base, Rows c, int from, int to) {
    int height = Math.min(2, to - from);
    for (int i = from; i < to; i += height) {
      // An odd last row goes with the one before it, whose sums come out again, a single row with
      // itself: a tile of one row would run so seldom in training that it stays uncompiled, and
      // allocates, for seconds.
      int first = Math.min(i, to - height);
      for (int lane = 0; lane < LANES; lane += VL) {
        partialSums(a, b, first, height, lane);
      }
      for (int r = i; r < first + height; r++) {
        float[] z = base == null ? ZERO : base.data();
        int zo = base == null ? 0 : base.index(r, 0);
        int t = a.packedIndex(first) + (r - first) * ROW;
        if (VL == LANES) {
          Folds.row(a.packed(), t, c.size(), z, zo, c.data(), c.index(r, 0));
        } else {
          foldRow(a.packed(), t, c.size(), z, zo, c.data(), c.index(r, 0));
        }
      }
    }
  }

  /** Of all elements of {@code height} rows of C the partial sums from {@code lane} on, VL each. */
  private static void partialSums(Rows a, Rows b, int i, int height, int lane) {
    int n = b.count();
    int k = a.padded();
    float[] x = a.data();
    float[] y = b.data();
    float[] t = a.packed();
    int ao = a.index(i, lane);
    int to = a.packedIndex(i) + lane;
    int second = height - 1;
    int j = 0;
    for (; j + 5 <= n; j += 5) {
      int bo = b.index(j, lane);
      int tj = to + j * LANES;
      tile2x5(k, x, ao, ao + second * a.stride(), y, bo, b.stride(), t, tj, tj + second * ROW);
    }
    for (; j < n; j++) {
      for (int r = 0; r < height; r++) {
        tile1x1(k, x, ao + r * a.stride(), y, b.index(j, lane), t, to + r * ROW + j * LANES);
      }
    }
  }

  /** Two rows of A, which may be the same, five of B. */
  private static void tile2x5(
      int k, float[] a, int a0, int a1, float[] b, int bo, int ldb, float[] t, int t0, int t1) {
    int b1 = bo + ldb;
    int b2 = bo + 2 * ldb;
    int b3 = bo + 3 * ldb;
    int b4 = bo + 4 * ldb;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c03 = zero;
    FloatVector c04 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c13 = zero;
    FloatVector c14 = zero;
    for (int p = 0; p < k; p += LANES) {
      FloatVector y0 = FloatVector.fromArray(S, b, bo + p);
      FloatVector y1 = FloatVector.fromArray(S, b, b1 + p);
      FloatVector y2 = FloatVector.fromArray(S, b, b2 + p);
      FloatVector y3 = FloatVector.fromArray(S, b, b3 + p);
      FloatVector y4 = FloatVector.fromArray(S, b, b4 + p);
      FloatVector x0 = FloatVector.fromArray(S, a, a0 + p);
      c00 = x0.fma(y0, c00);
      c01 = x0.fma(y1, c01);
      c02 = x0.fma(y2, c02);
      c03 = x0.fma(y3, c03);
      c04 = x0.fma(y4, c04);
      FloatVector x1 = FloatVector.fromArray(S, a, a1 + p);
      c10 = x1.fma(y0, c10);
      c11 = x1.fma(y1, c11);
      c12 = x1.fma(y2, c12);
      c13 = x1.fma(y3, c13);
      c14 = x1.fma(y4, c14);
    }
    c00.intoArray(t, t0);
    c01.intoArray(t, t0 + LANES);
    c02.intoArray(t, t0 + 2 * LANES);
    c03.intoArray(t, t0 + 3 * LANES);
    c04.intoArray(t, t0 + 4 * LANES);
    c10.intoArray(t, t1);
    c11.intoArray(t, t1 + LANES);
    c12.intoArray(t, t1 + 2 * LANES);
    c13.intoArray(t, t1 + 3 * LANES);
    c14.intoArray(t, t1 + 4 * LANES);
  }

  /** One row of each. */
  private static void tile1x1(int k, float[] a, int ao, float[] b, int bo, float[] t, int to) {
    FloatVector c00 = FloatVector.zero(S);
    for (int p = 0; p < k; p += LANES) {
      FloatVector y0 = FloatVector.fromArray(S, b, bo + p);
      FloatVector x0 = FloatVector.fromArray(S, a, ao + p);
      c00 = x0.fma(y0, c00);
    }
    c00.intoArray(t, to);
  }

  /** {@link Folds#row} where a vector does not hold the partial sums. */
  private static void foldRow(float[] t, int to, int n, float[] z, int zo, float[] c, int co) {
    for (int e = 0; e < LANES; e++) {
      float sum = 0f;
      if (e < n) {
        int first = to + e * LANES;
        for (int width = LANES / 2; width > 0; width /= 2) {
          for (int l = first; l < first + width; l++) {
            t[l] += t[l + width];
          }
        }
        sum = z[zo + e] + t[first];
      }
      c[co + e] = sum;
    }
  }

  /** Adding up across lanes; apart, because it is for 512-bit vectors only. */
  private static final class Folds {
    /** Indices of the lane that is 8, 4, 2 or 1 away, upwards in the lower ones. */
    private static final float[] SWAPS = new float[4 * LANES];

    static {
      for (int i = 0; i < SWAPS.length; i++) {
        SWAPS[i] = (i % LANES) ^ (8 >> (i / LANES));
      }
    }

    private Folds() {}

    /**
     * c[e] = z[e] + the sum of t's row e for e below n, else 0.
     *
     * <p>Two vectors become one that has the sums of pairs of lanes of both, 8 lanes apart, then 4,
     * 2, 1; sixteen have become one after four rounds.
     */
    static void row(float[] t, int to, int n, float[] z, int zo, float[] c, int co) {
      VectorMask<Float> upper8 = VectorMask.fromLong(S, 0xff00);
      VectorMask<Float> upper4 = VectorMask.fromLong(S, 0xf0f0);
      VectorMask<Float> upper2 = VectorMask.fromLong(S, 0xcccc);
      VectorMask<Float> upper1 = VectorMask.fromLong(S, 0xaaaa);
      FloatVector swap8 = FloatVector.fromArray(S, SWAPS, 0);
      FloatVector swap4 = FloatVector.fromArray(S, SWAPS, LANES);
      FloatVector swap2 = FloatVector.fromArray(S, SWAPS, 2 * LANES);
      FloatVector swap1 = FloatVector.fromArray(S, SWAPS, 3 * LANES);
      FloatVector v0 = FloatVector.fromArray(S, t, to);
      FloatVector v1 = FloatVector.fromArray(S, t, to + LANES);
      FloatVector v2 = FloatVector.fromArray(S, t, to + 2 * LANES);
      FloatVector v3 = FloatVector.fromArray(S, t, to + 3 * LANES);
      FloatVector v4 = FloatVector.fromArray(S, t, to + 4 * LANES);
      FloatVector v5 = FloatVector.fromArray(S, t, to + 5 * LANES);
      FloatVector v6 = FloatVector.fromArray(S, t, to + 6 * LANES);
      FloatVector v7 = FloatVector.fromArray(S, t, to + 7 * LANES);
      FloatVector v8 = FloatVector.fromArray(S, t, to + 8 * LANES);
      FloatVector v9 = FloatVector.fromArray(S, t, to + 9 * LANES);
      FloatVector v10 = FloatVector.fromArray(S, t, to + 10 * LANES);
      FloatVector v11 = FloatVector.fromArray(S, t, to + 11 * LANES);
      FloatVector v12 = FloatVector.fromArray(S, t, to + 12 * LANES);
      FloatVector v13 = FloatVector.fromArray(S, t, to + 13 * LANES);
      FloatVector v14 = FloatVector.fromArray(S, t, to + 14 * LANES);
      FloatVector v15 = FloatVector.fromArray(S, t, to + 15 * LANES);
      v0 = v0.blend(v8, upper8).add(swap8.selectFrom(v8.blend(v0, upper8)));
      v1 = v1.blend(v9, upper8).add(swap8.selectFrom(v9.blend(v1, upper8)));
      v2 = v2.blend(v10, upper8).add(swap8.selectFrom(v10.blend(v2, upper8)));
      v3 = v3.blend(v11, upper8).add(swap8.selectFrom(v11.blend(v3, upper8)));
      v4 = v4.blend(v12, upper8).add(swap8.selectFrom(v12.blend(v4, upper8)));
      v5 = v5.blend(v13, upper8).add(swap8.selectFrom(v13.blend(v5, upper8)));
      v6 = v6.blend(v14, upper8).add(swap8.selectFrom(v14.blend(v6, upper8)));
      v7 = v7.blend(v15, upper8).add(swap8.selectFrom(v15.blend(v7, upper8)));
      v0 = v0.blend(v4, upper4).add(swap4.selectFrom(v4.blend(v0, upper4)));
      v1 = v1.blend(v5, upper4).add(swap4.selectFrom(v5.blend(v1, upper4)));
      v2 = v2.blend(v6, upper4).add(swap4.selectFrom(v6.blend(v2, upper4)));
      v3 = v3.blend(v7, upper4).add(swap4.selectFrom(v7.blend(v3, upper4)));
      v0 = v0.blend(v2, upper2).add(swap2.selectFrom(v2.blend(v0, upper2)));
      v1 = v1.blend(v3, upper2).add(swap2.selectFrom(v3.blend(v1, upper2)));
      v0 = v0.blend(v1, upper1).add(swap1.selectFrom(v1.blend(v0, upper1)));
      FloatVector sum = FloatVector.fromArray(S, z, zo).add(v0);
      VectorMask<Float> none =
          FloatVector.zero(S).addIndex(1).compare(VectorOperators.GE, (float) n);
      sum.blend(0f, none).intoArray(c, co);
    }
  }
}
