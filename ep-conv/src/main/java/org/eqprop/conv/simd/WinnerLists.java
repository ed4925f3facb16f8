package org.eqprop.conv.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.conv.internal.kernel.Plan;
import org.eqprop.conv.internal.kernel.UnpooledMap;
import org.eqprop.core.network.PoolingShape;

/** Lists the winners of an inversely pooled map, a filter in each lane, without branches. */
final class WinnerLists {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final VectorSpecies<Integer> I = Width.INTS;
  private static final int VL = Width.VL;

  private WinnerLists() {}

  static void place(
      Plan plan, float[] h, int ho, int[] positions, int po, int pitch, UnpooledMap map) {
    PoolingShape shape = plan.pooling();
    int padded = map.units().length;
    int next = 0;
    for (int cell = 0; cell < shape.cells(); cell++) {
      int o = 0;
      for (; o + VL <= shape.channels(); o += VL) {
        FloatVector.fromArray(S, h, ho + o * shape.cells() + cell, map.lanes(), 0)
            .intoArray(map.units(), o);
      }
      for (; o < shape.channels(); o++) {
        map.units()[o] = h[ho + o * shape.cells() + cell];
      }
      for (int e = 0; e < shape.windowSize(); e++) {
        map.starts()[cell * shape.windowSize() + e] = next;
        next = list(shape.position(cell, e), positions, po + cell * padded, pitch, map, next);
      }
    }
    map.starts()[map.starts().length - 1] = next;
  }

  /** Lists the units that go to {@code position}; returns the end of the list. */
  private static int list(
      int position, int[] positions, int po, int pitch, UnpooledMap map, int start) {
    float[] units = map.units();
    int[] filters = map.filters();
    float[] values = map.values();
    IntVector filter = IntVector.zero(I).addIndex(1).mul(pitch);
    int next = start;
    for (int o = 0; o < units.length; o += VL) {
      FloatVector value = FloatVector.fromArray(S, units, o);
      VectorMask<Integer> here =
          IntVector.fromArray(I, positions, po + o)
              .compare(VectorOperators.EQ, position)
              .and(value.compare(VectorOperators.NE, 0f).cast(I));
      value.compress(here.cast(S)).intoArray(values, next);
      filter.compress(here).intoArray(filters, next);
      next += here.trueCount();
      filter = filter.add(VL * pitch);
    }
    return next;
  }
}
