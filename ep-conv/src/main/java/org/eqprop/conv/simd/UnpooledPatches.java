package org.eqprop.conv.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.conv.internal.kernel.Plan;
import org.eqprop.conv.internal.kernel.UnpooledMap;
import org.eqprop.core.tensor.Rows;

/**
 * The transposed convolution of an inversely pooled map: the winners of one element of a window add
 * to the same patch of the image, so ten vectors of a patch's row stay in registers while they go
 * by and their weights are read. Weights of one kernel row of all filters (40 KiB of 64 filters and
 * 32 channels) stay in the first-level cache over all positions.
 *
 * <p>Lanes run along a kernel row's kernel·C successive floats of the image. Weights beyond its end
 * are zero, so whole vectors are added to the image.
 */
final class UnpooledPatches {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;

  private UnpooledPatches() {}

  /** Kernel row {@code a} of all groups of winners. */
  static void add(Plan plan, UnpooledMap map, Rows weight, int a, Rows image) {
    int[] starts = map.starts();
    int[] filters = map.filters();
    float[] values = map.values();
    int[] patches = plan.windowPatches();
    float[] w = weight.data();
    float[] out = image.data();
    int row = weight.index(a, 0);
    int shift = a * image.stride();
    int length = weight.padded();
    for (int g = 0; g < patches.length; g++) {
      int from = starts[g];
      int to = starts[g + 1];
      if (from == to) {
        continue;
      }
      int o = patches[g] + shift;
      int c = 0;
      for (; c + 10 * VL <= length; c += 10 * VL) {
        addTen(from, to, values, filters, w, row + c, out, o + c);
      }
      for (; c < length; c += VL) {
        addOne(from, to, values, filters, w, row + c, out, o + c);
      }
    }
  }

  private static void addTen(
      int from, int to, float[] values, int[] filters, float[] w, int row, float[] out, int o) {
    FloatVector x0 = FloatVector.fromArray(S, out, o);
    FloatVector x1 = FloatVector.fromArray(S, out, o + VL);
    FloatVector x2 = FloatVector.fromArray(S, out, o + 2 * VL);
    FloatVector x3 = FloatVector.fromArray(S, out, o + 3 * VL);
    FloatVector x4 = FloatVector.fromArray(S, out, o + 4 * VL);
    FloatVector x5 = FloatVector.fromArray(S, out, o + 5 * VL);
    FloatVector x6 = FloatVector.fromArray(S, out, o + 6 * VL);
    FloatVector x7 = FloatVector.fromArray(S, out, o + 7 * VL);
    FloatVector x8 = FloatVector.fromArray(S, out, o + 8 * VL);
    FloatVector x9 = FloatVector.fromArray(S, out, o + 9 * VL);
    for (int i = from; i < to; i++) {
      FloatVector v = FloatVector.broadcast(S, values[i]);
      int wo = row + filters[i];
      x0 = v.fma(FloatVector.fromArray(S, w, wo), x0);
      x1 = v.fma(FloatVector.fromArray(S, w, wo + VL), x1);
      x2 = v.fma(FloatVector.fromArray(S, w, wo + 2 * VL), x2);
      x3 = v.fma(FloatVector.fromArray(S, w, wo + 3 * VL), x3);
      x4 = v.fma(FloatVector.fromArray(S, w, wo + 4 * VL), x4);
      x5 = v.fma(FloatVector.fromArray(S, w, wo + 5 * VL), x5);
      x6 = v.fma(FloatVector.fromArray(S, w, wo + 6 * VL), x6);
      x7 = v.fma(FloatVector.fromArray(S, w, wo + 7 * VL), x7);
      x8 = v.fma(FloatVector.fromArray(S, w, wo + 8 * VL), x8);
      x9 = v.fma(FloatVector.fromArray(S, w, wo + 9 * VL), x9);
    }
    x0.intoArray(out, o);
    x1.intoArray(out, o + VL);
    x2.intoArray(out, o + 2 * VL);
    x3.intoArray(out, o + 3 * VL);
    x4.intoArray(out, o + 4 * VL);
    x5.intoArray(out, o + 5 * VL);
    x6.intoArray(out, o + 6 * VL);
    x7.intoArray(out, o + 7 * VL);
    x8.intoArray(out, o + 8 * VL);
    x9.intoArray(out, o + 9 * VL);
  }

  private static void addOne(
      int from, int to, float[] values, int[] filters, float[] w, int row, float[] out, int o) {
    FloatVector x = FloatVector.fromArray(S, out, o);
    for (int i = from; i < to; i++) {
      FloatVector v = FloatVector.broadcast(S, values[i]);
      x = v.fma(FloatVector.fromArray(S, w, row + filters[i]), x);
    }
    x.intoArray(out, o);
  }
}
