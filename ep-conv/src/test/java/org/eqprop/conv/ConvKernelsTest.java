package org.eqprop.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.eqprop.conv.internal.ConvKernelsSelector;
import org.eqprop.conv.internal.kernel.ConvKernels;
import org.eqprop.conv.internal.kernel.ScalarConvKernels;
import org.eqprop.conv.internal.kernel.UnpooledMap;
import org.eqprop.conv.internal.kernel.Winners;
import org.eqprop.conv.internal.kernel.Winograd;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.ConvolutionShape;
import org.eqprop.core.tensor.Rows;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operators of this JVM's width against the plain loops, bit for bit, and the formulas. */
@Tag("kernels")
class ConvKernelsTest {
  private static final ConvKernels REFERENCE = new ScalarConvKernels();

  /** Half a unit in the last place of 1. */
  private static final double UNIT = 0x1p-24;

  /** Bᵀ of F(4, 5). */
  private static final double[][] B = {
    {1, 0, -5.25, 0, 5.25, 0, -1, 0},
    {0, 1, 1, -4.25, -4.25, 1, 1, 0},
    {0, -1, 1, 4.25, -4.25, -1, 1, 0},
    {0, 0.5, 0.25, -2.5, -1.25, 2, 1, 0},
    {0, -0.5, 0.25, 2.5, -1.25, -2, 1, 0},
    {0, 2, 4, -2.5, -5, 0.5, 1, 0},
    {0, -2, 4, 2.5, -5, -0.5, 1, 0},
    {0, -1, 0, 5.25, 0, -5.25, 0, 1}
  };

  /** Aᵀ of F(4, 5): powers of the points 0, ±1, ±2, ±½ and ∞. */
  private static final double[][] A = {
    {1, 1, 1, 1, 1, 1, 1, 0},
    {0, 1, -1, 2, -2, 0.5, -0.5, 0},
    {0, 1, 1, 4, 4, 0.25, 0.25, 0},
    {0, 1, -1, 8, -8, 0.125, -0.125, 1}
  };

  private ConvKernels k = REFERENCE;

  static List<Example> examples() {
    return Example.all();
  }

  @BeforeEach
  void select() {
    try {
      Kernels kernels = KernelsSelector.kernels();
      k = ConvKernelsSelector.of(kernels);
    } catch (IllegalStateException thrown) {
      String reason = String.valueOf(thrown.getMessage());
      if (!reason.contains("vectors were asked for")) {
        throw thrown;
      }
      Assumptions.abort(reason);
    }
  }

