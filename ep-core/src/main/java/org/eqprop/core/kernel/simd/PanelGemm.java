package org.eqprop.core.kernel.simd;

import org.eqprop.core.internal.machine.SecondLevelCache;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * C = base + A·B with B in panels: the matrix product of the relaxation.
 *
 * <p>A is packed first, row by row into {@link Rows#packed()}, whose rows have a constant distance:
 * one pointer instead of ten in the inner loop, which were too many for the registers. The outer
 * loop then goes over the panels of B, in ascending or descending order, so that each is read from
 * the second-level cache once for all row tiles. Rows that do not fill a tile of ten go by fives,
 * fours and twos. Where the sum is short or B narrow, rows are read where they are.
 */
final class PanelGemm {
  private static final int VL = Width.VL;
  private static final float[] ZERO = new float[Panels.NR];

  private static final int TALLEST = 10;

  /**
   * MC, the most rows of A that are gone through for each panel before the next ones: half of the
   * second-level cache where they are as long as can be, so that B's panel and the one that is
   * fetched ahead fit beside them. Mini-batches are one block.
   */
  private static final int ROWS = rows(SecondLevelCache.bytes());

  /** The longest sum for which ten rows are not packed. */
  private static final int SHORT = 16;

  private PanelGemm() {}

  /**
   * Rows of a block by the bytes of the second-level cache: whole tiles, and no more than for two
   * megabytes, the largest that this was measured with.
   */
  static int rows(int cache) {
    int tile = TALLEST * 1024 * Float.BYTES;
    return Math.clamp(Math.round(cache / 2f / tile), 1, 26) * TALLEST;
  }

  static void multiply(
      Rows a,
      Panels b,
      @Nullable Rows base,
      Rows c,
      int from,
      int to,
      int firstPanel,
      int endPanel,
      boolean descending,
      boolean exclusive) {
    int depths = (b.rows() + TileSizes.DEPTH - 1) / TileSizes.DEPTH;
    int blocks = (to - from + ROWS - 1) / ROWS;
    for (int block = 0; block < blocks; block++) {
      int i = from + edge(to - from, block, blocks);
      int end = from + edge(to - from, block + 1, blocks);
      int packed = a.packedIndex(from);
      Rows start = base;
      for (int d = 0; d < depths; d++) {
        int first = share(b.rows(), d, depths);
        int k = share(b.rows(), d + 1, depths) - first;
        if (b.width(0) >= 2 * VL) {
          pack(a, i, end, packed, first, k);
        }
        block(
            a, b, start, c, i, end, packed, first, k, firstPanel, endPanel, descending, exclusive);
        start = c;
      }
    }
  }

  /** The products of {@code k} columns of A from {@code first} on. */
  private static void block(
      Rows a,
      Panels b,
      @Nullable Rows base,
      Rows c,
      int from,
      int to,
      int packed,
      int first,
      int k,
      int firstPanel,
      int endPanel,
      boolean descending,
      boolean exclusive) {
    for (int i = firstPanel; i < endPanel; i++) {
      int p = descending ? endPanel - 1 - (i - firstPanel) : i;
      int next = descending ? p - 1 : p + 1;
      int width = b.width(p);
      int ahead = 0;
      int aheadEnd = 0;
      if (exclusive && i + 1 < endPanel) {
        ahead = b.offset(next) + first * b.width(next);
        aheadEnd = ahead + k * b.width(next);
      }
      int column = 0;
      for (; column + 2 * VL <= width; column += 2 * VL) {
        pairs(a, b, base, c, from, to, packed, first, k, p, column, ahead, aheadEnd);
      }
      if (column < width) {
        singles(a, b, base, c, from, to, first, k, p);
      }
    }
  }

  /** Rows of the tile that begins at row {@code i}; the tallest needs the registers of AVX-512. */
  private static int height(int i, int to) {
    int rows = to - i;
    if (TileSizes.LARGE_FILE && rows >= TALLEST) {
      return TALLEST;
    }
    if (rows == 8 || rows == 4) {
      return 4;
    }
    return rows >= 5 ? 5 : Math.min(rows, 2);
  }

  /** The first of {@code n} rows in block {@code i} of so many: whole tiles, up to the last one. */
  private static int edge(int n, int i, int blocks) {
    int tiles = (n + TALLEST - 1) / TALLEST;
    return Math.min(n, share(tiles, i, blocks) * TALLEST);
  }

  /** Share {@code i} of {@code n} terms that are divided into {@code parts}. */
  private static int share(int n, int i, int parts) {
    return (int) ((long) n * i / parts);
  }

  /** Packs {@code k} columns from {@code first} on, but of rows that are read where they are. */
  private static void pack(Rows a, int from, int to, int packed, int first, int k) {
    float[] area = a.packed();
    int tall = TileSizes.LARGE_FILE && k <= SHORT ? (to - from) / TALLEST * TALLEST : 0;
    for (int i = from + tall; i < to; i++) {
      int place = packed + (i - from) * Rows.PACKED_STRIDE;
      System.arraycopy(a.data(), a.index(i, first), area, place, k);
    }
  }

  /**
   * All rows of two vectors' width of C. Meanwhile the tallest tiles fetch B from {@code ahead} to
   * {@code aheadEnd}, the terms of the panel that comes next.
   */
  private static void pairs(
      Rows a,
      Panels b,
      @Nullable Rows base,
      Rows c,
      int from,
      int to,
      int packed,
      int first,
      int k,
      int panel,
      int column,
      int ahead,
      int aheadEnd) {
    int ldb = b.width(panel);
    int bo = b.offset(panel) + first * ldb + column;
    int unit = panel * Panels.NR + column;
    int ldc = c.stride();
    float[] z = base == null ? ZERO : base.data();
    int ldz = base == null ? 0 : base.stride();
    float[] x = a.packed();
    float[] y = b.data();
    float[] out = c.data();
    int fetch = ahead;
    int i = from;
    while (i < to) {
      int height = height(i, to);
      int ao = packed + (i - from) * Rows.PACKED_STRIDE;
      int zo = base == null ? 0 : base.index(i, unit);
      int co = c.index(i, unit);
      switch (height) {
        case 10 -> {
          if (k > SHORT) {
            int spread = fetch < aheadEnd ? VL : 0;
            int at = spread > 0 ? fetch : bo;
            TallTile.multiply(k, x, ao, y, bo, at, spread, z, zo, ldz, out, co, ldc);
            fetch += k * spread;
          } else {
            int at = a.index(i, first);
            ShortTiles.tile10x2(k, a.data(), at, a.stride(), y, bo, z, zo, ldz, out, co, ldc);
          }
        }
        case 5 -> {
          if (k >= TileSizes.DEEP) {
            SixteenRegisterTile.tile5x2(k, x, ao, y, bo, ldb, z, zo, ldz, out, co, ldc);
          } else {
            PackedTiles.tile5x2(k, x, ao, y, bo, ldb, z, zo, ldz, out, co, ldc);
          }
        }
        case 4 -> PackedTiles.tile4x2(k, x, ao, y, bo, ldb, z, zo, ldz, out, co, ldc);
        case 2 -> PackedTiles.tile2x2(k, x, ao, y, bo, ldb, z, zo, ldz, out, co, ldc);
        default -> PackedTiles.tile1x2(k, x, ao, y, bo, ldb, z, zo, out, co);
      }
      i += height;
    }
  }

  /** All rows of one vector's width of C: a short last panel where one vector fills it. */
  private static void singles(
      Rows a,
      Panels b,
      @Nullable Rows base,
      Rows c,
      int from,
      int to,
      int first,
      int k,
      int panel) {
    int bo = b.offset(panel) + first * Rows.PAD;
    int unit = panel * Panels.NR;
    int lda = a.stride();
    int ldc = c.stride();
    float[] z = base == null ? ZERO : base.data();
    int ldz = base == null ? 0 : base.stride();
    float[] x = a.data();
    float[] y = b.data();
    float[] out = c.data();
    int i = from;
    while (i < to) {
      int ao = a.index(i, first);
      int zo = base == null ? 0 : base.index(i, unit);
      int co = c.index(i, unit);
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
