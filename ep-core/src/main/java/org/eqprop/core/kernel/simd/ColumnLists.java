package org.eqprop.core.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;

/**
 * Lists of the columns in which some rows side by side are not all zero.
 *
 * <p>They lie in {@link Rows#packed()}: in the place of each row its elements of those columns, and
 * in the place of the first row, {@link #POSITIONS} behind the elements, where in a panel of B the
 * columns' rows begin, and at the end how many there are. Integers are kept as the bits of floats.
 *
 * <p>No vector goes from one method to another: where the compiler does not make them one, it would
 * be an object.
 */
final class ColumnLists {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final VectorSpecies<Integer> I = S.withLanes(int.class);
  private static final int VL = Width.VL;

  /** Distance from an element to its position. */
  static final int POSITIONS = (Rows.PACKED_STRIDE - 1) / 2;

  /** The most columns that a list has room for. */
  static final int ROOM = POSITIONS - VL;

  private static final int COUNT = Rows.PACKED_STRIDE - 1;

  private ColumnLists() {}

  /**
   * Makes the list of rows {@code from} to {@code from + height}.
   *
   * @param k columns of A to look at
   * @param most at most {@link #ROOM}
   * @return how many are in it, or -1 if they are more than {@code most}; then it is undefined
   */
  static int list(Rows a, int k, int from, int height, int most) {
    float[] x = a.data();
    float[] area = a.packed();
    int place = a.packedIndex(from);
    int ao = a.index(from, 0);
    int lda = a.stride();
    int found = 0;
    for (int p = 0; p < k; p += VL) {
      long columns = nonZero(x, ao + p, lda, height) & -1L >>> Math.max(0, Long.SIZE - (k - p));
      int more = Long.bitCount(columns);
      if (found + more > most) {
        return -1;
      }
      if (more > 0) {
        for (int r = 0; r < height; r++) {
          keep(x, ao + r * lda + p, columns, area, place + r * Rows.PACKED_STRIDE + found);
        }
        positions(p, columns, area, place + POSITIONS + found);
        found += more;
      }
    }
    area[place + COUNT] = Float.intBitsToFloat(found);
    return found;
  }

  /** A bit for each of a vector's columns in which a row is not zero. */
  private static long nonZero(float[] x, int at, int lda, int height) {
    FloatVector largest = FloatVector.zero(S);
    for (int r = 0; r < height; r++) {
      FloatVector row = FloatVector.fromArray(S, x, at + r * lda);
      largest = largest.lanewise(VectorOperators.MAX, row.abs());
    }
    return largest.compare(VectorOperators.NE, 0f).toLong();
  }

  /** Writes the chosen columns of a vector's width side by side, and something behind them. */
  private static void keep(float[] x, int at, long columns, float[] area, int to) {
    VectorMask<Float> chosen = VectorMask.fromLong(S, columns);
    FloatVector.fromArray(S, x, at).compress(chosen).intoArray(area, to);
  }

  /** The same with the columns' positions in a panel of B. */
  private static void positions(int column, long columns, float[] area, int to) {
    VectorMask<Float> chosen = VectorMask.fromLong(S, columns);
    IntVector all = IntVector.zero(I).addIndex(Panels.NR).add(column * Panels.NR);
    all.reinterpretAsFloats().compress(chosen).intoArray(area, to);
  }

  /** Entries of the list at {@code place} of {@code area}. */
  static int count(float[] area, int place) {
    return Float.floatToRawIntBits(area[place + COUNT]);
  }
}
