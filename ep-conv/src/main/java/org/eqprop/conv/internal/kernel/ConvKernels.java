package org.eqprop.conv.internal.kernel;

import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;

/**
 * The operators of a convolution with pooling, on one sample; layouts as in {@link Plan}.
 *
 * <p>Like {@link org.eqprop.core.kernel.Kernels}, every implementation gives the same bits: each
 * element is the sequence of float operations that its operator states. Nothing allocates or keeps
 * state.
 */
public interface ConvKernels {
  /**
   * map(i·W_y + j, o) = Σ_c,a,b W(o, c, a, b)·x(c, i·stride + a, j·stride + b), from +0 by fused
   * multiply-add in ascending order of (c, a, b). The rounding error is at most n·ε/2·Σ|W·x| for n
   * products.
   *
   * @param plan the tables of the convolution
   * @param x planes; not modified
   * @param offset where they start
   * @param weight the panels; not modified
   * @param map overwritten
   */
  void convolve(Plan plan, float[] x, int offset, Panels weight, Rows map);

  /**
   * The same by {@link Winograd}'s minimal filtering: the transformed x, for each (ξ, t, i, o) the
   * sum over ascending (c, a) from +0 by fused multiply-add, and the transform back, each in the
   * order of operations of {@link ScalarConvKernels}.
   *
   * @param plan the tables of the convolution
   * @param x planes; not modified
   * @param offset where they start
   * @param weight the transformed weights; not modified
   * @param winograd overwritten
   * @param map overwritten
   */
  void convolve(Plan plan, float[] x, int offset, Panels weight, Winograd winograd, Rows map);

  /**
   * The largest element of each window, and its position, the first in row-major order if there are
   * several. NaN counts as larger than anything.
   *
   * @param plan the tables of the convolution
   * @param map not modified
   * @param pooled overwritten
   * @param positions that of element (cell, o) goes to {@code po + cell·pooled.padded() + o}; whole
   *     rows are overwritten
   * @param po where the positions begin
   */
  void maxPool(Plan plan, Rows map, Rows pooled, int[] positions, int po);

  /**
   * The mean of each window: the sum in row-major order times 1/n.
   *
   * @param plan the tables of the convolution
   * @param map not modified
   * @param pooled filled
   */
  void averagePool(Plan plan, Rows map, Rows pooled);

  /**
   * image += W̃ ∗ P⁻¹(h): for each kernel row a, for each cell, for each element of its window, for
   * each unit h(o, cell) that is placed there and is not 0, all ascending: the image's patch of the
   * element's position += h(o, cell)·W(o), by fused multiply-add.
   *
   * @param plan the tables of the convolution
   * @param h (o, cell) at {@code ho + o·cells + cell}; not modified
   * @param ho where h begins
   * @param positions of the map, as {@link #maxPool} gives them; not modified
   * @param po where the positions begin
   * @param weight the filters; not modified
   * @param image modified
   * @param unpooled overwritten
   */
  void addTransposed(
      Plan plan,
      float[] h,
      int ho,
      int[] positions,
      int po,
      Rows weight,
      Rows image,
      UnpooledMap unpooled);

  /**
   * gradient += P⁻¹(h) ⋆ x for filters {@code from} to {@code to} (exclusive): for each cell in
   * ascending order, and unless h(o, cell) is 0: G(o) += h(o, cell)·(the image's patch of the
   * position of (o, cell)), by fused multiply-add. Columns beyond the filters' size are left with
   * anything.
   *
   * @param plan the tables of the convolution
   * @param h as in {@link #addTransposed}
   * @param ho where h begins
   * @param positions as in {@link #addTransposed}
   * @param po where the positions begin
   * @param image not modified
   * @param gradient in the layout of the filters; modified
   * @param from first filter, inclusive
   * @param to last filter, exclusive
   * @param winners overwritten
   */
  void addWeights(
      Plan plan,
      float[] h,
      int ho,
      int[] positions,
      int po,
      Rows image,
      Rows gradient,
      int from,
      int to,
      Winners winners);

  /**
   * out = base + x, from channels innermost to channel by channel: for each channel c and each i,
   * out(c, i) = base(c, i) + x[starts[i] + c].
   *
   * @param starts where in x the channels of i start; not modified
   * @param channels number of channels
   * @param x channels innermost
   * @param base (c, i) at {@code bo + c·n + i} for n starts; not modified, may be {@code out}
   * @param bo where base begins
   * @param out (c, i) at {@code oo + c·n + i}; overwritten
   * @param oo where out begins
   */
  void addPlanes(int[] starts, int channels, float[] x, float[] base, int bo, float[] out, int oo);
}
