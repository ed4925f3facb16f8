package org.eqprop.conv;

import java.util.List;
import java.util.Random;
import org.eqprop.conv.internal.kernel.Plan;
import org.eqprop.core.network.ConvolutionShape;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;

/** A convolution with pooling, random values in [−1, 1], and the same weights in every layout. */
final class Example {
  final Plan plan;
  final ConvolutionShape shape;

  /** x (c, i, j) without padding. */
  final float[] x;

  /** W (o, c, a, b). */
  final float[] w;

  final Rows planes;
  final Rows image;
  final Rows filters;
  final Panels panels;

  /** The weights that the bank packs: transformed where Winograd suits, else as panels. */
  final Panels transformed;

  private final Random random;

  private Example(ConvolutionShape shape, int window, int stride) {
    this.plan = new Plan(shape, window, stride, true);
    this.shape = shape;
    this.random = new Random(shape.hashCode());
    x = random(shape.inputSize());
    w = random(shape.filters() * shape.filterSize());
    planes = plan.newPlanes();
    MapLayouts.toPlanes(shape, x, 0, planes);
    image = plan.newImage();
    MapLayouts.toImage(shape, 1f, x, 0, image);
    FilterBank bank = new FilterBank(plan);
    bank.parameters("0").get(0).read(w);
    bank.pack(0, shape.filters());
    filters = bank.filters;
    transformed = bank.panels;
    panels = plan.newPanels();
    for (int i = 0; i < w.length; i++) {
      panels.set(i % shape.filterSize(), i / shape.filterSize(), w[i]);
    }
  }

  /** Odd sizes, one channel, one-pixel results, kernels as large as the map, strides, padding. */
  static List<Example> all() {
    return List.of(
        of(1, 1, 1, 1, 1, 0, 1, 1, 1),
        of(1, 5, 5, 1, 5, 0, 1, 1, 1),
        of(2, 4, 4, 3, 4, 0, 1, 1, 1),
        of(3, 7, 9, 5, 3, 0, 1, 2, 2),
        of(2, 7, 8, 4, 2, 1, 2, 3, 1),
        of(1, 12, 12, 33, 5, 0, 1, 2, 2),
        of(20, 6, 6, 17, 3, 1, 1, 2, 2),
        of(32, 6, 13, 48, 5, 0, 1, 2, 2),
        of(5, 9, 13, 16, 3, 2, 1, 2, 3),
        of(64, 4, 5, 32, 3, 1, 1, 2, 2),
        of(17, 3, 23, 31, 3, 1, 2, 2, 1),
        of(7, 11, 21, 70, 1, 0, 1, 3, 3),
        of(32, 12, 12, 64, 5, 0, 1, 2, 2),
        of(9, 17, 12, 17, 5, 2, 1, 2, 3),
        of(48, 5, 8, 33, 5, 0, 1, 1, 1),
        of(1, 28, 28, 32, 5, 0, 1, 2, 2),
        of(9, 7, 22, 33, 5, 0, 1, 2, 2));
  }

  private static Example of(
      int channels,
      int height,
      int width,
      int filters,
      int kernel,
      int padding,
      int stride,
      int window,
      int poolStride) {
    ConvolutionShape shape =
        new ConvolutionShape(channels, height, width, filters, kernel, padding, stride);
    return new Example(shape, window, poolStride);
  }

  /** The planes as the convolution is given them: with padding a copy, else x itself. */
  float[] source() {
    return shape.padding() > 0 ? planes.data() : x;
  }

  /** Where {@link #source} starts. */
  int offset() {
    return shape.padding() > 0 ? planes.index(0, 0) : 0;
  }

  /** Uniform values in [−1, 1]. */
  float[] random(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return values;
  }

  /** Uniform values in [−1, 1], the padding zero. */
  Rows random(Rows rows) {
    for (int r = 0; r < rows.count(); r++) {
      System.arraycopy(random(rows.size()), 0, rows.data(), rows.index(r, 0), rows.size());
    }
    return rows;
  }

  /** Target units, every third one 0; element 0 starts at 3. */
  float[] units() {
    float[] h = random(plan.pooling().outputSize() + 3);
    for (int i = 0; i < h.length; i += 3) {
      h[i] = 0f;
    }
    return h;
  }

  /** A position of its window for each unit, padding included. */
  int[] positions() {
    int padded = Rows.padded(shape.filters());
    int[] positions = new int[plan.pooling().cells() * padded];
    for (int i = 0; i < positions.length; i++) {
      positions[i] =
          plan.pooling().position(i / padded, random.nextInt(plan.pooling().windowSize()));
    }
    return positions;
  }

  /**
   * x(c, i·stride + a − padding, j·stride + b − padding), or 0 outside: x as position p sees it.
   */
  static double seen(ConvolutionShape shape, double[] x, int c, int p, int a, int b) {
    int row = p / shape.outputWidth() * shape.stride() + a - shape.padding();
    int column = p % shape.outputWidth() * shape.stride() + b - shape.padding();
    boolean inside = row >= 0 && row < shape.height() && column >= 0 && column < shape.width();
    return inside ? x[(c * shape.height() + row) * shape.width() + column] : 0;
  }

  static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  @Override
  public String toString() {
    return shape + ", " + plan.pooling();
  }
}
