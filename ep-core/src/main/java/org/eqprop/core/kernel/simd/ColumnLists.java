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
      VectorMask<Float> columns = nonZero(x, ao + p, lda, height, k - p);
      if (found + columns.trueCount() > most) {
        return -1;
      }
      if (columns.anyTrue()) {
        for (int r = 0; r < height; r++) {
          FloatVector row = FloatVector.fromArray(S, x, ao + r * lda + p);
          row.compress(columns).intoArray(area, place + r * Rows.PACKED_STRIDE + found);
        }
        IntVector first = IntVector.zero(I).addIndex(Panels.NR);
        FloatVector positions = first.add(p * Panels.NR).reinterpretAsFloats();
        positions.compress(columns).intoArray(area, place + POSITIONS + found);
        found += columns.trueCount();
      }
    }
    area[place + COUNT] = Float.intBitsToFloat(found);
    return found;
  }

  /** The columns of a vector's width, {@code k} at most, in which a row is not zero. */
  private static VectorMask<Float> nonZero(float[] x, int at, int lda, int height, int k) {
    FloatVector largest = FloatVector.zero(S);
    for (int r = 0; r < height; r++) {
      largest =
          largest.lanewise(VectorOperators.MAX, FloatVector.fromArray(S, x, at + r * lda).abs());
    }
    VectorMask<Float> all = largest.compare(VectorOperators.NE, 0f);
    return k < VL ? all.and(S.indexInRange(0, k)) : all;
  }

  /** Entries of the list at {@code place} of {@code area}. */
  static int count(float[] area, int place) {
    return Float.floatToRawIntBits(area[place + COUNT]);
  }
}
