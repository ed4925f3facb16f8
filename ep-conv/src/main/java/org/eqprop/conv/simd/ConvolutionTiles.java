package org.eqprop.conv.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.conv.Plan;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;

/**
 * Convolution as an implicit matrix product: a tile keeps 8 successive positions of an output row ×
 * 2 vectors of filters in registers over all (c, a, b); with 2 vectors of weights and a broadcast
 * that is 19 of AVX-512's 32 registers. Narrower vectors have tiles of 4 positions.
 *
 * <p>Only single elements of x are read, so x stays as the layer holds it, channel by channel; a
 * table leads from one to the next. Successive positions are successive floats, whose bounds checks
 * the compiler merges. Each element has one accumulator and ascending (c, a, b), so tile shapes do
 * not show in the result.
 */
final class ConvolutionTiles {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;

  private static final float[] ZERO = new float[Panels.NR];

  /**
   * Weights of a filter at a time: with those of the panel's other filters they stay in the
   * first-level cache (27 KiB of 32 or 48) while all positions go by. Worth 5 % of the peak.
   */
  private static final int KC = 216;

  private ConvolutionTiles() {}

  static void convolve(Plan plan, float[] x, int offset, Panels weight, Rows map) {
    int depth = weight.rows();
    int parts = (depth + KC - 1) / KC;
    for (int p = 0; p < weight.count(); p++) {
      for (int part = 0; part < parts; part++) {
        int from = depth * part / parts;
        int to = depth * (part + 1) / parts;
        int column = 0;
        for (; column + 2 * VL <= weight.width(p); column += 2 * VL) {
          pairs(plan, x, offset, weight, p, column, from, to, map);
        }
        if (column < weight.width(p)) {
          singles(plan, x, offset, weight, p, column, from, to, map);
        }
      }
    }
  }

  /** All positions of two vectors' width of filters. */
  private static void pairs(
      Plan plan,
      float[] x,
      int offset,
      Panels weight,
      int panel,
      int column,
      int from,
      int to,
      Rows map) {
    int[] steps = plan.steps();
    int stride = plan.convolution().stride();
    int width = plan.convolution().outputWidth();
    float[] b = weight.data();
    int ldb = weight.width(panel);
    int bo = weight.offset(panel) + from * ldb + column;
    float[] c = map.data();
    int ldc = map.stride();
    float[] z = from == 0 ? ZERO : c;
    int ldz = from == 0 ? 0 : ldc;
    for (int i = 0; i < plan.convolution().outputHeight(); i++) {
      int row = offset + i * stride * plan.pitch();
      int j = 0;
      while (j < width) {
        int xo = row + j * stride;
        int co = map.index(i * width + j, panel * Panels.NR + column);
        int zo = from == 0 ? 0 : co;
        if (VL == 16 && stride == 1 && j + 8 <= width) {
          tile8x2(steps, from, to, x, xo, b, bo, ldb, z, zo, ldz, c, co, ldc);
          j += 8;
        } else if (j + 4 <= width) {
          tile4x2(steps, from, to, x, xo, stride, b, bo, ldb, z, zo, ldz, c, co, ldc);
          j += 4;
        } else {
          tile1x2(steps, from, to, x, xo, b, bo, ldb, z, zo, c, co);
          j += 1;
        }
      }
    }
  }

  /** All positions of one vector's width of filters: a short last panel that a vector fills. */
  private static void singles(
      Plan plan,
      float[] x,
      int offset,
      Panels weight,
      int panel,
      int column,
      int from,
      int to,
      Rows map) {
    int[] steps = plan.steps();
    int stride = plan.convolution().stride();
    int width = plan.convolution().outputWidth();
    float[] b = weight.data();
    int ldb = weight.width(panel);
    int bo = weight.offset(panel) + from * ldb + column;
    float[] c = map.data();
    int ldc = map.stride();
    float[] z = from == 0 ? ZERO : c;
    int ldz = from == 0 ? 0 : ldc;
    for (int i = 0; i < plan.convolution().outputHeight(); i++) {
      int row = offset + i * stride * plan.pitch();
      int j = 0;
      while (j < width) {
        int xo = row + j * stride;
        int co = map.index(i * width + j, panel * Panels.NR + column);
        int zo = from == 0 ? 0 : co;
        if (stride == 1 && j + 8 <= width) {
          tile8x1(steps, from, to, x, xo, b, bo, ldb, z, zo, ldz, c, co, ldc);
          j += 8;
        } else {
          tile1x1(steps, from, to, x, xo, b, bo, ldb, z, zo, c, co);
          j += 1;
        }
      }
    }
  }

