package org.eqprop.conv.simd;

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
  private static final int VL = Width.VL;

  private static final float[] ZERO = new float[Panels.NR];

  /**
   * Weights of a filter at a time: with those of the panel's other filters they stay in the
   * first-level cache (27 KiB of 32 or 48) while all positions go by. Worth 5 % of the peak.
   */
  private static final int KC = 216;

  private ConvolutionTiles() {}

  static void convolve(Plan plan, float[] x, int offset, Panels weight, Rows map) {
    int kernel = plan.convolution().kernel();
    int rows = weight.rows() / kernel;
    int parts = (weight.rows() + KC - 1) / KC;
    for (int p = 0; p < weight.count(); p++) {
      for (int part = 0; part < parts; part++) {
        int from = rows * part / parts * kernel;
        int to = rows * (part + 1) / parts * kernel;
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
    boolean eight = VL == 16 && stride == 1;
    boolean five = eight && plan.convolution().kernel() == FiveColumnTile.KERNEL;
    for (int i = 0; i < plan.convolution().outputHeight(); i++) {
      int row = offset + i * stride * plan.pitch();
      int j = 0;
      while (j < width) {
        int xo = row + j * stride;
        int co = map.index(i * width + j, panel * Panels.NR + column);
        int zo = from == 0 ? 0 : co;
        if (five && j + 8 <= width) {
          FiveColumnTile.tile8x2(steps, from, to, x, xo, b, bo, z, zo, ldz, c, co, ldc);
          j += 8;
        } else if (eight && j + 8 <= width) {
          StepTiles.tile8x2(steps, from, to, x, xo, b, bo, ldb, z, zo, ldz, c, co, ldc);
          j += 8;
        } else if (j + 4 <= width) {
          StepTiles.tile4x2(steps, from, to, x, xo, stride, b, bo, ldb, z, zo, ldz, c, co, ldc);
          j += 4;
        } else {
          StepTiles.tile1x2(steps, from, to, x, xo, b, bo, ldb, z, zo, c, co);
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
          StepTiles.tile8x1(steps, from, to, x, xo, b, bo, ldb, z, zo, ldz, c, co, ldc);
          j += 8;
        } else {
          StepTiles.tile1x1(steps, from, to, x, xo, b, bo, ldb, z, zo, c, co);
          j += 1;
        }
      }
    }
  }
}
