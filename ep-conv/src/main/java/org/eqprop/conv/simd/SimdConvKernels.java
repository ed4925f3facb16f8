package org.eqprop.conv.simd;

import org.eqprop.conv.internal.kernel.ConvKernels;
import org.eqprop.conv.internal.kernel.Plan;
import org.eqprop.conv.internal.kernel.UnpooledMap;
import org.eqprop.conv.internal.kernel.Winners;
import org.eqprop.conv.internal.kernel.Winograd;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;

/** The operators by vectors, at the one width of this JVM. */
public final class SimdConvKernels implements ConvKernels {
  /** Creates the operators; there is no state. */
  public SimdConvKernels() {}

  @Override
  public void convolve(Plan plan, float[] x, int offset, Panels weight, Rows map) {
    ConvolutionTiles.convolve(plan, x, offset, weight, map);
  }

  @Override
  public void convolve(
      Plan plan, float[] x, int offset, Panels weight, Winograd winograd, Rows map) {
    WinogradLanes.transform(plan, x, offset, winograd);
    ConvolutionTiles.multiply(plan, winograd, weight);
    WinogradLanes.transformBack(plan, winograd, map);
  }

  @Override
  public void maxPool(Plan plan, Rows map, Rows pooled, int[] positions, int po) {
    PoolingLanes.max(plan.pooling(), map, pooled, positions, po);
  }

  @Override
  public void averagePool(Plan plan, Rows map, Rows pooled) {
    PoolingLanes.average(plan.pooling(), map, pooled);
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
    int kernel = plan.convolution().kernel();
    WinnerLists.place(plan, h, ho, positions, po, kernel * weight.stride(), unpooled);
    for (int a = 0; a < kernel; a++) {
      UnpooledPatches.add(plan, unpooled, weight, a, image);
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
    for (int o = from; o < to; o++) {
      int count = winners.collect(plan, h, ho, positions, po, o);
      WinnerPatches.addWeights(plan.convolution().kernel(), winners, count, image, gradient, o);
    }
  }

  @Override
  public void addPlanes(
      int[] starts, int channels, float[] x, float[] base, int bo, float[] out, int oo) {
    ChannelPlanes.add(starts, channels, x, base, bo, out, oo);
  }
}
