package org.eqprop.conv.internal.kernel;

import org.eqprop.core.tensor.Rows;

/**
 * Scratch: the units of one filter that are not 0, with the patches that they were found at, in
 * ascending order of their cells. Collected once for all kernel rows, without branches that depend
 * on the values.
 */
public final class Winners {
  private final int[] patches;
  private final float[] values;

  /**
   * Room for one filter's cells.
   *
   * @param plan the tables of the convolution
   */
  public Winners(Plan plan) {
    patches = new int[plan.pooling().cells()];
    values = new float[plan.pooling().cells()];
  }

  /**
   * Collects the units of {@code filter}.
   *
   * @param plan the tables of the convolution
   * @param h the target's units start at {@code ho}
   * @param ho where h begins
   * @param positions that of unit (o, cell) is at {@code po + cell·padded + o}
   * @param po where the positions begin
   * @param filter number of the filter
   * @return how many are not 0
   */
  public int collect(Plan plan, float[] h, int ho, int[] positions, int po, int filter) {
    int cells = values.length;
    int padded = Rows.padded(plan.pooling().channels());
    int count = 0;
    for (int cell = 0; cell < cells; cell++) {
      float value = h[ho + filter * cells + cell];
      values[count] = value;
      patches[count] = plan.patch(positions[po + cell * padded + filter]);
      count += value == 0f ? 0 : 1;
    }
    return count;
  }

  /** {@return where the patches start; not a copy} */
  public int[] patches() {
    return patches;
  }

  /** {@return the values; not a copy} */
  public float[] values() {
    return values;
  }
}
