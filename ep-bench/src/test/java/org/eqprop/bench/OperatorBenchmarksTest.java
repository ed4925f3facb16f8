package org.eqprop.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.eqprop.core.network.Connection;
import org.eqprop.core.tensor.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorBenchmarksTest {
  @Test
  void activationsAndStepsAreTheFormulas() {
    StepBenchmark benchmark = new StepBenchmark();
    benchmark.activation = "sigmoid4";
    benchmark.fill();
    double before = benchmark.s().get(3, 100);
    double a = benchmark.a().get(3, 100);
    assertThat((double) benchmark.activate().get(3, 100)).isCloseTo(sigma(before), offset(1e-6));
    double slope = 4 * sigma(before) * (1 - sigma(before));
    double after = Math.clamp(0.8 * before + 0.2 * slope * a, 0, 1);
    assertThat((double) benchmark.energyStep().get(3, 100)).isCloseTo(after, offset(1e-6));
    assertThat((double) benchmark.prototypicalStep().get(3, 100)).isCloseTo(sigma(a), offset(1e-6));
  }

  private static double sigma(double x) {
    return 1 / (1 + Math.exp(-4 * (x - 0.5)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "winograd"})
  void theConvolutionIsPlainLoops(String algorithm) {
    ConvolutionBenchmark benchmark = new ConvolutionBenchmark();
    benchmark.algorithm = algorithm;
    benchmark.shape = "32 12 64";
    benchmark.density = 80;
    benchmark.fill();
    Rows up = benchmark.bottomUp();
    float[] weight = weight(benchmark.connection());
    for (int unit : new int[] {0, 5, 17, 1023}) {
      double best = Double.NEGATIVE_INFINITY;
      for (int position : window(unit % 16)) {
        double sum = 0;
        for (int i = 0; i < 32 * 25; i++) {
          int c = i / 25;
          int row = position / 8 + i / 5 % 5;
          int column = position % 8 + i % 5;
          sum +=
              weight[unit / 16 * 800 + i] * benchmark.source().get(7, c * 144 + row * 12 + column);
        }
        best = Math.max(best, sum);
      }
      assertThat((double) up.get(7, unit)).isCloseTo(best, offset(1e-4));
    }
  }

  /** Positions in an 8 × 8 map of the 2 × 2 window of a cell. */
  private static int[] window(int cell) {
    int corner = cell / 4 * 16 + cell % 4 * 2;
    return new int[] {corner, corner + 1, corner + 8, corner + 9};
  }

  private static float[] weight(Connection connection) {
    return connection.parameters().get(0).write();
  }

  /** ⟨u_target, P(W ∗ u_source)⟩ = ⟨W̃ ∗ P⁻¹(u_target), u_source⟩ = ⟨gradient, W⟩. */
  @Test
  void theThreePassesOfAConvolutionAreOneForm() {
    ConvolutionBenchmark benchmark = new ConvolutionBenchmark();
    benchmark.shape = "1 28 32";
    benchmark.density = 50;
    benchmark.fill();
    double up = dot(benchmark.bottomUp(), benchmark.target());
    double down = dot(benchmark.topDown(), benchmark.source());
    float[] gradient = gradient(benchmark);
    float[] weight = weight(benchmark.connection());
    double total = 0;
    for (int i = 0; i < weight.length; i++) {
      total += (double) weight[i] * gradient[i];
    }
    double scale = 1e-4 * Math.abs(up);
    assertThat(up).isNotZero();
    assertThat(down).isCloseTo(up, offset(scale));
    assertThat(total).isCloseTo(up, offset(scale));
  }

  private static float[] gradient(ConvolutionBenchmark benchmark) {
    benchmark.weightGradient();
    return benchmark.connection().parameters().get(0).writeGradient();
  }

  @Test
  void theDirectConvolutionIsOfTheLastSample() {
    ConvolutionBenchmark benchmark = new ConvolutionBenchmark();
    benchmark.shape = "1 28 32";
    benchmark.density = 100;
    benchmark.fill();
    Rows map = benchmark.convolve();
    float[] weight = weight(benchmark.connection());
    double sum = 0;
    for (int i = 0; i < 25; i++) {
      int pixel = (3 + i / 5) * 28 + 7 + i % 5;
      sum += weight[5 * 25 + i] * benchmark.source().get(ConvolutionBenchmark.BATCH - 1, pixel);
    }
    assertThat((double) map.get(3 * 24 + 7, 5)).isCloseTo(sum, offset(1e-5));
  }

  private static double dot(Rows a, Rows b) {
    double sum = 0;
    for (int r = 0; r < a.count(); r++) {
      for (int c = 0; c < a.size(); c++) {
        sum += (double) a.get(r, c) * b.get(r, c);
      }
    }
    return sum;
  }

  @Test
  void thePeakCountsChains() {
    assertThat(new PeakBenchmark().fmaChains()).isFinite();
  }
}
