package org.eqprop.conv.internal.kernel;

import org.eqprop.core.internal.machine.Fma;
import org.eqprop.core.network.ConvolutionShape;
import org.eqprop.core.network.PoolingShape;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;

/** The reference: plain loops that read like the formulas, and the fallback without vectors. */
public final class ScalarConvKernels implements ConvKernels {
  /** Creates the reference; it has no state. */
  public ScalarConvKernels() {}

  @Override
  public void convolve(Plan plan, float[] x, int offset, Panels weight, Rows map) {
    ConvolutionShape shape = plan.convolution();
    int[] steps = plan.steps();
    for (int i = 0; i < shape.outputHeight(); i++) {
      for (int j = 0; j < shape.outputWidth(); j++) {
        int patch = offset + (i * plan.pitch() + j) * shape.stride();
        for (int o = 0; o < shape.filters(); o++) {
          float sum = 0f;
          for (int k = 0; k < steps.length; k++) {
            sum = Fma.fma(x[patch + steps[k]], weight.get(k, o), sum);
          }
          map.set(i * shape.outputWidth() + j, o, sum);
        }
      }
    }
  }

  @Override
  public void convolve(
      Plan plan, float[] x, int offset, Panels weight, Winograd winograd, Rows map) {
    ConvolutionShape shape = plan.convolution();
    transform(plan, x, offset, winograd);
    Rows v = winograd.transformed();
    Rows m = winograd.products();
    int[] steps = winograd.steps();
    for (int i = 0; i < m.count(); i++) {
      int tile = i / shape.outputHeight();
      int first = v.index(tile * shape.channels(), i % shape.outputHeight());
      int rows = tile / winograd.tiles() * steps.length;
      for (int o = 0; o < shape.filters(); o++) {
        float sum = 0f;
        for (int k = 0; k < steps.length; k++) {
          sum = Fma.fma(v.data()[first + steps[k]], weight.get(rows + k, o), sum);
        }
        m.set(i, o, sum);
      }
    }
    transformBack(shape, winograd, map);
  }

  private static void transform(Plan plan, float[] x, int offset, Winograd winograd) {
    ConvolutionShape shape = plan.convolution();
    Rows v = winograd.transformed();
    int plane = plan.pitch() * shape.paddedHeight();
    int next = winograd.tiles() * shape.channels();
    for (int row = 0; row < next; row++) {
      int c = row % shape.channels();
      for (int i = 0; i < shape.paddedHeight(); i++) {
        int p = offset + c * plane + i * plan.pitch() + row / shape.channels() * Winograd.OUTPUTS;
        float odd1 = Fma.fma(-4.25f, x[p + 3], x[p + 1] + x[p + 5]);
        float even1 = Fma.fma(-4.25f, x[p + 4], x[p + 2] + x[p + 6]);
        float odd2 = Fma.fma(2f, x[p + 5], Fma.fma(-2.5f, x[p + 3], 0.5f * x[p + 1]));
        float even2 = Fma.fma(0.25f, x[p + 2], Fma.fma(-1.25f, x[p + 4], x[p + 6]));
        float odd3 = Fma.fma(0.5f, x[p + 5], Fma.fma(-2.5f, x[p + 3], 2f * x[p + 1]));
        float even3 = Fma.fma(4f, x[p + 2], Fma.fma(-5f, x[p + 4], x[p + 6]));
        v.set(row, i, Fma.fma(5.25f, x[p + 4] - x[p + 2], x[p] - x[p + 6]));
        v.set(row + next, i, even1 + odd1);
        v.set(row + 2 * next, i, even1 - odd1);
        v.set(row + 3 * next, i, even2 + odd2);
        v.set(row + 4 * next, i, even2 - odd2);
        v.set(row + 5 * next, i, even3 + odd3);
        v.set(row + 6 * next, i, even3 - odd3);
        v.set(row + 7 * next, i, Fma.fma(5.25f, x[p + 3] - x[p + 5], x[p + 7] - x[p + 1]));
      }
    }
  }

