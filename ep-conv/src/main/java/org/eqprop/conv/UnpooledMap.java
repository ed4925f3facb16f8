package org.eqprop.conv;

import java.util.Arrays;

/**
 * Scratch: P⁻¹(h), which is zero but for the winners, as a list of winners for each position of the
 * map. Those of one position see the same patch, so that a sum over them stays in registers.
 *
 * <p>Entries {@code starts()[p]} to {@code ends()[p]} (exclusive) are position p's, in ascending
 * order of filters and then cells. Units that are 0 are left out, without branches that depend on
 * the values.
 */
public final class UnpooledMap {
  private final int[] starts;
  private final int[] ends;
  private final int[] filters;
  private final float[] values;

  /** Room for all units. */
  public UnpooledMap(Plan plan) {
    int positions = plan.patches().length;
    starts = new int[positions];
    ends = new int[positions];
    filters = new int[plan.pooling().outputSize()];
    values = new float[plan.pooling().outputSize()];
  }

  /**
   * Lists the units.
   *
   * @param h unit (o, cell) is at {@code ho + o·cells + cell}; not modified
   * @param positions where it goes, at {@code po + o·cells + cell}; not modified
   * @param pitch entries name filter o as {@code o·pitch}
   */
  public void place(Plan plan, float[] h, int ho, int[] positions, int po, int pitch) {
    int units = plan.pooling().outputSize();
    int cells = plan.pooling().cells();
    Arrays.fill(ends, 0);
    for (int i = 0; i < units; i++) {
      ends[positions[po + i]]++;
    }
    int start = 0;
    for (int p = 0; p < ends.length; p++) {
      starts[p] = start;
      start += ends[p];
      ends[p] = starts[p];
    }
    for (int o = 0; o < units / cells; o++) {
      for (int i = o * cells; i < (o + 1) * cells; i++) {
        int p = positions[po + i];
        float value = h[ho + i];
        int next = ends[p];
        filters[next] = o * pitch;
        values[next] = value;
        int magnitude = Float.floatToRawIntBits(value) << 1;
        ends[p] = next + ((magnitude | -magnitude) >>> 31);
      }
    }
  }

  /** The first entry of each position; not a copy. */
  public int[] starts() {
    return starts;
  }

  /** Behind the last entry of each position; not a copy. */
  public int[] ends() {
    return ends;
  }

  /** The filters times the pitch; not a copy. */
  public int[] filters() {
    return filters;
  }

  /** The values; not a copy. */
  public float[] values() {
    return values;
  }
}
