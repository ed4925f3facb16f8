package org.eqprop.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.foreign.Arena;
import org.assertj.core.api.Assumptions;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GemmBenchmarkTest {
  private static final double EPSILON = Math.ulp(1f) / 2;

  private final String library = System.getProperty(Blas.PROPERTY, "");

  @AfterEach
  void restoreTheLibrary() {
    System.setProperty(Blas.PROPERTY, library);
  }

  @ParameterizedTest
  @ValueSource(strings = {"20x784x512", "10x512x10", "10x10x512", "1x784x512", "3x5x7"})
  void multipliesAsPlainLoopsDo(String shape) {
    GemmBenchmark benchmark = new GemmBenchmark();
    benchmark.shape = shape;
    benchmark.fill();
    Rows c = benchmark.multiply();
    MatrixShape sizes = MatrixShape.parse(shape);
    Rows a = sizes.a();
    Panels b = sizes.b();
    for (int i = 0; i < sizes.m(); i++) {
      for (int j = 0; j < sizes.n(); j++) {
        Dot dot = product(sizes, a, b, i, j);
        dot.check(c.get(i, j), sizes.k());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"20x84x512", "20x512x10", "3x5x7"})
  void outerProductIsThatOfAAndC(String shape) {
    GemmBenchmark benchmark = new GemmBenchmark();
    benchmark.shape = shape;
    benchmark.fill();
    Panels gradient = benchmark.outer();
    Rows c = benchmark.multiply();
    MatrixShape sizes = MatrixShape.parse(shape);
    Rows a = sizes.a();
    for (int p = 0; p < sizes.k(); p++) {
      for (int j = 0; j < sizes.n(); j++) {
        Dot dot = new Dot();
        for (int i = 0; i < sizes.m(); i++) {
          dot.add(a.get(i, p), c.get(i, j));
        }
        dot.check(gradient.get(p, j), sizes.m());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"20x84x512", "3x5x7"})
  void theUpdateIsTheOuterProductTimesTheRate(String shape) {
    GemmBenchmark benchmark = new GemmBenchmark();
    benchmark.shape = shape;
    benchmark.fill();
    Panels weight = benchmark.addOuter();
    Panels gradient = benchmark.outer();
    for (int p = 0; p < gradient.rows(); p++) {
      for (int j = 0; j < gradient.columns(); j++) {
        assertThat(weight.get(p, j)).isEqualTo(GemmBenchmark.RATE * gradient.get(p, j));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"10x512x10", "1x512x10"})
  void dotsAreThoseOfPlainLoops(String shape) {
    DotsBenchmark benchmark = new DotsBenchmark();
    benchmark.shape = shape;
    benchmark.fill();
    Rows c = benchmark.dots();
    MatrixShape sizes = MatrixShape.parse(shape);
    for (int i = 0; i < sizes.m(); i++) {
      for (int j = 0; j < sizes.n(); j++) {
        product(sizes, sizes.a(), sizes.b(), i, j).check(c.get(i, j), sizes.k());
      }
    }
  }

  @Test
  void thePeerMultipliesTheSameMatrices() {
    try (Arena arena = Arena.ofConfined()) {
      Blas.open(arena);
    } catch (IllegalStateException none) {
      Assumptions.assumeThat(none.getMessage()).as("a BLAS library").isEmpty();
    }
    BlasBenchmark benchmark = new BlasBenchmark();
    benchmark.shape = "10x33x17";
    benchmark.fill();
    benchmark.sgemm();
    MatrixShape sizes = MatrixShape.parse(benchmark.shape);
    Rows a = sizes.a();
    Panels b = sizes.b();
    for (int i = 0; i < sizes.m(); i++) {
      for (int j = 0; j < sizes.n(); j++) {
        Dot dot = product(sizes, a, b, i, j);
        dot.check(benchmark.result(i, j), sizes.k());
      }
    }
  }

  @Test
  void aFileThatIsNoLibraryIsRefusedInOneSentence() {
    System.setProperty(Blas.PROPERTY, "/dev/null");
    BlasBenchmark benchmark = new BlasBenchmark();
    benchmark.shape = "1x1x1";
    assertThatIllegalStateException()
        .isThrownBy(benchmark::fill)
        .withMessage("'/dev/null' is no library with cblas_sgemm.");
  }

  @Test
  void aProductHasThreeSizes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MatrixShape.parse("3x4"))
        .withMessageContaining("'3x4'");
    assertThat(MatrixShape.parse("20x784x512").flop()).isEqualTo(2.0 * 20 * 784 * 512);
  }

  private static Dot product(MatrixShape sizes, Rows a, Panels b, int i, int j) {
    Dot dot = new Dot();
    for (int p = 0; p < sizes.k(); p++) {
      dot.add(a.get(i, p), b.get(p, j));
    }
    return dot;
  }

  /** A sum of products in float64, and the sum of their absolute values. */
  private static final class Dot {
    double sum;
    double absolute;

    void add(double a, double b) {
      sum += a * b;
      absolute += Math.abs(a * b);
    }

    /** A float32 sum of so many products may differ by half a unit in the last place of each. */
    void check(float value, int count) {
      if (!(Math.abs(value - sum) <= count * EPSILON * absolute)) {
        assertThat((double) value).isEqualTo(sum);
      }
    }
  }
}