  private static void tile8x2(
      int[] steps,
      int from,
      int to,
      float[] x,
      int xo,
      float[] b,
      int bo,
      int ldb,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0a = FloatVector.fromArray(S, z, zo);
    FloatVector c0b = FloatVector.fromArray(S, z, zo + VL);
    FloatVector c1a = FloatVector.fromArray(S, z, zo + ldz);
    FloatVector c1b = FloatVector.fromArray(S, z, zo + ldz + VL);
    FloatVector c2a = FloatVector.fromArray(S, z, zo + 2 * ldz);
    FloatVector c2b = FloatVector.fromArray(S, z, zo + 2 * ldz + VL);
    FloatVector c3a = FloatVector.fromArray(S, z, zo + 3 * ldz);
    FloatVector c3b = FloatVector.fromArray(S, z, zo + 3 * ldz + VL);
    FloatVector c4a = FloatVector.fromArray(S, z, zo + 4 * ldz);
    FloatVector c4b = FloatVector.fromArray(S, z, zo + 4 * ldz + VL);
    FloatVector c5a = FloatVector.fromArray(S, z, zo + 5 * ldz);
    FloatVector c5b = FloatVector.fromArray(S, z, zo + 5 * ldz + VL);
    FloatVector c6a = FloatVector.fromArray(S, z, zo + 6 * ldz);
    FloatVector c6b = FloatVector.fromArray(S, z, zo + 6 * ldz + VL);
    FloatVector c7a = FloatVector.fromArray(S, z, zo + 7 * ldz);
    FloatVector c7b = FloatVector.fromArray(S, z, zo + 7 * ldz + VL);
    for (int k = from; k < to; k++) {
      int p = xo + steps[k];
      FloatVector ba = FloatVector.fromArray(S, b, bo);
      FloatVector bb = FloatVector.fromArray(S, b, bo + VL);
      FloatVector x0 = FloatVector.broadcast(S, x[p]);
      c0a = x0.fma(ba, c0a);
      c0b = x0.fma(bb, c0b);
      FloatVector x1 = FloatVector.broadcast(S, x[p + 1]);
      c1a = x1.fma(ba, c1a);
      c1b = x1.fma(bb, c1b);
      FloatVector x2 = FloatVector.broadcast(S, x[p + 2]);
      c2a = x2.fma(ba, c2a);
      c2b = x2.fma(bb, c2b);
      FloatVector x3 = FloatVector.broadcast(S, x[p + 3]);
      c3a = x3.fma(ba, c3a);
      c3b = x3.fma(bb, c3b);
      FloatVector x4 = FloatVector.broadcast(S, x[p + 4]);
      c4a = x4.fma(ba, c4a);
      c4b = x4.fma(bb, c4b);
      FloatVector x5 = FloatVector.broadcast(S, x[p + 5]);
      c5a = x5.fma(ba, c5a);
      c5b = x5.fma(bb, c5b);
      FloatVector x6 = FloatVector.broadcast(S, x[p + 6]);
      c6a = x6.fma(ba, c6a);
      c6b = x6.fma(bb, c6b);
      FloatVector x7 = FloatVector.broadcast(S, x[p + 7]);
      c7a = x7.fma(ba, c7a);
      c7b = x7.fma(bb, c7b);
      bo += ldb;
    }
    c0a.intoArray(c, co);
    c0b.intoArray(c, co + VL);
    c1a.intoArray(c, co + ldc);
    c1b.intoArray(c, co + ldc + VL);
    c2a.intoArray(c, co + 2 * ldc);
    c2b.intoArray(c, co + 2 * ldc + VL);
    c3a.intoArray(c, co + 3 * ldc);
    c3b.intoArray(c, co + 3 * ldc + VL);
    c4a.intoArray(c, co + 4 * ldc);
    c4b.intoArray(c, co + 4 * ldc + VL);
    c5a.intoArray(c, co + 5 * ldc);
    c5b.intoArray(c, co + 5 * ldc + VL);
    c6a.intoArray(c, co + 6 * ldc);
    c6b.intoArray(c, co + 6 * ldc + VL);
    c7a.intoArray(c, co + 7 * ldc);
    c7b.intoArray(c, co + 7 * ldc + VL);
  }

