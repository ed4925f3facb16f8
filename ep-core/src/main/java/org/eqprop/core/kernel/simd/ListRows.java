package org.eqprop.core.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.tensor.Panels;

/**
 * The rows of {@link SparseProduct} that have a list of their own: eight vectors of C, or one.
 * Entry q of the list is {@code list[at + q]}, and its position {@code list[at + }{@link
 * ColumnLists#POSITIONS}{@code + q]}. Each element of C has one accumulator and ascending columns.
 */
final class ListRows {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;
  private static final int POSITIONS = ColumnLists.POSITIONS;

  private ListRows() {}

  /**
   * Eight vectors of whole panels that are {@code distance} apart. {@code zs} is the distance of
   * the base's vectors, 0 to read one for all.
   */
  static void row8(
      int n,
      float[] list,
      int at,
      float[] b,
      int bo,
      int distance,
      float[] z,
      int zo,
      int zs,
      float[] c,
      int co) {
    int b1 = place(1, distance) + bo;
    int b2 = place(2, distance) + bo;
    int b3 = place(3, distance) + bo;
    int b4 = place(4, distance) + bo;
    int b5 = place(5, distance) + bo;
    int b6 = place(6, distance) + bo;
    int b7 = place(7, distance) + bo;
    FloatVector c0 = FloatVector.fromArray(S, z, zo);
    FloatVector c1 = FloatVector.fromArray(S, z, zo + zs);
    FloatVector c2 = FloatVector.fromArray(S, z, zo + 2 * zs);
    FloatVector c3 = FloatVector.fromArray(S, z, zo + 3 * zs);
    FloatVector c4 = FloatVector.fromArray(S, z, zo + 4 * zs);
    FloatVector c5 = FloatVector.fromArray(S, z, zo + 5 * zs);
    FloatVector c6 = FloatVector.fromArray(S, z, zo + 6 * zs);
    FloatVector c7 = FloatVector.fromArray(S, z, zo + 7 * zs);
    for (int q = at; q < at + n; q++) {
      FloatVector x = FloatVector.broadcast(S, list[q]);
      int i = Float.floatToRawIntBits(list[q + POSITIONS]);
      c0 = x.fma(FloatVector.fromArray(S, b, i + bo), c0);
      c1 = x.fma(FloatVector.fromArray(S, b, i + b1), c1);
      c2 = x.fma(FloatVector.fromArray(S, b, i + b2), c2);
      c3 = x.fma(FloatVector.fromArray(S, b, i + b3), c3);
      c4 = x.fma(FloatVector.fromArray(S, b, i + b4), c4);
      c5 = x.fma(FloatVector.fromArray(S, b, i + b5), c5);
      c6 = x.fma(FloatVector.fromArray(S, b, i + b6), c6);
      c7 = x.fma(FloatVector.fromArray(S, b, i + b7), c7);
    }
    c0.add(0f).intoArray(c, co);
    c1.add(0f).intoArray(c, co + VL);
    c2.add(0f).intoArray(c, co + 2 * VL);
    c3.add(0f).intoArray(c, co + 3 * VL);
    c4.add(0f).intoArray(c, co + 4 * VL);
    c5.add(0f).intoArray(c, co + 5 * VL);
    c6.add(0f).intoArray(c, co + 6 * VL);
    c7.add(0f).intoArray(c, co + 7 * VL);
  }

  /** Where vector {@code j} begins, counted from the first one's beginning. */
  private static int place(int j, int distance) {
    int column = j * VL;
    return column / Panels.NR * distance + column % Panels.NR;
  }

  /**
   * One vector, with the list of the row at {@code listed}; {@code halves} is 1 for a panel of half
   * the width, whose positions are half as far apart, and else 0.
   */
  static void row1(
      int n,
      float[] list,
      int at,
      int listed,
      float[] b,
      int bo,
      int halves,
      float[] z,
      int zo,
      float[] c,
      int co) {
    FloatVector sum = FloatVector.fromArray(S, z, zo);
    for (int q = 0; q < n; q++) {
      int i = Float.floatToRawIntBits(list[listed + POSITIONS + q]) >> halves;
      sum = FloatVector.broadcast(S, list[at + q]).fma(FloatVector.fromArray(S, b, bo + i), sum);
    }
    sum.add(0f).intoArray(c, co);
  }
}
