package org.eqprop.checks;

import java.util.Random;
import org.eqprop.core.tensor.Rows;

/** Random numbers in [−1, 1], and rows as plain arrays. */
final class Values {
  private Values() {}

  static Rows rows(int count, int size, Random random) {
    Rows rows = Rows.allocate(count, size);
    for (int r = 0; r < count; r++) {
      for (int c = 0; c < size; c++) {
        rows.set(r, c, 2 * random.nextFloat() - 1);
      }
    }
    return rows;
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

  static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
