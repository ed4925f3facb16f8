package org.eqprop.conv.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.conv.internal.kernel.Winners;
import org.eqprop.core.tensor.Rows;

/**
 * The two operators that see an inversely pooled map, which is zero but for the winners: lanes run
 * along a kernel row's kernel·C successive floats of the image, five vectors of weights or
 * gradients stay in registers while a filter's winners go by.
 *
 * <p>Weights beyond a kernel row's end are zero, so whole vectors are added to the image. Patches
 * overlap, so the order in which an element of the image is added to depends on the length of a
 * block; it is therefore the same for all vector widths.
 */
final class WinnerPatches {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;

  private WinnerPatches() {}

  /** The gradient of one filter. */
  static void addWeights(
      int kernel, Winners winners, int count, Rows image, Rows gradient, int filter) {
    int[] patches = winners.patches();
    float[] values = winners.values();
    float[] x = image.data();
    float[] g = gradient.data();
    for (int a = 0; a < kernel; a++) {
      int row = gradient.index(filter * kernel + a, 0);
      int shift = a * image.stride();
      int c = 0;
      for (; c + 5 * VL <= gradient.padded(); c += 5 * VL) {
        sumFive(count, values, patches, x, shift + c, g, row + c);
      }
      for (; c < gradient.padded(); c += VL) {
        sumOne(count, values, patches, x, shift + c, g, row + c);
      }
    }
  }

  /** Five vectors of gradients, kept in registers over all winners. */
  private static void sumFive(
      int count, float[] values, int[] patches, float[] x, int shift, float[] g, int go) {
    FloatVector g0 = FloatVector.fromArray(S, g, go);
    FloatVector g1 = FloatVector.fromArray(S, g, go + VL);
    FloatVector g2 = FloatVector.fromArray(S, g, go + 2 * VL);
    FloatVector g3 = FloatVector.fromArray(S, g, go + 3 * VL);
    FloatVector g4 = FloatVector.fromArray(S, g, go + 4 * VL);
    for (int i = 0; i < count; i++) {
      FloatVector v = FloatVector.broadcast(S, values[i]);
      int o = patches[i] + shift;
      g0 = v.fma(FloatVector.fromArray(S, x, o), g0);
      g1 = v.fma(FloatVector.fromArray(S, x, o + VL), g1);
      g2 = v.fma(FloatVector.fromArray(S, x, o + 2 * VL), g2);
      g3 = v.fma(FloatVector.fromArray(S, x, o + 3 * VL), g3);
      g4 = v.fma(FloatVector.fromArray(S, x, o + 4 * VL), g4);
    }
    g0.intoArray(g, go);
    g1.intoArray(g, go + VL);
    g2.intoArray(g, go + 2 * VL);
    g3.intoArray(g, go + 3 * VL);
    g4.intoArray(g, go + 4 * VL);
  }

  private static void sumOne(
      int count, float[] values, int[] patches, float[] x, int shift, float[] g, int go) {
    FloatVector sum = FloatVector.fromArray(S, g, go);
    for (int i = 0; i < count; i++) {
      FloatVector v = FloatVector.broadcast(S, values[i]);
      sum = v.fma(FloatVector.fromArray(S, x, patches[i] + shift), sum);
    }
    sum.intoArray(g, go);
  }
}
