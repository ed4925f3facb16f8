package org.eqprop.core.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.tensor.Panels;

/**
 * Transposes whole blocks of NR × NR between panels, where such a block is 4 KB in one piece: rows
 * of the result are gathered from columns, all from the first-level cache.
 *
 * <p>Gathers exist from 256 bits on (AVX2, SVE); narrower vectors leave it to plain loops.
 */
final class BlockTranspose {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;
  private static final int GATHERING = 8;

  /** Positions of a column's elements. */
  private static final int[] COLUMN = column();

  private BlockTranspose() {}

  private static int[] column() {
    int[] positions = new int[VL];
    for (int i = 0; i < VL; i++) {
      positions[i] = i * Panels.NR;
    }
    return positions;
  }

  /** Whether the block of panel {@code p} and panel {@code q} of its transpose is a whole one. */
  static boolean fits(Panels source, int p, Panels transposed, int q) {
    return VL >= GATHERING
        && (p + 1) * Panels.NR <= source.columns()
        && (q + 1) * Panels.NR <= transposed.columns();
  }

  /** Transposes a whole block. */
  static void transpose(Panels source, int p, Panels transposed, int q) {
    float[] from = source.data();
    float[] to = transposed.data();
    int read = source.index(q * Panels.NR, p * Panels.NR);
    int write = transposed.index(p * Panels.NR, q * Panels.NR);
    for (int c = 0; c < Panels.NR; c++) {
      for (int r = 0; r < Panels.NR; r += VL) {
        FloatVector column = FloatVector.fromArray(S, from, read + c + r * Panels.NR, COLUMN, 0);
        column.intoArray(to, write + c * Panels.NR + r);
      }
    }
  }
}
