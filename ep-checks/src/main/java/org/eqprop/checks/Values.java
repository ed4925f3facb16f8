package org.eqprop.checks;

import java.util.Arrays;
import java.util.Random;
import org.eqprop.core.tensor.Rows;

/** Random numbers in [−1, 1] or another range around 0, and rows as plain arrays. */
final class Values {
  private Values() {}

  static Rows rows(int count, int size, Random random) {
    return rows(count, size, 1, random);
  }

  /** Rows of numbers in [−largest, largest]. */
  static Rows rows(int count, int size, float largest, Random random) {
    Rows rows = Rows.allocate(count, size);
    for (int r = 0; r < count; r++) {
      for (int c = 0; c < size; c++) {
        rows.set(r, c, largest * (2 * random.nextFloat() - 1));
      }
    }
    return rows;
  }

  /** Gives all values of one row the same value. */
  static void fill(Rows rows, int row, float value) {
    for (int c = 0; c < rows.size(); c++) {
      rows.set(row, c, value);
    }
  }

  static float[] array(int size, Random random) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return values;
  }

  static float[] flat(Rows rows) {
    float[] values = new float[rows.count() * rows.size()];
    for (int r = 0; r < rows.count(); r++) {
      System.arraycopy(rows.data(), rows.index(r, 0), values, r * rows.size(), rows.size());
    }
    return values;
  }

  /** Whether rows {@code from} to {@code to} have the bits of the same rows of a flat array. */
  static boolean same(Rows rows, float[] flat, int from, int to) {
    int size = rows.size();
    for (int r = from; r < to; r++) {
      int start = rows.index(r, 0);
      if (!Arrays.equals(rows.data(), start, start + size, flat, r * size, (r + 1) * size)) {
        return false;
      }
    }
    return true;
  }

  static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
