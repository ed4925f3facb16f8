package org.eqprop.core.network;

/**
 * A two-dimensional convolution ∗ (cross-correlation, as in deep-learning frameworks) of maps that
 * are channel, row, column, row-major: y(o, i, j) = Σ_c,a,b W(o, c, a, b)·x(c, i·stride + a −
 * padding, j·stride + b − padding), with x zero outside the map.
 *
 * @param channels of x
 * @param height rows of x
 * @param width columns of x
 * @param filters channels of y
 * @param kernel rows and columns of each filter
 * @param padding zeros around x on each side, fewer than the kernel has rows: more would be seen
 *     alone
 * @param stride rows and columns of x from one position to the next; what it does not reach at the
 *     lower and right border is not looked at
 */
public record ConvolutionShape(
    int channels, int height, int width, int filters, int kernel, int padding, int stride) {
  /** Elements that an array can have, with room for what rows are padded by. */
  private static final long MOST = Integer.MAX_VALUE - (1 << 20);

  /**
   * A checked shape.
   *
   * @throws IllegalArgumentException in one sentence, if there is no such convolution
   */
  public ConvolutionShape {
    if (channels < 1 || height < 1 || width < 1 || filters < 1) {
      throw new IllegalArgumentException(
          "A convolution from "
              + (channels + "x" + height + "x" + width)
              + " to "
              + filters
              + " channels is empty.");
    }
    if (kernel < 1 || stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          "A convolution needs a kernel and a stride of at least 1 and a padding of at least 0, got"
              + (" kernel " + kernel + ", stride " + stride + ", padding " + padding + "."));
    }
    if (padding >= kernel) {
      throw new IllegalArgumentException(
          "The padding is "
              + padding
              + "; it must be smaller than the kernel of "
              + (kernel + "x" + kernel)
              + ", or positions would see nothing but zeros.");
    }
    long least = Math.min(height, width);
    if (kernel > least + 2L * padding) {
      throw new IllegalArgumentException(
          "The kernel of "
              + (kernel + "x" + kernel)
              + " is larger than the map of "
              + (height + "x" + width)
              + " with padding "
              + padding
              + ".");
    }
    long rows = height + 2L * padding;
    long columns = width + 2L * padding;
    long positions = ((rows - kernel) / stride + 1) * ((columns - kernel) / stride + 1);
    if (exceeds(rows * columns, channels)
        || exceeds(positions, filters)
        || exceeds((long) kernel * kernel, channels)
        || exceeds((long) kernel * kernel * channels, filters)) {
      throw new IllegalArgumentException(
          "A convolution from "
              + (channels + "x" + height + "x" + width)
              + " to "
              + filters
              + " channels with a kernel of "
              + (kernel + "x" + kernel)
              + " is too large for arrays.");
    }
  }

  /** Whether two factors, the second at least 1, have a product that no array can have. */
  private static boolean exceeds(long a, long b) {
    return a > MOST / b;
  }

  /** {@return the rows of x with the padding} */
  public int paddedHeight() {
    return height + 2 * padding;
  }

  /** {@return the columns of x with the padding} */
  public int paddedWidth() {
    return width + 2 * padding;
  }

  /** {@return the rows of y} */
  public int outputHeight() {
    return (paddedHeight() - kernel) / stride + 1;
  }

  /** {@return the columns of y} */
  public int outputWidth() {
    return (paddedWidth() - kernel) / stride + 1;
  }

  /** {@return the elements of x} */
  public int inputSize() {
    return channels * height * width;
  }

  /** {@return the elements of y} */
  public int outputSize() {
    return filters * outputHeight() * outputWidth();
  }

  /** {@return weights a filter has; W has the shape filters × channels × kernel × kernel} */
  public int filterSize() {
    return channels * kernel * kernel;
  }
}
