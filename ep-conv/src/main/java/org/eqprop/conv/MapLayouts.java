package org.eqprop.conv;

import java.util.Arrays;
import org.eqprop.conv.internal.kernel.Plan;
import org.eqprop.core.network.ConvolutionShape;
import org.eqprop.core.tensor.Rows;

/**
 * Copies between a layer's maps, which are channel by channel, and the layouts of a {@link Plan}.
 */
final class MapLayouts {
  private MapLayouts() {}

  /** x between the zeros of {@code planes}. */
  static void toPlanes(ConvolutionShape shape, float[] x, int offset, Rows planes) {
    int padding = shape.padding();
    for (int c = 0; c < shape.channels(); c++) {
      for (int i = 0; i < shape.height(); i++) {
        int from = offset + (c * shape.height() + i) * shape.width();
        int to = planes.index(c * shape.paddedHeight() + padding + i, padding);
        System.arraycopy(x, from, planes.data(), to, shape.width());
      }
    }
  }

  /** factor·x with its channels innermost, between the zeros of {@code image}. */
  static void toImage(ConvolutionShape shape, float factor, float[] x, int offset, Rows image) {
    int channels = shape.channels();
    float[] out = image.data();
    for (int i = 0; i < shape.height(); i++) {
      int to = image.index(i + shape.padding(), shape.padding() * channels);
      for (int c = 0; c < channels; c++) {
        int from = offset + (c * shape.height() + i) * shape.width();
        for (int j = 0; j < shape.width(); j++) {
          out[to + j * channels + c] = factor * x[from + j];
        }
      }
    }
  }

  /** out = base + the map's elements at the positions, which have the filters innermost. */
  static void addFound(
      Rows map, int[] positions, int po, int cells, float[] base, int bo, float[] out, int oo) {
    float[] x = map.data();
    for (int o = 0; o < map.size(); o++) {
      for (int cell = 0; cell < cells; cell++) {
        int i = o * cells + cell;
        out[oo + i] = base[bo + i] + x[map.index(positions[po + cell * map.padded() + o], o)];
      }
    }
  }

  /** Sets the columns beyond the filters' size to zero in rows {@code from} to {@code to}. */
  static void clearPadding(Rows filters, int from, int to) {
    for (int r = from; r < to; r++) {
      Arrays.fill(
          filters.data(), filters.index(r, filters.size()), filters.index(r, filters.padded()), 0f);
    }
  }
}
