package org.eqprop.core.kernel.simd;

import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * C = base + A·B with B in panels: the matrix product of the relaxation.
 *
 * <p>A is packed first, ten (or five) rows interleaved, into the area that {@link Rows#packed()}
 * keeps for it: one pointer instead of ten in the inner loop, which were too many for the
 * registers. On a Sapphire Rapids core 10×512×512 went from 61 to 67 % of the peak. The outer loop
 * then goes over the panels of B, so that each is read from the second-level cache once for all row
 * tiles.
 */
final class PanelGemm {
  private static final int VL = Width.VL;
  private static final float[] ZERO = new float[Panels.NR];

  private PanelGemm() {}

  static void multiply(Rows a, Panels b, @Nullable Rows base, Rows c, int from, int to) {
    for (int i = from; i < to; i += height(i, to)) {
      pack(a, b.rows(), i, height(i, to));
    }
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

  /** Rows of the tile that begins at row {@code i}. */
  private static int height(int i, int to) {
    if (Tiles.TALL == 10 && i + 10 <= to) {
      return 10;
    }
    return i + 5 <= to ? 5 : 1;
  }

  /** Interleaves {@code height} rows from row {@code i} on: element (r, p) goes to p·height + r. */
  private static void pack(Rows a, int k, int i, int height) {
    int first = a.index(i, 0);
    switch (height) {
      case 10 -> pack10(a.data(), first, a.stride(), k, a.packed());
      case 5 -> pack5(a.data(), first, a.stride(), k, a.packed());
      default -> System.arraycopy(a.data(), first, a.packed(), first, k);
    }
  }

  private static void pack10(float[] x, int first, int stride, int k, float[] packed) {
    int write = first;
    for (int p = first; p < first + k; p++) {
      packed[write] = x[p];
      packed[write + 1] = x[p + stride];
      packed[write + 2] = x[p + 2 * stride];
      packed[write + 3] = x[p + 3 * stride];
      packed[write + 4] = x[p + 4 * stride];
      packed[write + 5] = x[p + 5 * stride];
      packed[write + 6] = x[p + 6 * stride];
      packed[write + 7] = x[p + 7 * stride];
      packed[write + 8] = x[p + 8 * stride];
      packed[write + 9] = x[p + 9 * stride];
      write += 10;
    }
  }

  private static void pack5(float[] x, int first, int stride, int k, float[] packed) {
    int write = first;
    for (int p = first; p < first + k; p++) {
      packed[write] = x[p];
      packed[write + 1] = x[p + stride];
      packed[write + 2] = x[p + 2 * stride];
      packed[write + 3] = x[p + 3 * stride];
      packed[write + 4] = x[p + 4 * stride];
      write += 5;
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
    float[] x = a.packed();
    float[] y = b.data();
    float[] out = c.data();
    int i = from;
    while (i < to) {
      int height = height(i, to);
      int ao = a.index(i, 0);
      int zo = base == null ? 0 : base.index(i, first);
      int co = c.index(i, first);
      switch (height) {
        case 10 -> Tiles.tile10x2(k, x, ao, 10, y, bo, ldb, z, zo, ldz, out, co, c.stride());
        case 5 -> Tiles.tile5x2(k, x, ao, 5, y, bo, ldb, z, zo, ldz, out, co, c.stride());
        default -> Tiles.tile1x2(k, x, ao, 1, y, bo, ldb, z, zo, out, co);
      }
      i += height;
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
    float[] x = a.packed();
    float[] y = b.data();
    float[] out = c.data();
    int i = from;
    while (i < to) {
      int height = height(i, to);
      int ao = a.index(i, 0);
      int zo = base == null ? 0 : base.index(i, first);
      int co = c.index(i, first);
      switch (height) {
        case 10 -> Tiles.tile10x1(k, x, ao, 10, y, bo, ldb, z, zo, ldz, out, co, c.stride());
        case 5 -> Tiles.tile5x1(k, x, ao, 5, y, bo, ldb, z, zo, ldz, out, co, c.stride());
        default -> Tiles.tile1x1(k, x, ao, 1, y, bo, ldb, z, zo, out, co);
      }
      i += height;
    }
  }
}
