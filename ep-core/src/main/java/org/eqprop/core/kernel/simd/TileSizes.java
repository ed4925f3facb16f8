package org.eqprop.core.kernel.simd;

import org.eqprop.core.tensor.Rows;

/**
 * The sizes of tiles and blocks for this JVM's vectors: one place for all choices that depend on
 * the register file.
 *
 * <p>512-bit vectors come with 32 registers. Narrower ones are taken to have sixteen, as AVX2 and
 * SSE do. The measurements behind each choice: docs/experiments/inner-loop.md for 32 registers,
 * docs/experiments/avx2.md for sixteen. None of them shows in a result.
 */
final class TileSizes {
  /** Whether the register file holds 32 vectors, otherwise sixteen. */
  static final boolean LARGE_FILE = Width.VL == 16;

  /** Rows of the tallest tile of two vectors: what the registers hold. */
  static final int TALL = LARGE_FILE ? 10 : 5;

  /**
   * The longest sum that goes through a tile at once. With sixteen registers a tile's rows of A and
   * its share of B's panel are kept near the size of the first-level cache.
   */
  static final int DEPTH = LARGE_FILE ? Rows.PACKED_SIZE : 520;

  /**
   * From so many terms on five rows go by {@link SixteenRegisterTile}. Its checks in each turn, and
   * an odd last term, cost more than they save in shorter sums.
   */
  static final int DEEP = LARGE_FILE ? Integer.MAX_VALUE : 64;

  /**
   * Independent chains of multiply-adds that hide the unit's latency and fit beside two factors.
   */
  static final int CHAINS = LARGE_FILE ? 16 : 12;

  private TileSizes() {}
}
