package org.eqprop.core.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;

/**
 * G (+)= Aᵀ·B into panels, and W += rate·(Aᵀ·B): the weight gradient, a sum over samples.
 *
 * <p>A tile of MR rows × 2 vectors stays in registers over all samples; the MR elements of A that a
 * sample contributes lie side by side.
 */
final class OuterProduct {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;
  private static final float[] ZERO = new float[Panels.NR];

  private OuterProduct() {}

  static void outer(
      Rows a, Rows b, int count, Panels g, int firstPanel, int endPanel, boolean accumulate) {
    for (int p = firstPanel; p < endPanel; p++) {
      int width = g.width(p);
      int height;
      for (int i = 0; i < g.rows(); i += height) {
        height = height(width, g.rows() - i);
        block(a, b, count, p, width, i, height, g.data(), g.offset(p) + i * width, accumulate);
      }
    }
  }

  /** Each block of rows goes through the beginning of its panel of {@code scratch}. */
  static void add(
      float rate,
      Rows a,
      Rows b,
      int count,
      Panels w,
      Panels scratch,
      int firstPanel,
      int endPanel) {
    for (int p = firstPanel; p < endPanel; p++) {
      int width = w.width(p);
      int block = scratch.offset(p);
      int height;
      for (int i = 0; i < w.rows(); i += height) {
        height = height(width, w.rows() - i);
        block(a, b, count, p, width, i, height, scratch.data(), block, false);
        add(rate, scratch.data(), block, w.data(), w.offset(p) + i * width, height * width);
      }
    }
  }

  private static void add(float rate, float[] x, int xo, float[] y, int yo, int n) {
    FloatVector factor = FloatVector.broadcast(S, rate);
    for (int j = 0; j < n; j += VL) {
      FloatVector old = FloatVector.fromArray(S, y, yo + j);
      factor.fma(FloatVector.fromArray(S, x, xo + j), old).intoArray(y, yo + j);
    }
  }

  /** Rows of the next tile, of one or two vectors. */
  private static int height(int width, int rows) {
    int tall = width >= 2 * VL ? TileSizes.TALL : 10;
    return rows >= tall ? tall : rows >= 5 ? 5 : 1;
  }

  /** Rows {@code i} to {@code i + height} of a panel, to be written from {@code go} on. */
  private static void block(
      Rows a,
      Rows b,
      int count,
      int panel,
      int width,
      int i,
      int height,
      float[] g,
      int go,
      boolean accumulate) {
    int ao = a.index(0, i);
    int bo = b.index(0, panel * Panels.NR);
    float[] z = accumulate ? g : ZERO;
    int ldz = accumulate ? width : 0;
    int column = 0;
    for (; column + 2 * VL <= width; column += 2 * VL) {
      int zo = accumulate ? go + column : 0;
      pair(height, count, a, ao, b, bo + column, z, zo, ldz, g, go + column, width);
    }
    if (column < width) {
      int zo = accumulate ? go + column : 0;
      single(height, count, a, ao, b, bo + column, z, zo, ldz, g, go + column, width);
    }
  }

  private static void pair(
      int height,
      int count,
      Rows a,
      int ao,
      Rows b,
      int bo,
      float[] z,
      int zo,
      int ldz,
      float[] g,
      int go,
      int ldg) {
    float[] x = a.data();
    float[] y = b.data();
    int lda = a.stride();
    int ldb = b.stride();
    switch (height) {
      case 10 -> Tiles.tile10x2(count, x, ao, lda, y, bo, ldb, z, zo, ldz, g, go, ldg);
      case 5 -> Tiles.tile5x2(count, x, ao, lda, y, bo, ldb, z, zo, ldz, g, go, ldg);
      default -> Tiles.tile1x2(count, x, ao, lda, y, bo, ldb, z, zo, g, go);
    }
  }

  private static void single(
      int height,
      int count,
      Rows a,
      int ao,
      Rows b,
      int bo,
      float[] z,
      int zo,
      int ldz,
      float[] g,
      int go,
      int ldg) {
    float[] x = a.data();
    float[] y = b.data();
    int lda = a.stride();
    int ldb = b.stride();
    switch (height) {
      case 10 -> Tiles.tile10x1(count, x, ao, lda, y, bo, ldb, z, zo, ldz, g, go, ldg);
      case 5 -> Tiles.tile5x1(count, x, ao, lda, y, bo, ldb, z, zo, ldz, g, go, ldg);
      default -> Tiles.tile1x1(count, x, ao, lda, y, bo, ldb, z, zo, g, go);
    }
  }
}
