package org.eqprop.conv.internal.kernel;

import org.eqprop.core.network.ConvolutionShape;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;

/**
 * Winograd's minimal filtering F(4, 5) along the rows of a map, for kernels of five columns: four
 * outputs of a row from 8 multiplications instead of 20. Weights are transformed once for all steps
 * of a phase; x and the result cost additions that do not grow with the number of filters.
 *
 * <p>An output row is cut into tiles of four; tile t sees the eight columns from 4t on, d. With the
 * points 0, ±1, ±2, ±½ and ∞ of Toom and Cook,
 *
 * <pre>  y = Aᵀ[(G g) ∘ (Bᵀ d)],  summed over (c, a) between the brackets,</pre>
 *
 * so that for each of the eight points ξ there is one matrix product over (c, a). Rounding errors
 * are about twice those of the sum over (c, a, b): typically 6e-7 to 3e-7 for 800 products whose
 * sum is of order 1.
 *
 * <p>Holds the scratch of one sample.
 */
public final class Winograd {
  /** Outputs a tile. */
  public static final int OUTPUTS = 4;

  /** Columns of the kernel. */
  public static final int KERNEL = 5;

  /** Points, and columns that a tile sees. */
  public static final int POINTS = OUTPUTS + KERNEL - 1;

  /** With fewer channels the transform back costs what the products save. */
  private static final int CHANNELS = 4;

  private final int tiles;
  private final Rows transformed;
  private final Rows products;
  private final int[] steps;
  private final int[] lines;

  /**
   * Scratch for {@code plan}, which {@link #suits} must hold for.
   *
   * @param plan the tables of the convolution
   */
  public Winograd(Plan plan) {
    ConvolutionShape shape = plan.convolution();
    tiles = shape.outputWidth() / OUTPUTS;
    transformed = Rows.allocate(POINTS * tiles * shape.channels(), shape.paddedHeight());
    products = Rows.allocate(POINTS * tiles * shape.outputHeight(), shape.filters());
    steps = new int[shape.channels() * KERNEL];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = i / KERNEL * transformed.stride() + i % KERNEL;
    }
    lines = new int[transformed.padded()];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = Math.min(i, shape.paddedHeight() - 1) * plan.pitch();
    }
  }

  /**
   * {@return whether a convolution is one of five columns, stride 1, whole tiles and enough
   * channels}
   *
   * @param shape the shape of the convolution
   */
  public static boolean suits(ConvolutionShape shape) {
    return shape.kernel() == KERNEL
        && shape.stride() == 1
        && shape.outputWidth() % OUTPUTS == 0
        && shape.channels() >= CHANNELS;
  }

  /**
   * {@return zero transformed weights: row (ξ, c, a), column o}
   *
   * @param shape the shape of the convolution
   */
  public static Panels newPanels(ConvolutionShape shape) {
    return Panels.allocate(POINTS * shape.channels() * KERNEL, shape.filters());
  }

  /**
   * G g: the weights at {@code filters[from]} and the four that follow at {@code step} to column o
   * of rows (ξ, row).
   *
   * @param filters all weights
   * @param from where the first of the five is
   * @param step floats from one to the next
   * @param panels written to
   * @param row the row (c, a), without ξ
   * @param o the filter, and the column
   */
  public static void transform(float[] filters, int from, int step, Panels panels, int row, int o) {
    float g0 = filters[from];
    float g1 = filters[from + step];
    float g2 = filters[from + 2 * step];
    float g3 = filters[from + 3 * step];
    float g4 = filters[from + 4 * step];
    int rows = panels.rows() / POINTS;
    double even = (double) g0 + g2 + g4;
    double odd = (double) g1 + g3;
    double evenTwo = g0 + 4.0 * g2 + 16.0 * g4;
    double oddTwo = 2.0 * g1 + 8.0 * g3;
    double evenHalf = g0 + g2 / 4.0 + g4 / 16.0;
    double oddHalf = g1 / 2.0 + g3 / 8.0;
    panels.set(row, o, g0);
    panels.set(row + rows, o, (float) (-2.0 / 9 * (even + odd)));
    panels.set(row + 2 * rows, o, (float) (-2.0 / 9 * (even - odd)));
    panels.set(row + 3 * rows, o, (float) ((evenTwo + oddTwo) / 90));
    panels.set(row + 4 * rows, o, (float) ((evenTwo - oddTwo) / 90));
    panels.set(row + 5 * rows, o, (float) (32.0 / 45 * (evenHalf + oddHalf)));
    panels.set(row + 6 * rows, o, (float) (32.0 / 45 * (evenHalf - oddHalf)));
    panels.set(row + 7 * rows, o, g4);
  }

  /** {@return tiles an output row} */
  public int tiles() {
    return tiles;
  }

  /**
   * Bᵀ d: row (ξ, t, c), column (input row).
   *
   * @return the rows
   */
  public Rows transformed() {
    return transformed;
  }

  /** {@return the products: row (ξ, t, output row), column o} */
  public Rows products() {
    return products;
  }

  /** {@return floats from an element of {@link #transformed} to those of (c, a); not a copy} */
  public int[] steps() {
    return steps;
  }

  /**
   * {@return floats from the first row of a plane of x to each, the last one repeated; not a copy}
   */
  public int[] lines() {
    return lines;
  }
}
