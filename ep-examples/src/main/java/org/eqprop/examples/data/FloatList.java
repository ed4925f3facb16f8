package org.eqprop.examples.data;

import java.util.Arrays;

/** Floats that come one after the other. */
final class FloatList {
  private float[] values = new float[1024];
  private int size;

  /** Adds a value. */
  void add(float value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, (int) Math.min(Integer.MAX_VALUE - 8, 2L * size));
    }
    values[size++] = value;
  }

  /** All values. */
  float[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
