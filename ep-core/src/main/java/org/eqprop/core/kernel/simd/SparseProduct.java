package org.eqprop.core.kernel.simd;

import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * C = base + A·B where most of A is zero, as pixels are. Rows that fill register tiles share a list
 * of the columns that are not zero; each of the others has its own.
 *
 * <p>A row that is alone reads that part of B only which meets a list: for digits a fifth. It has
 * eight vectors of C in registers, and all such rows take the same eight before the next, so that
 * their part of B stays in the second-level cache.
 */
final class SparseProduct {
  private static final int VL = Width.VL;
  private static final float[] ZERO = new float[Panels.NR];

  /** The largest shares of columns, in tenths, for which a list is faster than all of them. */
  private static final int SHARED_TENTHS = 8;

  private static final int OWN_TENTHS = 5;

  /** Rows of a tile. */
  private static final int HEIGHT = 5;

  /** Panels of eight vectors. */
  private static final int PANELS = 8 * VL / Panels.NR;

  private SparseProduct() {}

  /**
   * Calculates it if there are enough zeros.
   *
   * @return false if there are not; then nothing was written
   */
  static boolean multiply(
      Rows a,
      Panels b,
      @Nullable Rows base,
      Rows c,
      int from,
      int to,
      int firstPanel,
      int endPanel) {
    int tiles = from + (to - from) / HEIGHT * HEIGHT;
    if (!listed(a, b.rows(), from, tiles, to)) {
      return false;
    }
    int wide = b.width(endPanel - 1) == Panels.NR ? endPanel : endPanel - 1;
    int pairs = TileSizes.LARGE_FILE ? firstPanel + (wide - firstPanel & -2) : firstPanel;
    for (int p = firstPanel; p < pairs && from < tiles; p += 2) {
      pair(a, b, base, c, from, tiles, p);
    }
    for (int p = pairs; p < wide && from < tiles; p++) {
      for (int column = 0; column < Panels.NR; column += 2 * VL) {
        tiles(a, b, base, c, from, tiles, p, column);
      }
    }
    if (wide < endPanel) {
      for (int column = 0; column < b.width(wide); column += VL) {
        vectors(a, b, base, c, from, tiles, HEIGHT, wide, column);
      }
    }
    int p = firstPanel;
    for (; p + PANELS <= wide && tiles < to; p += PANELS) {
      rows(a, b, base, c, tiles, to, p);
    }
    for (; p < endPanel && tiles < to; p++) {
      for (int column = 0; column < b.width(p); column += VL) {
        vectors(a, b, base, c, tiles, to, 1, p, column);
      }
    }
    return true;
  }

  private static boolean listed(Rows a, int k, int from, int tiles, int to) {
    int shared = Math.min(k * SHARED_TENTHS / 10, ColumnLists.ROOM);
    for (int r = from; r < tiles; r += HEIGHT) {
      if (ColumnLists.list(a, k, r, HEIGHT, shared) < 0) {
        return false;
      }
    }
    int own = Math.min(k * OWN_TENTHS / 10, ColumnLists.ROOM);
    for (int r = tiles; r < to; r++) {
      if (ColumnLists.list(a, k, r, 1, own) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Two panels' width of rows {@code from} to {@code to}, whole tiles. */
  private static void pair(
      Rows a, Panels b, @Nullable Rows base, Rows c, int from, int to, int panel) {
    float[] area = a.packed();
    float[] z = base == null ? ZERO : base.data();
    int ldz = base == null ? 0 : base.stride();
    int ldc = c.stride();
    int distance = Panels.NR * b.rows();
    int unit = panel * Panels.NR;
    int bo = b.offset(panel);
    for (int r = from; r < to; r += HEIGHT) {
      int ao = a.packedIndex(r);
      int n = ColumnLists.count(area, ao);
      int zo = base == null ? 0 : base.index(r, unit);
      int co = c.index(r, unit);
      ListTiles.tile5x4(n, area, ao, b.data(), bo, distance, z, zo, ldz, c.data(), co, ldc);
    }
  }

  /** Two vectors' width of rows {@code from} to {@code to}, whole tiles. */
  private static void tiles(
      Rows a, Panels b, @Nullable Rows base, Rows c, int from, int to, int panel, int column) {
    float[] area = a.packed();
    float[] z = base == null ? ZERO : base.data();
    int ldz = base == null ? 0 : base.stride();
    int unit = panel * Panels.NR + column;
    int bo = b.offset(panel) + column;
    for (int r = from; r < to; r += HEIGHT) {
      int ao = a.packedIndex(r);
      int n = ColumnLists.count(area, ao);
      int zo = base == null ? 0 : base.index(r, unit);
      int co = c.index(r, unit);
      ListTiles.tile5x2(n, area, ao, b.data(), bo, z, zo, ldz, c.data(), co, c.stride());
    }
  }

  /** Eight vectors' width of single rows, whole panels. */
  private static void rows(
      Rows a, Panels b, @Nullable Rows base, Rows c, int from, int to, int panel) {
    float[] area = a.packed();
    float[] z = base == null ? ZERO : base.data();
    int zs = base == null ? 0 : VL;
    int distance = Panels.NR * b.rows();
    int unit = panel * Panels.NR;
    for (int r = from; r < to; r++) {
      int ao = a.packedIndex(r);
      int n = ColumnLists.count(area, ao);
      int zo = base == null ? 0 : base.index(r, unit);
      int co = c.index(r, unit);
      ListRows.row8(n, area, ao, b.data(), b.offset(panel), distance, z, zo, zs, c.data(), co);
    }
  }

  /** One vector's width of rows of which so many share a list. */
  private static void vectors(
      Rows a,
      Panels b,
      @Nullable Rows base,
      Rows c,
      int from,
      int to,
      int sharing,
      int panel,
      int column) {
    float[] area = a.packed();
    float[] z = base == null ? ZERO : base.data();
    int unit = panel * Panels.NR + column;
    int halves = b.width(panel) == Panels.NR ? 0 : 1;
    int bo = b.offset(panel) + column;
    for (int r = from; r < to; r++) {
      int at = a.packedIndex(r - (r - from) % sharing);
      int n = ColumnLists.count(area, at);
      int zo = base == null ? 0 : base.index(r, unit);
      int ao = a.packedIndex(r);
      ListRows.row1(n, area, ao, at, b.data(), bo, halves, z, zo, c.data(), c.index(r, unit));
    }
  }
}