  @Test
  void theOperatorsFollowTheProperty() {
    boolean scalar = System.getProperty(KernelsSelector.PROPERTY, "").equals("scalar");
    assertThat(k instanceof ScalarConvKernels).isEqualTo(scalar);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void convolve(Example e) {
    Rows map = filled(e.plan.newMap(), Float.NaN);
    k.convolve(e.plan, e.source(), e.offset(), e.panels, map);
    Rows expected = e.plan.newMap();
    REFERENCE.convolve(e.plan, e.source(), e.offset(), e.panels, expected);
    sameBits(map.data(), expected.data());
    ConvolutionShape shape = e.shape;
    double[] x = Example.widen(e.x);
    int kk = shape.kernel() * shape.kernel();
    for (int p = 0; p < map.count(); p++) {
      for (int o = 0; o < shape.filters(); o++) {
        double sum = 0;
        double size = 0;
        for (int i = 0; i < shape.filterSize(); i++) {
          int a = i / shape.kernel() % shape.kernel();
          double seen = Example.seen(shape, x, i / kk, p, a, i % shape.kernel());
          double product = e.w[o * shape.filterSize() + i] * seen;
          sum += product;
          size += Math.abs(product);
        }
        double bound = shape.filterSize() * UNIT * size * (1 + 1e-3);
        assertThat((double) map.get(p, o)).as("(%d, %d)", p, o).isCloseTo(sum, within(bound));
      }
    }
  }

  static List<Example> winogradExamples() {
    return examples().stream().filter(e -> Winograd.suits(e.shape)).toList();
  }

  /**
   * The bound: 2⁻²⁴ for each rounding on the way to an element, times Σ|Aᵀ|·(Σ|G g|·(|Bᵀ|·|d|)).
   */
  @ParameterizedTest
  @MethodSource("winogradExamples")
  void winograd(Example e) {
    Rows map = filled(e.plan.newMap(), Float.NaN);
    k.convolve(e.plan, e.source(), e.offset(), e.transformed, used(e), map);
    Rows expected = e.plan.newMap();
    REFERENCE.convolve(e.plan, e.source(), e.offset(), e.transformed, used(e), expected);
    sameBits(map.data(), expected.data());
    ConvolutionShape shape = e.shape;
    double[] x = Example.widen(e.x);
    int roundings = shape.channels() * Winograd.KERNEL + 4 + 2 + 4;
    for (int p = 0; p < map.count(); p++) {
      int output = p % shape.outputWidth() % Winograd.OUTPUTS;
      for (int o = 0; o < shape.filters(); o++) {
        double sum = 0;
        double size = 0;
        for (int i = 0; i < shape.channels() * Winograd.KERNEL; i++) {
          int c = i / Winograd.KERNEL;
          int a = i % Winograd.KERNEL;
          for (int b = 0; b < Winograd.KERNEL; b++) {
            double seen = Example.seen(shape, x, c, p, a, b);
            sum += e.w[(o * shape.channels() * 5 + i) * 5 + b] * seen;
          }
          for (int point = 0; point < Winograd.POINTS; point++) {
            double v = 0;
            for (int j = 0; j < Winograd.POINTS; j++) {
              v += Math.abs(B[point][j] * Example.seen(shape, x, c, p - output, a, j));
            }
            double u = e.transformed.get(point * shape.channels() * 5 + i, o);
            size += Math.abs(A[output][point] * u) * v;
          }
        }
        double bound = roundings * UNIT * size * (1 + 1e-3);
        assertThat((double) map.get(p, o)).as("(%d, %d)", p, o).isCloseTo(sum, within(bound));
        assertThat(bound).isLessThan(1e-4 * shape.filterSize()); // so that it could fail
      }
    }
  }

  /** What is said of typical errors: about twice those of the direct sum. */
  @ParameterizedTest
  @MethodSource("winogradExamples")
  void winogradErrsLittleMoreThanTheSum(Example e) {
    Rows map = e.plan.newMap();
    k.convolve(e.plan, e.source(), e.offset(), e.transformed, used(e), map);
    Rows direct = e.plan.newMap();
    k.convolve(e.plan, e.source(), e.offset(), e.panels, direct);
    double[] x = Example.widen(e.x);
    int kernel = Winograd.KERNEL * Winograd.KERNEL;
    double squares = 0;
    double directSquares = 0;
    for (int p = 0; p < map.count(); p++) {
      for (int o = 0; o < e.shape.filters(); o++) {
        double sum = 0;
        for (int i = 0; i < e.shape.filterSize(); i++) {
          double seen = Example.seen(e.shape, x, i / kernel, p, i % kernel / 5, i % 5);
          sum += e.w[o * e.shape.filterSize() + i] * seen;
        }
        squares += Math.pow(map.get(p, o) - sum, 2);
        directSquares += Math.pow(direct.get(p, o) - sum, 2);
      }
    }
    assertThat(Math.sqrt(squares / directSquares)).isBetween(0.5, 3.5);
  }

  /** Its scratch holds NaN, as if from earlier use. */
  private static Winograd used(Example e) {
    Winograd winograd = new Winograd(e.plan);
    Arrays.fill(winograd.transformed().data(), Float.NaN);
    Arrays.fill(winograd.products().data(), Float.NaN);
    return winograd;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void maxPool(Example e) {
    Rows map = e.random(e.plan.newMap());
    pool(e, map);
    // few different values: ties in most windows
    for (int i = 0; i < map.data().length; i++) {
      map.data()[i] = Math.round(map.data()[i] * 1.4f) / 2f;
    }
    pool(e, map);
    for (int i = 0; i < map.count(); i += 3) {
      map.set(i, i % map.size(), Float.NaN);
    }
    pool(e, map);
  }

  private void pool(Example e, Rows map) {
    Rows pooled = filled(e.plan.newPooled(), 7f);
    int[] winners = new int[pooled.count() * pooled.padded()];
    k.maxPool(e.plan, map, pooled, winners, 0);
    Rows expected = e.plan.newPooled();
    int[] positions = new int[winners.length];
    REFERENCE.maxPool(e.plan, map, expected, positions, 0);
    sameBits(pooled.data(), expected.data());
    for (int cell = 0; cell < pooled.count(); cell++) {
      for (int o = 0; o < pooled.size(); o++) {
        int i = cell * pooled.padded() + o;
        assertThat(winners[i]).as("(%d, %d)", cell, o).isEqualTo(positions[i]);
        int first = first(e, map, cell, o);
        assertThat(winners[i]).as("(%d, %d)", cell, o).isEqualTo(first);
        assertThat(Float.compare(pooled.get(cell, o), map.get(first, o))).isZero();
      }
    }
  }

  /** The first position of the largest element, or the last NaN. */
  private static int first(Example e, Rows map, int cell, int o) {
    int[] window = new int[e.plan.pooling().windowSize()];
    Arrays.setAll(window, i -> e.plan.pooling().position(cell, i));
    int last = -1;
    float largest = Float.NEGATIVE_INFINITY;
    for (int p : window) {
      last = Float.isNaN(map.get(p, o)) ? p : last;
      largest = Math.max(largest, map.get(p, o));
    }
    float best = largest;
    return last >= 0
        ? last
        : Arrays.stream(window).filter(p -> map.get(p, o) == best).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void averagePool(Example e) {
    Rows map = e.random(e.plan.newMap());
    Rows pooled = filled(e.plan.newPooled(), Float.NaN);
    k.averagePool(e.plan, map, pooled);
    Rows expected = e.plan.newPooled();
    REFERENCE.averagePool(e.plan, map, expected);
    sameBits(pooled.data(), expected.data());
    for (int cell = 0; cell < pooled.count(); cell++) {
      double sum = 0;
      for (int i = 0; i < e.plan.pooling().windowSize(); i++) {
        sum += map.get(e.plan.pooling().position(cell, i), 0);
      }
      double mean = sum / e.plan.pooling().windowSize();
      assertThat((double) pooled.get(cell, 0)).isCloseTo(mean, within(10 * UNIT));
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void addTransposed(Example e) {
    float[] h = e.units();
    int[] positions = e.positions();
    Rows image = e.random(e.plan.newImage());
    Rows expected = e.plan.newImage();
    expected.copy(image, 0, image.count());
    UnpooledMap unpooled = new UnpooledMap(e.plan);
    k.addTransposed(e.plan, h, 3, positions, 0, e.filters, image, unpooled);
    REFERENCE.addTransposed(e.plan, h, 3, positions, 0, e.filters, expected, unpooled);
    sameBits(image.data(), expected.data());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void addWeights(Example e) {
    float[] h = e.units();
    int[] positions = e.positions();
    int from = e.shape.filters() / 3;
    int to = Math.max(from + 1, e.shape.filters() - 1);
    Rows gradient = e.random(e.plan.newFilters());
    Rows expected = e.plan.newFilters();
    expected.copy(gradient, 0, gradient.count());
    Winners winners = new Winners(e.plan);
    k.addWeights(e.plan, h, 3, positions, 0, e.image, gradient, from, to, winners);
    REFERENCE.addWeights(e.plan, h, 3, positions, 0, e.image, expected, from, to, winners);
    MapLayouts.clearPadding(gradient, 0, gradient.count());
    sameBits(gradient.data(), expected.data());
  }

  /** ⟨P(W ∗ x), h⟩ = ⟨x, W̃ ∗ P⁻¹(h)⟩ = ⟨W, P⁻¹(h) ⋆ x⟩ for any positions of P. */
  @ParameterizedTest
  @MethodSource("examples")
  void theThreeOperatorsAreOneTrilinearForm(Example e) {
    Rows map = e.plan.newMap();
    k.convolve(e.plan, e.source(), e.offset(), e.panels, map);
    float[] h = e.units();
    int[] positions = e.positions();
    int cells = e.plan.pooling().cells();
    double form = 0;
    double size = 0;
    int padded = map.padded();
    for (int i = 0; i < e.plan.pooling().outputSize(); i++) {
      form += (double) h[3 + i] * map.get(positions[i % cells * padded + i / cells], i / cells);
      size += Math.abs(h[3 + i]) * e.shape.filterSize();
    }
    Winners winners = new Winners(e.plan);
    Rows image = e.plan.newImage();
    k.addTransposed(e.plan, h, 3, positions, 0, e.filters, image, new UnpooledMap(e.plan));
    float[] back = new float[e.x.length];
    k.addPlanes(e.plan.pixels(), e.shape.channels(), image.data(), back, 0, back, 0);
    Rows gradient = e.plan.newFilters();
    k.addWeights(e.plan, h, 3, positions, 0, e.image, gradient, 0, e.shape.filters(), winners);
    double bound = size * UNIT * (e.shape.filterSize() + e.plan.pooling().outputSize());
    assertThat(dot(e.x, back)).isCloseTo(form, within(bound));
    MapLayouts.clearPadding(gradient, 0, gradient.count());
    assertThat(dot(e.filters.data(), gradient.data())).isCloseTo(form, within(bound));
    assertThat(bound).isLessThan(0.05 * (1 + size)); // so that it could fail
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static Rows filled(Rows rows, float value) {
    for (int r = 0; r < rows.count(); r++) {
      Arrays.fill(rows.data(), rows.index(r, 0), rows.index(r, rows.size()), value);
    }
    return rows;
  }

  private static void sameBits(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
        throw new AssertionError(
            "position " + i + " is " + actual[i] + " instead of " + expected[i]);
      }
    }
  }
}
