package org.eqprop.conv;

import java.util.List;
import org.eqprop.conv.internal.kernel.Plan;
import org.eqprop.conv.internal.kernel.Winograd;
import org.eqprop.core.network.ConvolutionShape;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;

/**
 * The weights of a convolution in both of a {@link Plan}'s layouts, the one that the convolution
 * reads transformed if {@link Winograd} computes it, their gradient, the biases, and how they are
 * divided into tiles of {@value #TILE} filters.
 */
final class FilterBank {
  /** Filters a tile: few, so that two threads share even 32 filters fairly. */
  static final int TILE = 8;

  final Rows filters;
  final Rows gradient;
  final Panels panels;
  final float[] bias;
  final float[] biasGradient;
  private final boolean winograd;
  private final ConvolutionShape shape;

  /** Zero weights and biases. */
  FilterBank(Plan plan) {
    shape = plan.convolution();
    filters = plan.newFilters();
    gradient = plan.newFilters();
    winograd = plan.winograd();
    panels = winograd ? Winograd.newPanels(shape) : plan.newPanels();
    bias = new float[shape.filters()];
    biasGradient = new float[shape.filters()];
  }

  /** Number of tiles. */
  int tiles() {
    return (shape.filters() + TILE - 1) / TILE;
  }

  /** First filter of tile {@code tile}; for the number of tiles, the number of filters. */
  int first(int tile) {
    return Math.min(tile * TILE, shape.filters());
  }

  /** The weight [filters, channels, kernel, kernel] and the bias [filters]. */
  List<Parameter> parameters(String name) {
    int[] weightStarts = new int[tiles() + 1];
    int[] biasStarts = new int[tiles() + 1];
    for (int t = 0; t <= tiles(); t++) {
      weightStarts[t] = filters.index(first(t) * shape.kernel(), 0);
      biasStarts[t] = first(t);
    }
    Shape weight = Shape.of(shape.filters(), shape.channels(), shape.kernel(), shape.kernel());
    return List.of(
        new Parameter(
            Parameter.Role.WEIGHT,
            "weight." + name,
            weight,
            filters.data(),
            gradient.data(),
            this::index,
            weightStarts),
        new Parameter(
            Parameter.Role.BIAS,
            "bias." + name,
            Shape.of(shape.filters()),
            bias,
            biasGradient,
            i -> i,
            biasStarts));
  }

  /**
   * Where the weight at {@code rowMajor} (o, c, a, b) lies in the filters: row (o, a), column (b,
   * c).
   */
  private int index(int rowMajor) {
    int k = shape.kernel();
    int o = rowMajor / shape.filterSize();
    int c = rowMajor / (k * k) % shape.channels();
    return filters.index(o * k + rowMajor / k % k, rowMajor % k * shape.channels() + c);
  }

  /** Packs filters {@code from} to {@code to} (exclusive) into the panels. */
  void pack(int from, int to) {
    int size = shape.filterSize();
    if (winograd) {
      for (int i = from * size; i < to * size; i += shape.kernel()) {
        int row = i % size / shape.kernel();
        Winograd.transform(filters.data(), index(i), shape.channels(), panels, row, i / size);
      }
      return;
    }
    for (int i = from * size; i < to * size; i++) {
      panels.set(i % size, i / size, filters.data()[index(i)]);
    }
  }
}
