package org.eqprop.core.network;

/**
 * Windows of a map that are pooled into one element each: element (i, j) of a channel stands for
 * rows i·stride to i·stride + window − 1 and the same columns. Where the windows do not divide the
 * map, the rows and columns left over at the lower and right border belong to none and are dropped.
 *
 * @param channels of both maps
 * @param height rows of the map
 * @param width columns of the map
 * @param window rows and columns of a window
 * @param stride rows and columns from one window to the next
 */
public record PoolingShape(int channels, int height, int width, int window, int stride) {
  /**
   * A checked shape.
   *
   * @throws IllegalArgumentException in one sentence, if there is no such pooling
   */
  public PoolingShape {
    if (channels < 1 || height < 1 || width < 1 || window < 1 || stride < 1) {
      throw new IllegalArgumentException(
          "Pooling needs a window and a stride of at least 1, got window "
              + (window + " and stride " + stride + "."));
    }
    if (window > Math.min(height, width)) {
      throw new IllegalArgumentException(
          "The pooling window of "
              + (window + "x" + window)
              + " is larger than the map of "
              + (height + "x" + width)
              + ".");
    }
  }

  /** {@return the rows of the pooled map} */
  public int outputHeight() {
    return (height - window) / stride + 1;
  }

  /** {@return the columns of the pooled map} */
  public int outputWidth() {
    return (width - window) / stride + 1;
  }

  /** {@return whether the windows leave no row and no column of the map over} */
  public boolean divides() {
    return (height - window) % stride == 0 && (width - window) % stride == 0;
  }

  /** {@return the elements of a channel of the pooled map} */
  public int cells() {
    return outputHeight() * outputWidth();
  }

  /** {@return the elements of the map} */
  public int inputSize() {
    return channels * height * width;
  }

  /** {@return the elements of the pooled map} */
  public int outputSize() {
    return channels * cells();
  }

  /** {@return the elements of a window} */
  public int windowSize() {
    return window * window;
  }

  /**
   * {@return the position within a channel, row-major, of element {@code element} (row-major) of
   * the window of {@code cell} (row-major)}
   *
   * @param cell number of the window, row-major
   * @param element number of the element in the window, row-major
   */
  public int position(int cell, int element) {
    int row = cell / outputWidth() * stride + element / window;
    int column = cell % outputWidth() * stride + element % window;
    return row * width + column;
  }
}
