package org.eqprop.conv.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.network.PoolingShape;
import org.eqprop.core.tensor.Rows;

/** Pooling with a channel in each lane. */
final class PoolingLanes {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final VectorSpecies<Integer> I = Width.INTS;
  private static final int VL = Width.VL;

  private PoolingLanes() {}

  static void max(PoolingShape shape, Rows map, Rows pooled, int[] positions, int po) {
    for (int cell = 0; cell < shape.cells(); cell++) {
      int corner = shape.position(cell, 0);
      for (int lane = 0; lane < pooled.padded(); lane += VL) {
        max(shape, map, corner, lane, pooled, cell, positions, po);
      }
    }
  }

  private static void max(
      PoolingShape shape,
      Rows map,
      int corner,
      int lane,
      Rows pooled,
      int cell,
      int[] positions,
      int po) {
    float[] x = map.data();
    FloatVector best = FloatVector.fromArray(S, x, map.index(corner, lane));
    IntVector where = IntVector.broadcast(I, corner);
    for (int a = 0; a < shape.window(); a++) {
      for (int b = 0; b < shape.window(); b++) {
        int position = corner + a * shape.width() + b;
        FloatVector value = FloatVector.fromArray(S, x, map.index(position, lane));
        VectorMask<Float> larger =
            value.compare(VectorOperators.GT, best).or(value.test(VectorOperators.IS_NAN));
        best = best.blend(value, larger);
        where = where.blend(position, larger.cast(I));
      }
    }
    best.intoArray(pooled.data(), pooled.index(cell, lane));
    where.intoArray(positions, po + cell * pooled.padded() + lane);
  }

  static void average(PoolingShape shape, Rows map, Rows pooled) {
    float[] x = map.data();
    float share = 1f / shape.windowSize();
    for (int cell = 0; cell < shape.cells(); cell++) {
      int corner = shape.position(cell, 0);
      for (int lane = 0; lane < pooled.padded(); lane += VL) {
        FloatVector sum = FloatVector.zero(S);
        for (int a = 0; a < shape.window(); a++) {
          for (int b = 0; b < shape.window(); b++) {
            int position = corner + a * shape.width() + b;
            sum = sum.add(FloatVector.fromArray(S, x, map.index(position, lane)));
          }
        }
        sum.mul(share).intoArray(pooled.data(), pooled.index(cell, lane));
      }
    }
  }
}
