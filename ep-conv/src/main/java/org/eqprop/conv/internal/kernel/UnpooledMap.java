package org.eqprop.conv.internal.kernel;

import org.eqprop.core.network.PoolingShape;
import org.eqprop.core.tensor.Rows;

/**
 * Scratch: P⁻¹(h), which is zero but for the winners, as a list of winners for each element of each
 * window. Those of one element see the same patch, so that a sum over them stays in registers.
 *
 * <p>Entries {@code starts()[g]} to {@code starts()[g + 1]} (exclusive) are those of group g =
 * cell·windowSize + element, filters ascending. Units that are 0 are left out.
 */
public final class UnpooledMap {
  private final int[] starts;
  private final int[] filters;
  private final float[] values;
  private final float[] units;
  private final int[] lanes;

  /**
   * Room for all units.
   *
   * @param plan the tables of the convolution
   */
  public UnpooledMap(Plan plan) {
    PoolingShape shape = plan.pooling();
    starts = new int[shape.cells() * shape.windowSize() + 1];
    filters = new int[shape.outputSize() + Rows.PAD];
    values = new float[shape.outputSize() + Rows.PAD];
    units = new float[Rows.padded(shape.channels())];
    lanes = new int[Rows.PAD];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = i * shape.cells();
    }
  }

  /**
   * Lists the units.
   *
   * @param h unit (o, cell) is at {@code ho + o·cells + cell}; not modified
   * @param positions where it goes, at {@code po + cell·padded + o}; not modified
   * @param pitch entries name filter o as {@code o·pitch}
   */
  void place(Plan plan, float[] h, int ho, int[] positions, int po, int pitch) {
    PoolingShape shape = plan.pooling();
    int cells = shape.cells();
    int next = 0;
    for (int g = 0; g < starts.length - 1; g++) {
      int cell = g / shape.windowSize();
      int position = shape.position(cell, g % shape.windowSize());
      starts[g] = next;
      for (int o = 0; o < shape.channels(); o++) {
        float value = h[ho + o * cells + cell];
        if (value != 0f && positions[po + cell * units.length + o] == position) {
          filters[next] = o * pitch;
          values[next] = value;
          next++;
        }
      }
    }
    starts[starts.length - 1] = next;
  }

  /** {@return the first entry of each group, and the end of the last; not a copy} */
  public int[] starts() {
    return starts;
  }

  /**
   * {@return the filters times the pitch; not a copy} There is room for a vector behind the last
   * entry.
   */
  public int[] filters() {
    return filters;
  }

  /** {@return the values; not a copy} There is room for a vector behind the last entry. */
  public float[] values() {
    return values;
  }

  /** {@return room for a cell's units, padded; not a copy} */
  public float[] units() {
    return units;
  }

  /**
   * {@return floats from a filter's first unit to that of the i-th filter behind it; not a copy}
   */
  public int[] lanes() {
    return lanes;
  }
}
