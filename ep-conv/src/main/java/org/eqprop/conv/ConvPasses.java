package org.eqprop.conv;

import java.util.Arrays;
import org.eqprop.conv.internal.ConvKernelsSelector;
import org.eqprop.conv.internal.kernel.ConvKernels;
import org.eqprop.conv.internal.kernel.Plan;
import org.eqprop.conv.internal.kernel.Winners;
import org.eqprop.conv.internal.kernel.Winograd;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Memory;
import org.eqprop.core.tensor.Rows;

/** What a {@link ConvPool} computes: both directions and the gradient, sample by sample. */
final class ConvPasses {
  private final Plan plan;
  private final boolean average;
  private final FilterBank bank;

  /**
   * For each element of a window, its position for each unit, as max pooling gives it; only for
   * average pooling.
   */
  private final int[][] spread;

  /** Scratch of {@link #weightGradient}, one a tile: a range of tiles uses its first one's. */
  private final Rows[] images;

  private final Winners[] found;

  ConvPasses(Plan plan, boolean average, FilterBank bank) {
    this.plan = plan;
    this.average = average;
    this.bank = bank;
    images = new Rows[bank.tiles()];
    Arrays.setAll(images, t -> plan.newImage());
    found = new Winners[bank.tiles()];
    Arrays.setAll(found, t -> new Winners(plan));
    int padded = Rows.padded(plan.convolution().filters());
    spread = new int[average ? plan.pooling().windowSize() : 0][plan.pooling().cells() * padded];
    for (int e = 0; e < spread.length; e++) {
      int element = e;
      Arrays.setAll(spread[e], i -> plan.pooling().position(i / padded, element));
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

  void bottomUp(Kernels k, Rows source, Rows base, Rows out, Memory memory, int from, int to) {
    ConvKernels kernels = ConvKernelsSelector.of(k);
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

  void bottomUpFrozen(
      Kernels k, Rows source, Rows base, Rows out, Memory memory, int from, int to) {
    if (average) {
      bottomUp(k, source, base, out, memory, from, to);
      return;
    }
    ConvKernels kernels = ConvKernelsSelector.of(k);
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

  void topDown(Kernels k, Rows target, Rows base, Rows out, Memory memory, int from, int to) {
    ConvKernels kernels = ConvKernelsSelector.of(k);
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

  void weightGradient(
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
    ConvKernels kernels = ConvKernelsSelector.of(k);
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
}
