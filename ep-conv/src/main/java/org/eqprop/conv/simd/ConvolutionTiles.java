package org.eqprop.conv.simd;

import org.eqprop.conv.internal.kernel.Plan;
import org.eqprop.conv.internal.kernel.Winograd;
import org.eqprop.core.network.ConvolutionShape;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;

/**
 * Convolution as an implicit matrix product: a tile keeps 8 successive positions of an output row ×
 * 2 vectors of filters in registers over all (c, a, b); with 2 vectors of weights and a broadcast
 * that is 19 of AVX-512's 32 registers. Narrower vectors have 16 registers and tiles of 4
 * positions: those of {@link SixteenRegisterTile} for kernels of five columns.
 *
 * <p>Only single elements of x are read, so x stays as the layer holds it, channel by channel; a
 * table leads from one to the next. Successive positions are successive floats, whose bounds checks
 * the compiler merges. Each element has one accumulator and ascending (c, a, b), so tile shapes do
 * not show in the result.
 *
 * <p>{@link Winograd}'s products are of the same kind: positions are the rows of a tile's column,
 * and the table leads through (c, a).
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
    ConvolutionShape shape = plan.convolution();
    int pitch = shape.stride() * plan.pitch();
    multiply(
        plan.steps(),
        shape.kernel(),
        x,
        offset,
        pitch,
        shape.stride(),
        shape.outputHeight(),
        shape.outputWidth(),
        weight,
        0,
        map,
        0);
  }

  /** The products of all points and tiles. */
  static void multiply(Plan plan, Winograd winograd, Panels weight) {
    ConvolutionShape shape = plan.convolution();
    Rows v = winograd.transformed();
    int channels = shape.channels();
    int tiles = winograd.tiles();
    int height = shape.outputHeight();
    for (int point = 0; point < Winograd.POINTS; point++) {
      int rows = point * winograd.steps().length;
      int first = v.index(point * tiles * channels, 0);
      multiply(
          winograd.steps(),
          shape.kernel(),
          v.data(),
          first,
          channels * v.stride(),
          1,
          tiles,
          height,
          weight,
          rows,
          winograd.products(),
          point * tiles * height);
    }
  }

  /**
   * Lines of positions times weights.
   *
   * @param steps from a position's first element to the others, in runs of {@code run}
   * @param first element of the first position
   * @param pitch from line to line
   * @param stride from position to position
   * @param top first row of the weights
   * @param out from row {@code to} on, line by line
   */
  private static void multiply(
      int[] steps,
      int run,
      float[] x,
      int first,
      int pitch,
      int stride,
      int lines,
      int width,
      Panels weight,
      int top,
      Rows out,
      int to) {
    int runs = steps.length / run;
    int parts = (steps.length + KC - 1) / KC;
    for (int p = 0; p < weight.count(); p++) {
      for (int part = 0; part < parts; part++) {
        int from = runs * part / parts * run;
        int end = runs * (part + 1) / parts * run;
        for (int column = 0; column < weight.width(p); column += 2 * VL) {
          boolean two = column + 2 * VL <= weight.width(p);
          for (int line = 0; line < lines; line++) {
            int xo = first + line * pitch;
            int row = to + line * width;
            if (two) {
              pairs(steps, run, from, end, x, xo, stride, width, weight, top, p, column, out, row);
            } else {
              singles(steps, from, end, x, xo, stride, width, weight, top, p, column, out, row);
            }
          }
        }
      }
    }
  }

  /** A line of positions of two vectors' width of filters. */
  private static void pairs(
      int[] steps,
      int run,
      int from,
      int end,
      float[] x,
      int first,
      int stride,
      int width,
      Panels weight,
      int top,
      int panel,
      int column,
      Rows out,
      int row) {
    float[] b = weight.data();
    int ldb = weight.width(panel);
    int bo = weight.offset(panel) + (top + from) * ldb + column;
    float[] c = out.data();
    int ldc = out.stride();
    float[] z = from == 0 ? ZERO : c;
    int ldz = from == 0 ? 0 : ldc;
    boolean eight = VL == 16 && stride == 1;
    int j = 0;
    if (eight && run == FiveStepTile.STEPS) {
      int tiles = width / 8;
      int co = out.index(row, panel * Panels.NR + column);
      FiveStepTile.line8x2(steps, from, end, x, first, b, bo, c, co, ldc, tiles);
      j = 8 * tiles;
    } else if (VL < 16 && stride == 1 && run == FiveStepTile.STEPS && ldb == Panels.NR) {
      int tiles = width / 4;
      int co = out.index(row, panel * Panels.NR + column);
      SixteenRegisterTile.line4x2(steps, from, end, x, first, b, bo, c, co, ldc, tiles);
      j = 4 * tiles;
    }
    while (j < width) {
      int xo = first + j * stride;
      int co = out.index(row + j, panel * Panels.NR + column);
      int zo = from == 0 ? 0 : co;
      if (eight && j + 8 <= width) {
        StepTiles.tile8x2(steps, from, end, x, xo, b, bo, ldb, z, zo, ldz, c, co, ldc);
        j += 8;
      } else if (j + 4 <= width) {
        StepTiles.tile4x2(steps, from, end, x, xo, stride, b, bo, ldb, z, zo, ldz, c, co, ldc);
        j += 4;
      } else {
        StepTiles.tile1x2(steps, from, end, x, xo, b, bo, ldb, z, zo, c, co);
        j += 1;
      }
    }
  }

  /** A line of positions of one vector's width of filters: a short last panel that it fills. */
  private static void singles(
      int[] steps,
      int from,
      int end,
      float[] x,
      int first,
      int stride,
      int width,
      Panels weight,
      int top,
      int panel,
      int column,
      Rows out,
      int row) {
    float[] b = weight.data();
    int ldb = weight.width(panel);
    int bo = weight.offset(panel) + (top + from) * ldb + column;
    float[] c = out.data();
    int ldc = out.stride();
    float[] z = from == 0 ? ZERO : c;
    int ldz = from == 0 ? 0 : ldc;
    int j = 0;
    while (j < width) {
      int xo = first + j * stride;
      int co = out.index(row + j, panel * Panels.NR + column);
      int zo = from == 0 ? 0 : co;
      if (stride == 1 && j + 8 <= width) {
        StepTiles.tile8x1(steps, from, end, x, xo, b, bo, ldb, z, zo, ldz, c, co, ldc);
        j += 8;
      } else {
        StepTiles.tile1x1(steps, from, end, x, xo, b, bo, ldb, z, zo, c, co);
        j += 1;
      }
    }
  }
}