  private static void transformBack(ConvolutionShape shape, Winograd winograd, Rows map) {
    Rows m = winograd.products();
    int next = winograd.tiles() * shape.outputHeight();
    for (int row = 0; row < next; row++) {
      int i = row % shape.outputHeight();
      int p = i * shape.outputWidth() + row / shape.outputHeight() * Winograd.OUTPUTS;
      for (int o = 0; o < shape.filters(); o++) {
        float sum1 = m.get(row + next, o) + m.get(row + 2 * next, o);
        float difference1 = m.get(row + next, o) - m.get(row + 2 * next, o);
        float sum2 = m.get(row + 3 * next, o) + m.get(row + 4 * next, o);
        float difference2 = m.get(row + 3 * next, o) - m.get(row + 4 * next, o);
        float sum3 = m.get(row + 5 * next, o) + m.get(row + 6 * next, o);
        float difference3 = m.get(row + 5 * next, o) - m.get(row + 6 * next, o);
        map.set(p, o, m.get(row, o) + sum1 + sum2 + sum3);
        map.set(p + 1, o, Fma.fma(0.5f, difference3, Fma.fma(2f, difference2, difference1)));
        map.set(p + 2, o, Fma.fma(0.25f, sum3, Fma.fma(4f, sum2, sum1)));
        float last = Fma.fma(0.125f, difference3, Fma.fma(8f, difference2, difference1));
        map.set(p + 3, o, last + m.get(row + 7 * next, o));
      }
    }
  }

  @Override
  public void maxPool(Plan plan, Rows map, Rows pooled, int[] positions, int po) {
    PoolingShape shape = plan.pooling();
    for (int cell = 0; cell < shape.cells(); cell++) {
      for (int o = 0; o < shape.channels(); o++) {
        int best = shape.position(cell, 0);
        for (int e = 1; e < shape.windowSize(); e++) {
          int position = shape.position(cell, e);
          float value = map.get(position, o);
          if (value > map.get(best, o) || Float.isNaN(value)) {
            best = position;
          }
        }
        pooled.set(cell, o, map.get(best, o));
        positions[po + cell * pooled.padded() + o] = best;
      }
    }
  }

  @Override
  public void averagePool(Plan plan, Rows map, Rows pooled) {
    PoolingShape shape = plan.pooling();
    for (int cell = 0; cell < shape.cells(); cell++) {
      for (int o = 0; o < shape.channels(); o++) {
        float sum = 0f;
        for (int e = 0; e < shape.windowSize(); e++) {
          sum += map.get(shape.position(cell, e), o);
        }
        pooled.set(cell, o, sum * (1f / shape.windowSize()));
      }
    }
  }

  @Override
  public void addTransposed(
      Plan plan,
      float[] h,
      int ho,
      int[] positions,
      int po,
      Rows weight,
      Rows image,
      UnpooledMap unpooled) {
    float[] out = image.data();
    float[] w = weight.data();
    int kernel = plan.convolution().kernel();
    unpooled.place(plan, h, ho, positions, po, kernel * weight.stride());
    for (int a = 0; a < kernel; a++) {
      for (int g = 0; g < plan.windowPatches().length; g++) {
        int start = plan.windowPatches()[g] + a * image.stride();
        for (int i = unpooled.starts()[g]; i < unpooled.starts()[g + 1]; i++) {
          int row = weight.index(a, 0) + unpooled.filters()[i];
          for (int c = 0; c < weight.size(); c++) {
            out[start + c] = Fma.fma(unpooled.values()[i], w[row + c], out[start + c]);
          }
        }
      }
    }
  }

  @Override
  public void addWeights(
      Plan plan,
      float[] h,
      int ho,
      int[] positions,
      int po,
      Rows image,
      Rows gradient,
      int from,
      int to,
      Winners winners) {
    int kernel = plan.convolution().kernel();
    float[] x = image.data();
    for (int o = from; o < to; o++) {
      int count = winners.collect(plan, h, ho, positions, po, o);
      for (int i = 0; i < count; i++) {
        float value = winners.values()[i];
        for (int a = 0; a < kernel; a++) {
          int start = winners.patches()[i] + a * image.stride();
          for (int c = 0; c < gradient.size(); c++) {
            float sum = Fma.fma(value, x[start + c], gradient.get(o * kernel + a, c));
            gradient.set(o * kernel + a, c, sum);
          }
        }
      }
    }
  }

  @Override
  public void addPlanes(
      int[] starts, int channels, float[] x, float[] base, int bo, float[] out, int oo) {
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < starts.length; i++) {
        out[oo + c * starts.length + i] = base[bo + c * starts.length + i] + x[starts[i] + c];
      }
    }
  }
}
