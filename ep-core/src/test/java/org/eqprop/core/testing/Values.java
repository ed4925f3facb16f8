package org.eqprop.core.testing;

import java.util.Arrays;
import java.util.Random;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;

/** Filled rows and panels, copies of them, and comparisons down to the bit. */
public final class Values {
  private Values() {}

  /** Uniform values in [−1, 1]. */
  public static Rows random(int count, int size, long seed) {
    Random random = new Random(seed);
    Rows rows = Rows.allocate(count, size);
    for (int r = 0; r < count; r++) {
      for (int c = 0; c < size; c++) {
        rows.set(r, c, 2 * random.nextFloat() - 1);
      }
    }
    return rows;
  }

  /** Uniform values in [−1, 1]. */
  public static Panels randomPanels(int rows, int columns, long seed) {
    Random random = new Random(seed);
    Panels panels = Panels.allocate(rows, columns);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        panels.set(r, c, 2 * random.nextFloat() - 1);
      }
    }
    return panels;
  }

  /** {@code value} everywhere but in the padding. */
  public static Rows filled(int count, int size, float value) {
    Rows rows = Rows.allocate(count, size);
    for (int r = 0; r < count; r++) {
      Arrays.fill(rows.data(), rows.index(r, 0), rows.index(r, size), value);
    }
    return rows;
  }

  /** {@code value} everywhere but in the padding. */
  public static Panels filledPanels(int rows, int columns, float value) {
    Panels panels = Panels.allocate(rows, columns);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        panels.set(r, c, value);
      }
    }
    return panels;
  }

  /** Rows of the same layout and content. */
  public static Rows copy(Rows rows) {
    Rows copy = Rows.allocate(rows.count(), rows.size());
    copy.copy(rows, 0, rows.count());
    return copy;
  }

  /** Panels of the same layout and content. */
  public static Panels copy(Panels panels) {
    Panels copy = Panels.allocate(panels.rows(), panels.columns());
    System.arraycopy(panels.data(), 0, copy.data(), 0, copy.data().length);
    return copy;
  }

  /** Fails unless both hold the same bits; any NaN equals any other. */
  public static void assertSameBits(String what, float[] actual, float[] expected) {
    if (actual.length != expected.length) {
      throw new AssertionError(what + ": " + actual.length + " values, not " + expected.length);
    }
    for (int i = 0; i < actual.length; i++) {
      if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
        throw new AssertionError(
            what + ": position " + i + " is " + actual[i] + " instead of " + expected[i]);
      }
    }
  }

  /** Fails unless the padding of all rows is zero. */
  public static void assertPaddingIsZero(String what, Rows rows) {
    for (int r = 0; r < rows.count(); r++) {
      for (int c = rows.size(); c < rows.padded(); c++) {
        if (Float.floatToRawIntBits(rows.get(r, c)) != 0) {
          throw new AssertionError(what + ": padding (" + r + ", " + c + ") is " + rows.get(r, c));
        }
      }
    }
  }

  /** Fails unless the columns beyond the last are zero. */
  public static void assertPaddingIsZero(String what, Panels panels) {
    for (int r = 0; r < panels.rows(); r++) {
      for (int c = panels.columns(); c < Rows.padded(panels.columns()); c++) {
        if (Float.floatToRawIntBits(panels.get(r, c)) != 0) {
          throw new AssertionError(
              what + ": padding (" + r + ", " + c + ") is " + panels.get(r, c));
        }
      }
    }
  }

  /** Fails unless |actual − expected| ≤ bound. */
  public static void assertWithin(String what, float actual, double expected, double bound) {
    if (!(Math.abs(actual - expected) <= bound)) {
      throw new AssertionError(
          what + " is " + actual + " instead of " + expected + " within " + bound);
    }
  }
}
