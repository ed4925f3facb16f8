package org.eqprop.conv;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Algebra;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.ConvolutionShape;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;

/**
 * A convolution and a pooling: bottom-up P(W ∗ u_source) + b, top-down W̃ ∗ P⁻¹(u_target), where
 * P⁻¹ puts each value where the bottom-up pass of the same step found the largest element of its
 * window (Eq. 17, 18). Adding the bias after the maximum is the same as before it.
 *
 * <p>Weights live in the layout that the top-down pass and the gradient read; the convolution reads
 * a packed copy. A tile is {@value FilterBank#TILE} filters.
 */
public final class ConvPool implements Connection {
  /** The type's name in model files. */
  public static final String TYPE = "conv-pool";

  private final String name;
  private final Layer target;
  private final Layer source;
  private final Plan plan;
  private final boolean average;
  private final FilterBank bank;
  private final List<Parameter> parameters;

  /**
   * For each element of a window, its position for each unit, as max pooling gives it; only for
   * average pooling.
   */
  private final int[][] spread;

  /** Scratch of {@link #weightGradient}, one a tile: a range of tiles uses its first one's. */
  private final Rows[] images;

  private final Winners[] found;

  /**
   * A connection with zero weights between two maps.
   *
   * @param average whether the mean of each window is taken instead of its largest element
   * @throws IllegalArgumentException in one sentence, if the target is not what the pooling gives
   */
  ConvPool(String name, Layer target, Layer source, Plan plan, boolean average) {
    this.name = name;
    this.target = target;
    this.source = source;
    this.plan = plan;
    this.average = average;
    ConvolutionShape shape = plan.convolution();
    Shape result =
        Shape.of(shape.filters(), plan.pooling().outputHeight(), plan.pooling().outputWidth());
    if (!result.equals(target.shape())) {
      throw new IllegalArgumentException(
          "Connection "
              + name
              + " gives maps of "
              + result
              + ", but its target is "
              + target
              + ".");
    }
    bank = new FilterBank(plan);
    parameters = bank.parameters(name);
    images = new Rows[tiles()];
    Arrays.setAll(images, t -> plan.newImage());
    found = new Winners[tiles()];
    Arrays.setAll(found, t -> new Winners(plan));
    int padded = Rows.padded(shape.filters());
    spread = new int[average ? plan.pooling().windowSize() : 0][plan.pooling().cells() * padded];
    for (int e = 0; e < spread.length; e++) {
      int element = e;
      Arrays.setAll(spread[e], i -> plan.pooling().position(i / padded, element));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Map<String, String> options() {
    Map<String, String> options = new TreeMap<>();
    options.put(ConvPoolOptions.KERNEL, Integer.toString(plan.convolution().kernel()));
    options.put(ConvPoolOptions.PADDING, Integer.toString(plan.convolution().padding()));
    options.put(ConvPoolOptions.STRIDE, Integer.toString(plan.convolution().stride()));
    options.put(ConvPoolOptions.POOL, Integer.toString(plan.pooling().window()));
    options.put(ConvPoolOptions.POOL_STRIDE, Integer.toString(plan.pooling().stride()));
    options.put(ConvPoolOptions.POOLING, average ? ConvPoolOptions.AVERAGE : ConvPoolOptions.MAX);
    return options;
  }

  @Override
  public Layer target() {
    return target;
  }

  @Override
  public Layer source() {
    return source;
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  /** The convolution and the pooling. */
  public Plan plan() {
    return plan;
  }

  @Override
  public <V> V phi(Algebra<V> algebra, V target, V source, List<V> parameters) {
    V map = algebra.convolve(plan.convolution(), source, parameters.get(0));
    return phi(algebra, target, map, map, parameters.get(1));
  }

  @Override
  public <V> V phi(Algebra<V> algebra, V target, V source, V before, List<V> parameters) {
    V map = algebra.convolve(plan.convolution(), source, parameters.get(0));
    V by = algebra.convolve(plan.convolution(), before, parameters.get(0));
    return phi(algebra, target, map, by, parameters.get(1));
  }

  private <V> V phi(Algebra<V> algebra, V target, V map, V by, V bias) {
    V pooled =
        average
            ? algebra.averagePool(plan.pooling(), map)
            : algebra.maxPool(plan.pooling(), map, by);
    V units = algebra.repeatEach(bias, plan.pooling().cells());
    return algebra.sum(algebra.mul(target, algebra.addRow(pooled, units)));
  }

  @Override
  public boolean remembers() {
    return !average;
  }

  @Override
  public int fanIn() {
    return plan.convolution().filterSize();
  }

  @Override
  public Memory newMemory(int samples) {
    return new ConvMemory(plan, samples);
  }

  @Override
  public void addBias(Rows drive, int from, int to) {
    int cells = plan.pooling().cells();
    float[] data = drive.data();
    for (int r = from; r < to; r++) {
      int row = drive.index(r, 0);
      for (int i = 0; i < drive.size(); i++) {
        data[row + i] += bank.bias[i / cells];
      }
    }
  }

  /** scratch.map = W ∗ source of sample {@code r}. */
  private void convolve(ConvKernels kernels, Rows source, int r, ConvMemory.Scratch scratch) {
    float[] x = source.data();
    int offset = source.index(r, 0);
    if (plan.convolution().padding() > 0) {
      MapLayouts.toPlanes(plan.convolution(), x, offset, scratch.planes);
      x = scratch.planes.data();
      offset = scratch.planes.index(0, 0);
    }
    Winograd winograd = scratch.winograd;
    if (winograd != null) {
      kernels.convolve(plan, x, offset, bank.panels, winograd, scratch.map);
    } else {
      kernels.convolve(plan, x, offset, bank.panels, scratch.map);
    }
  }

  @Override
  public void bottomUp(
      Kernels k, Rows source, Rows base, Rows out, Memory memory, int from, int to) {
    ConvKernels kernels = ConvKernels.of(k);
    ConvMemory own = (ConvMemory) memory;
    for (int r = from; r < to; r++) {
      ConvMemory.Scratch scratch = own.scratch(from);
      convolve(kernels, source, r, scratch);
      if (average) {
        kernels.averagePool(plan, scratch.map, scratch.pooled);
      } else {
        kernels.maxPool(plan, scratch.map, scratch.pooled, own.positions(), own.start(r));
      }
      kernels.addPlanes(
          plan.cells(),
          plan.convolution().filters(),
          scratch.pooled.data(),
          base.data(),
          base.index(r, 0),
          out.data(),
          out.index(r, 0));
    }
  }

  @Override
  public void bottomUpFrozen(
      Kernels k, Rows source, Rows base, Rows out, Memory memory, int from, int to) {
    if (average) {
      bottomUp(k, source, base, out, memory, from, to);
      return;
    }
    ConvKernels kernels = ConvKernels.of(k);
    ConvMemory own = (ConvMemory) memory;
    for (int r = from; r < to; r++) {
      ConvMemory.Scratch scratch = own.scratch(from);
      convolve(kernels, source, r, scratch);
      MapLayouts.addFound(
          scratch.map,
          own.positions(),
          own.start(r),
          plan.pooling().cells(),
          base.data(),
          base.index(r, 0),
          out.data(),
          out.index(r, 0));
    }
  }

  @Override
  public void topDown(
      Kernels k, Rows target, Rows base, Rows out, Memory memory, int from, int to) {
    ConvKernels kernels = ConvKernels.of(k);
    ConvMemory own = (ConvMemory) memory;
    for (int r = from; r < to; r++) {
      ConvMemory.Scratch scratch = own.scratch(from);
      Rows image = scratch.image;
      image.clear(0, image.count());
      if (average) {
        scale(target, r, scratch.scaled);
        for (int[] positions : spread) {
          kernels.addTransposed(
              plan, scratch.scaled, 0, positions, 0, bank.filters, image, scratch.unpooled);
        }
      } else {
        int h = target.index(r, 0);
        int start = own.start(r);
        kernels.addTransposed(
            plan, target.data(), h, own.positions(), start, bank.filters, image, scratch.unpooled);
      }
      kernels.addPlanes(
          plan.pixels(),
          plan.convolution().channels(),
          image.data(),
          base.data(),
          base.index(r, 0),
          out.data(),
          out.index(r, 0));
    }
  }

  /** Each unit's share in the elements of its window. */
  private void scale(Rows target, int row, float[] scaled) {
    float share = 1f / plan.pooling().windowSize();
    int start = target.index(row, 0);
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = target.data()[start + i] * share;
    }
  }

  @Override
  public int tiles() {
    return bank.tiles();
  }

  @Override
  public void weightGradient(
      Kernels k,
      Rows target,
      Rows source,
      Memory memory,
      int count,
      int firstTile,
      int endTile,
      boolean accumulate) {
    if (firstTile == endTile) {
      return;
    }
    ConvKernels kernels = ConvKernels.of(k);
    ConvMemory own = (ConvMemory) memory;
    int kernel = plan.convolution().kernel();
    int from = bank.first(firstTile);
    int to = bank.first(endTile);
    if (!accumulate) {
      bank.gradient.clear(from * kernel, to * kernel);
    }
    Rows image = images[firstTile];
    Winners winners = found[firstTile];
    float share = average ? 1f / plan.pooling().windowSize() : 1f;
    for (int r = 0; r < count; r++) {
      MapLayouts.toImage(plan.convolution(), share, source.data(), source.index(r, 0), image);
      float[] h = target.data();
      int ho = target.index(r, 0);
      if (average) {
        for (int[] positions : spread) {
          kernels.addWeights(plan, h, ho, positions, 0, image, bank.gradient, from, to, winners);
        }
      } else {
        kernels.addWeights(
            plan, h, ho, own.positions(), own.start(r), image, bank.gradient, from, to, winners);
      }
    }
    MapLayouts.clearPadding(bank.gradient, from * kernel, to * kernel);
  }

  @Override
  public void biasGradient(Kernels k, Rows target, int count, int firstTile, int endTile) {
    int cells = plan.pooling().cells();
    float[] data = target.data();
    for (int o = bank.first(firstTile); o < bank.first(endTile); o++) {
      float sum = 0f;
      for (int r = 0; r < count; r++) {
        int start = target.index(r, o * cells);
        for (int cell = 0; cell < cells; cell++) {
          sum += data[start + cell];
        }
      }
      bank.biasGradient[o] = sum;
    }
  }

  @Override
  public void refresh(Kernels k, int firstTile, int endTile) {
    bank.pack(bank.first(firstTile), bank.first(endTile));
  }

  /** Makes convolutions with pooling; the options are those of {@link ConvPoolOptions}. */
  public static final class Provider implements Connection.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Connection create(String name, Layer target, Layer source, Map<String, String> options) {
      return ConvPoolOptions.parse(name, options).connect(name, target, source);
    }

    @Override
    public List<Connection> examples() {
      return ConvPoolOptions.examples();
    }
  }
}
