package org.eqprop.core.kernel.simd;

import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * C = base + A·B with B in panels: the matrix product of the relaxation.
 *
 * <p>A is packed first, ten (or five) rows interleaved, into the area that {@link Rows#packed()}
 * keeps for it: one pointer instead of ten in the inner loop, which were too many for the
 * registers, and strides that are constants. The outer loop then goes over the panels of B, in
 * ascending or descending order, so that each is read from the second-level cache once for all row
 * tiles. Rows that fill neither tile go by twos. Where the sum is short or B narrow, ten rows are
 * read where they are.
 */
final class PanelGemm {
  private static final int VL = Width.VL;
  private static final float[] ZERO = new float[Panels.NR];

  /**
   * MC·K, the floats of A that are gone through for each panel before the next one: a megabyte,
   * half of the second-level cache, where B's panel has to fit beside it. 1024³ with rows in blocks
   * of 240 takes 0.97 of the time with all rows at once; mini-batches are one block.
   */
  private static final int BLOCK = 256 * 1024;

  private static final int TALLEST = 10;

  /** The longest sum for which ten rows are not packed. */
  private static final int SHORT = 16;

  private PanelGemm() {}

  static void multiply(
      Rows a,
      Panels b,
      @Nullable Rows base,
      Rows c,
      int from,
      int to,
      int firstPanel,
      int endPanel,
      boolean descending) {
    int rows = Math.max(TALLEST, BLOCK / b.rows() / TALLEST * TALLEST);
    for (int i = from; i < to; i += rows) {
      block(a, b, base, c, i, Math.min(to, i + rows), firstPanel, endPanel, descending);
    }
  }

  /** So many rows of A that they stay in the second-level cache while the panels go by. */
  private static void block(
      Rows a,
      Panels b,
      @Nullable Rows base,
      Rows c,
      int from,
      int to,
      int firstPanel,
      int endPanel,
      boolean descending) {
    if (b.width(0) >= 2 * VL) {
      for (int i = from; i < to; i += height(i, to)) {
        pack(a, b.rows(), i, height(i, to));
      }
    }
    for (int i = firstPanel; i < endPanel; i++) {
      int p = descending ? endPanel - 1 - (i - firstPanel) : i;
      int width = b.width(p);
      int column = 0;
      for (; column + 2 * VL <= width; column += 2 * VL) {
        pairs(a, b, base, c, from, to, p, column);
      }
      if (column < width) {
        singles(a, b, base, c, from, to, p);
      }
    }
  }

  /** Rows of the tile that begins at row {@code i}; the tallest needs the registers of AVX-512. */
  private static int height(int i, int to) {
    int rows = to - i;
    if (VL == 16 && rows >= TALLEST) {
      return TALLEST;
    }
    return rows >= 5 ? 5 : Math.min(rows, 2);
  }

  /** Interleaves {@code height} rows from row {@code i} on: element (r, p) goes to p·height + r. */
  private static void pack(Rows a, int k, int i, int height) {
    int first = a.index(i, 0);
    switch (height) {
      case 10 -> {
        if (k > SHORT) {
          pack10(a.data(), first, a.stride(), k, a.packed());
        }
      }
      case 5 -> pack5(a.data(), first, a.stride(), k, a.packed());
      case 2 -> pack2(a.data(), first, a.stride(), k, a.packed());
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

  private static void pack2(float[] x, int first, int stride, int k, float[] packed) {
    int write = first;
    for (int p = first; p < first + k; p++) {
      packed[write] = x[p];
      packed[write + 1] = x[p + stride];
      write += 2;
    }
  }

  /** All rows of two vectors' width of C. */
  private static void pairs(
      Rows a, Panels b, @Nullable Rows base, Rows c, int from, int to, int panel, int column) {
    int k = b.rows();
    int ldb = b.width(panel);
    int bo = b.offset(panel) + column;
    int first = panel * Panels.NR + column;
    int ldc = c.stride();
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
        case 10 -> {
          if (k > SHORT) {
            PackedTiles.tile10x2(k, x, ao, y, bo, ldb, z, zo, ldz, out, co, ldc);
          } else {
            ShortTiles.tile10x2(k, a.data(), ao, a.stride(), y, bo, z, zo, ldz, out, co, ldc);
          }
        }
        case 5 -> PackedTiles.tile5x2(k, x, ao, y, bo, ldb, z, zo, ldz, out, co, ldc);
        case 2 -> PackedTiles.tile2x2(k, x, ao, y, bo, ldb, z, zo, ldz, out, co, ldc);
        default -> Tiles.tile1x2(k, x, ao, 1, y, bo, ldb, z, zo, out, co);
      }
      i += height;
    }
  }

  /** All rows of one vector's width of C: a short last panel where one vector fills it. */
  private static void singles(
      Rows a, Panels b, @Nullable Rows base, Rows c, int from, int to, int panel) {
    int k = b.rows();
    int bo = b.offset(panel);
    int first = panel * Panels.NR;
    int lda = a.stride();
    int ldc = c.stride();
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
        NarrowTiles.tile10x1(k, x, ao, lda, y, bo, z, zo, ldz, out, co, ldc);
        i += 10;
      } else if (i + 5 <= to) {
        NarrowTiles.tile5x1(k, x, ao, lda, y, bo, z, zo, ldz, out, co, ldc);
        i += 5;
      } else {
        Tiles.tile1x1(k, x, ao, 1, y, bo, Rows.PAD, z, zo, out, co);
        i += 1;
      }
    }
  }
}
