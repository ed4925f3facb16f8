package org.eqprop.conv.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.conv.internal.kernel.Plan;
import org.eqprop.conv.internal.kernel.Winograd;
import org.eqprop.core.network.ConvolutionShape;
import org.eqprop.core.tensor.Rows;

/** Winograd's transforms of x, rows of the map along the lanes, and of the products, filters. */
final class WinogradLanes {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;

  private WinogradLanes() {}

  static void transform(Plan plan, float[] x, int offset, Winograd winograd) {
    ConvolutionShape shape = plan.convolution();
    Rows v = winograd.transformed();
    int plane = plan.pitch() * shape.paddedHeight();
    int next = winograd.tiles() * shape.channels() * v.stride();
    for (int t = 0; t < winograd.tiles(); t++) {
      for (int c = 0; c < shape.channels(); c++) {
        int p = offset + c * plane + t * Winograd.OUTPUTS;
        int to = v.index(t * shape.channels() + c, 0);
        transform(x, p, winograd.lines(), v.data(), to, next);
      }
    }
  }

  /** Bᵀ d of all rows of a tile's columns in a plane. */
  private static void transform(float[] x, int p, int[] lines, float[] v, int to, int next) {
    for (int i = 0; i < lines.length; i += VL) {
      FloatVector d0 = FloatVector.fromArray(S, x, p, lines, i);
      FloatVector d1 = FloatVector.fromArray(S, x, p + 1, lines, i);
      FloatVector d2 = FloatVector.fromArray(S, x, p + 2, lines, i);
      FloatVector d3 = FloatVector.fromArray(S, x, p + 3, lines, i);
      FloatVector d4 = FloatVector.fromArray(S, x, p + 4, lines, i);
      FloatVector d5 = FloatVector.fromArray(S, x, p + 5, lines, i);
      FloatVector d6 = FloatVector.fromArray(S, x, p + 6, lines, i);
      FloatVector d7 = FloatVector.fromArray(S, x, p + 7, lines, i);
      FloatVector odd1 = d3.fma(FloatVector.broadcast(S, -4.25f), d1.add(d5));
      FloatVector even1 = d4.fma(FloatVector.broadcast(S, -4.25f), d2.add(d6));
      FloatVector odd2 = d3.fma(FloatVector.broadcast(S, -2.5f), d1.mul(0.5f));
      odd2 = d5.fma(FloatVector.broadcast(S, 2f), odd2);
      FloatVector even2 = d4.fma(FloatVector.broadcast(S, -1.25f), d6);
      even2 = d2.fma(FloatVector.broadcast(S, 0.25f), even2);
      FloatVector odd3 = d3.fma(FloatVector.broadcast(S, -2.5f), d1.mul(2f));
      odd3 = d5.fma(FloatVector.broadcast(S, 0.5f), odd3);
      FloatVector even3 = d4.fma(FloatVector.broadcast(S, -5f), d6);
      even3 = d2.fma(FloatVector.broadcast(S, 4f), even3);
      FloatVector scale = FloatVector.broadcast(S, 5.25f);
      d4.sub(d2).fma(scale, d0.sub(d6)).intoArray(v, to + i);
      even1.add(odd1).intoArray(v, to + i + next);
      even1.sub(odd1).intoArray(v, to + i + 2 * next);
      even2.add(odd2).intoArray(v, to + i + 3 * next);
      even2.sub(odd2).intoArray(v, to + i + 4 * next);
      even3.add(odd3).intoArray(v, to + i + 5 * next);
      even3.sub(odd3).intoArray(v, to + i + 6 * next);
      d3.sub(d5).fma(scale, d7.sub(d1)).intoArray(v, to + i + 7 * next);
    }
  }

  static void transformBack(Plan plan, Winograd winograd, Rows map) {
    ConvolutionShape shape = plan.convolution();
    Rows m = winograd.products();
    int next = winograd.tiles() * shape.outputHeight() * m.stride();
    for (int t = 0; t < winograd.tiles(); t++) {
      for (int i = 0; i < shape.outputHeight(); i++) {
        int from = m.index(t * shape.outputHeight() + i, 0);
        int to = map.index(i * shape.outputWidth() + t * Winograd.OUTPUTS, 0);
        transformBack(m.data(), from, next, map.data(), to, map.stride(), map.padded());
      }
    }
  }

  /** Aᵀ m of all filters of a tile. */
  private static void transformBack(
      float[] m, int from, int next, float[] map, int to, int stride, int filters) {
    for (int o = 0; o < filters; o += VL) {
      FloatVector m1 = FloatVector.fromArray(S, m, from + o + next);
      FloatVector m2 = FloatVector.fromArray(S, m, from + o + 2 * next);
      FloatVector m3 = FloatVector.fromArray(S, m, from + o + 3 * next);
      FloatVector m4 = FloatVector.fromArray(S, m, from + o + 4 * next);
      FloatVector m5 = FloatVector.fromArray(S, m, from + o + 5 * next);
      FloatVector m6 = FloatVector.fromArray(S, m, from + o + 6 * next);
      FloatVector sum1 = m1.add(m2);
      FloatVector difference1 = m1.sub(m2);
      FloatVector sum2 = m3.add(m4);
      FloatVector difference2 = m3.sub(m4);
      FloatVector sum3 = m5.add(m6);
      FloatVector difference3 = m5.sub(m6);
      FloatVector y0 = FloatVector.fromArray(S, m, from + o).add(sum1).add(sum2).add(sum3);
      FloatVector y1 = difference2.fma(FloatVector.broadcast(S, 2f), difference1);
      FloatVector y2 = sum2.fma(FloatVector.broadcast(S, 4f), sum1);
      FloatVector y3 = difference2.fma(FloatVector.broadcast(S, 8f), difference1);
      y0.intoArray(map, to + o);
      difference3.fma(FloatVector.broadcast(S, 0.5f), y1).intoArray(map, to + o + stride);
      sum3.fma(FloatVector.broadcast(S, 0.25f), y2).intoArray(map, to + o + 2 * stride);
      difference3
          .fma(FloatVector.broadcast(S, 0.125f), y3)
          .add(FloatVector.fromArray(S, m, from + o + 7 * next))
          .intoArray(map, to + o + 3 * stride);
    }
  }
}