  private static void tile4x2(
      int[] steps,
      int from,
      int to,
      float[] x,
      int xo,
      int step,
      float[] b,
      int bo,
      int ldb,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0a = FloatVector.fromArray(S, z, zo);
    FloatVector c0b = FloatVector.fromArray(S, z, zo + VL);
    FloatVector c1a = FloatVector.fromArray(S, z, zo + ldz);
    FloatVector c1b = FloatVector.fromArray(S, z, zo + ldz + VL);
    FloatVector c2a = FloatVector.fromArray(S, z, zo + 2 * ldz);
    FloatVector c2b = FloatVector.fromArray(S, z, zo + 2 * ldz + VL);
    FloatVector c3a = FloatVector.fromArray(S, z, zo + 3 * ldz);
    FloatVector c3b = FloatVector.fromArray(S, z, zo + 3 * ldz + VL);
    for (int k = from; k < to; k++) {
      int p = xo + steps[k];
      FloatVector ba = FloatVector.fromArray(S, b, bo);
      FloatVector bb = FloatVector.fromArray(S, b, bo + VL);
      FloatVector x0 = FloatVector.broadcast(S, x[p]);
      c0a = x0.fma(ba, c0a);
      c0b = x0.fma(bb, c0b);
      FloatVector x1 = FloatVector.broadcast(S, x[p + step]);
      c1a = x1.fma(ba, c1a);
      c1b = x1.fma(bb, c1b);
      FloatVector x2 = FloatVector.broadcast(S, x[p + 2 * step]);
      c2a = x2.fma(ba, c2a);
      c2b = x2.fma(bb, c2b);
      FloatVector x3 = FloatVector.broadcast(S, x[p + 3 * step]);
      c3a = x3.fma(ba, c3a);
      c3b = x3.fma(bb, c3b);
      bo += ldb;
    }
    c0a.intoArray(c, co);
    c0b.intoArray(c, co + VL);
    c1a.intoArray(c, co + ldc);
    c1b.intoArray(c, co + ldc + VL);
    c2a.intoArray(c, co + 2 * ldc);
    c2b.intoArray(c, co + 2 * ldc + VL);
    c3a.intoArray(c, co + 3 * ldc);
    c3b.intoArray(c, co + 3 * ldc + VL);
  }

  private static void tile1x2(
      int[] steps,
      int from,
      int to,
      float[] x,
      int xo,
      float[] b,
      int bo,
      int ldb,
      float[] z,
      int zo,
      float[] c,
      int co) {
    FloatVector c0a = FloatVector.fromArray(S, z, zo);
    FloatVector c0b = FloatVector.fromArray(S, z, zo + VL);
    for (int k = from; k < to; k++) {
      int p = xo + steps[k];
      FloatVector ba = FloatVector.fromArray(S, b, bo);
      FloatVector bb = FloatVector.fromArray(S, b, bo + VL);
      FloatVector x0 = FloatVector.broadcast(S, x[p]);
      c0a = x0.fma(ba, c0a);
      c0b = x0.fma(bb, c0b);
      bo += ldb;
    }
    c0a.intoArray(c, co);
    c0b.intoArray(c, co + VL);
  }

  private static void tile8x1(
      int[] steps,
      int from,
      int to,
      float[] x,
      int xo,
      float[] b,
      int bo,
      int ldb,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0a = FloatVector.fromArray(S, z, zo);
    FloatVector c1a = FloatVector.fromArray(S, z, zo + ldz);
    FloatVector c2a = FloatVector.fromArray(S, z, zo + 2 * ldz);
    FloatVector c3a = FloatVector.fromArray(S, z, zo + 3 * ldz);
    FloatVector c4a = FloatVector.fromArray(S, z, zo + 4 * ldz);
    FloatVector c5a = FloatVector.fromArray(S, z, zo + 5 * ldz);
    FloatVector c6a = FloatVector.fromArray(S, z, zo + 6 * ldz);
    FloatVector c7a = FloatVector.fromArray(S, z, zo + 7 * ldz);
    for (int k = from; k < to; k++) {
      int p = xo + steps[k];
      FloatVector ba = FloatVector.fromArray(S, b, bo);
      c0a = FloatVector.broadcast(S, x[p]).fma(ba, c0a);
      c1a = FloatVector.broadcast(S, x[p + 1]).fma(ba, c1a);
      c2a = FloatVector.broadcast(S, x[p + 2]).fma(ba, c2a);
      c3a = FloatVector.broadcast(S, x[p + 3]).fma(ba, c3a);
      c4a = FloatVector.broadcast(S, x[p + 4]).fma(ba, c4a);
      c5a = FloatVector.broadcast(S, x[p + 5]).fma(ba, c5a);
      c6a = FloatVector.broadcast(S, x[p + 6]).fma(ba, c6a);
      c7a = FloatVector.broadcast(S, x[p + 7]).fma(ba, c7a);
      bo += ldb;
    }
    c0a.intoArray(c, co);
    c1a.intoArray(c, co + ldc);
    c2a.intoArray(c, co + 2 * ldc);
    c3a.intoArray(c, co + 3 * ldc);
    c4a.intoArray(c, co + 4 * ldc);
    c5a.intoArray(c, co + 5 * ldc);
    c6a.intoArray(c, co + 6 * ldc);
    c7a.intoArray(c, co + 7 * ldc);
  }

  private static void tile1x1(
      int[] steps,
      int from,
      int to,
      float[] x,
      int xo,
      float[] b,
      int bo,
      int ldb,
      float[] z,
      int zo,
      float[] c,
      int co) {
    FloatVector c0a = FloatVector.fromArray(S, z, zo);
    for (int k = from; k < to; k++) {
      int p = xo + steps[k];
      FloatVector ba = FloatVector.fromArray(S, b, bo);
      c0a = FloatVector.broadcast(S, x[p]).fma(ba, c0a);
      bo += ldb;
    }
    c0a.intoArray(c, co);
  }
}
