package org.eqprop.conv.internal.kernel;

import java.util.Arrays;
import org.eqprop.core.network.ConvolutionShape;
import org.eqprop.core.network.PoolingShape;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;

/**
 * A convolution followed by pooling, with the layouts and index tables that the operators share.
 *
 * <p>Layers hold maps channel by channel (C, H, W), as files do. Within a connection there are
 *
 * <ul>
 *   <li><b>planes</b>: x as it is, or, with padding, copied between zeros, a map row a row
 *   <li><b>image</b>: x with the channels innermost, a padded map row a row: kernel·C successive
 *       floats are what a kernel row meets
 *   <li><b>map</b>: the convolution's result, one position (row-major) a row, filters innermost
 *   <li><b>pooled</b>: the pooled result, one cell a row, filters innermost
 *   <li><b>filters</b>: row (o, a), column (b, c): the weights in the image's order
 *   <li><b>panels</b>: row (c, a, b), column o: the weights as the convolution streams them
 * </ul>
 */
public final class Plan {
  private final ConvolutionShape convolution;
  private final PoolingShape pooling;
  private final int[] patches;
  private final int[] windowPatches;
  private final int[] pixels;
  private final int[] cells;
  private final int[] steps;
  private final int pitch;
  private final boolean winograd;

  /**
   * The tables for a convolution, summed directly, and the pooling of its result.
   *
   * @param convolution the shape of the convolution
   * @param window of the pooling
   * @param stride of the pooling
   * @throws IllegalArgumentException if the window is larger than the convolution's result
   */
  public Plan(ConvolutionShape convolution, int window, int stride) {
    this(convolution, window, stride, false);
  }

  /**
   * The tables for a convolution and the pooling of its result.
   *
   * @param convolution the shape of the convolution
   * @param window of the pooling
   * @param stride of the pooling
   * @param winograd whether to use {@link Winograd} if it suits the convolution
   * @throws IllegalArgumentException if the window is larger than the convolution's result
   */
  public Plan(ConvolutionShape convolution, int window, int stride, boolean winograd) {
    this.convolution = convolution;
    this.winograd = winograd && Winograd.suits(convolution);
    int height = convolution.outputHeight();
    int width = convolution.outputWidth();
    this.pooling = new PoolingShape(convolution.filters(), height, width, window, stride);
    Rows image = newImage();
    patches = new int[height * width];
    for (int p = 0; p < patches.length; p++) {
      int column = p % width * convolution.stride();
      patches[p] = image.index(p / width * convolution.stride(), column * convolution.channels());
    }
    windowPatches = new int[pooling.cells() * pooling.windowSize()];
    for (int g = 0; g < windowPatches.length; g++) {
      int position = pooling.position(g / pooling.windowSize(), g % pooling.windowSize());
      windowPatches[g] = patches[position];
    }
    pixels = new int[convolution.height() * convolution.width()];
    for (int i = 0; i < pixels.length; i++) {
      int column = convolution.padding() + i % convolution.width();
      int row = convolution.padding() + i / convolution.width();
      pixels[i] = image.index(row, column * convolution.channels());
    }
    Rows pooled = newPooled();
    cells = new int[pooling.cells()];
    Arrays.setAll(cells, cell -> pooled.index(cell, 0));
    boolean padded = convolution.padding() > 0;
    pitch = padded ? newPlanes().stride() : convolution.width();
    int plane = pitch * convolution.paddedHeight();
    int k = convolution.kernel();
    steps = new int[convolution.filterSize()];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = i / (k * k) * plane + i / k % k * pitch + i % k;
    }
  }

  /** {@return the convolution} */
  public ConvolutionShape convolution() {
    return convolution;
  }

  /** {@return whether {@link Winograd} computes the convolution} */
  public boolean winograd() {
    return winograd;
  }

  /** {@return the pooling of its result} */
  public PoolingShape pooling() {
    return pooling;
  }

  /**
   * {@return where in an image's array the patch starts that position {@code p} of the map sees}
   *
   * @param p a position of the map, row-major
   */
  public int patch(int p) {
    return patches[p];
  }

  /** {@return {@link #patch} of each element of each cell's window; not a copy} */
  public int[] windowPatches() {
    return windowPatches;
  }

  /** {@return where in an image's array each element of a map of x starts; not a copy} */
  public int[] pixels() {
    return pixels;
  }

  /** {@return where in a pooled map's array each cell starts; not a copy} */
  public int[] cells() {
    return cells;
  }

  /** {@return floats from the first element of a patch in the planes to each element (c, a, b)} */
  public int[] steps() {
    return steps;
  }

  /** {@return floats from one row of a plane to the next} */
  public int pitch() {
    return pitch;
  }

  /** {@return zero planes with padding} */
  public Rows newPlanes() {
    int rows = convolution.channels() * convolution.paddedHeight();
    return Rows.allocate(rows, convolution.paddedWidth());
  }

  /** {@return a zero image; its rows have room for a whole vector from the last patch on} */
  public Rows newImage() {
    int columns = convolution.paddedWidth() * convolution.channels();
    return Rows.allocate(convolution.paddedHeight(), columns + Rows.PAD - 1);
  }

  /** {@return a zero map} */
  public Rows newMap() {
    return Rows.allocate(patches.length, convolution.filters());
  }

  /** {@return a zero pooled map} */
  public Rows newPooled() {
    return Rows.allocate(pooling.cells(), convolution.filters());
  }

  /** {@return zero weights in the image's order} */
  public Rows newFilters() {
    int rows = convolution.filters() * convolution.kernel();
    return Rows.allocate(rows, convolution.kernel() * convolution.channels());
  }

  /** {@return zero weights in the convolution's order} */
  public Panels newPanels() {
    return Panels.allocate(convolution.filterSize(), convolution.filters());
  }
}
