package org.eqprop.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionBenchmarksTest {
  private final String jar = System.getProperty(OnnxRuntime.PROPERTY, "");

  @TempDir private Path folder;

  @AfterEach
  void putBack() {
    System.setProperty(OnnxRuntime.PROPERTY, jar);
  }

  @ParameterizedTest
  @CsvSource({"p-1h, 10", "p-2h, 16"})
  void aSettledPredictionTakesTheStepsOfTrainedNetworks(String net, int steps) {
    SettledBenchmark benchmark = new SettledBenchmark();
    benchmark.net = net;
    benchmark.batch = 1;
    benchmark.build();
    assertThat(benchmark.settled()).isBetween(0, 9);
    assertThat(benchmark.predictor().stepsTaken()).isEqualTo(steps);
    assertThat(benchmark.predictor().converged()).isFalse();
  }

  @Test
  void onnxRuntimeComputesTheNetwork() {
    assumeTrue(OnnxRuntime.absence().isEmpty(), "ONNX Runtime is not here");
    float[] input = {0.25f, 0, 1};
    Random random = new Random(1);
    float[][] hidden = weights(random, 3, 4);
    float[] hiddenBias = weights(random, 1, 4)[0];
    float[][] last = weights(random, 4, 2);
    float[] bias = weights(random, 1, 2)[0];
    try (OnnxRuntime network = OnnxRuntime.open(OnnxModel.feedForward(3, 4, 2), 1, 3, 2)) {
      FloatBuffer found = network.run(input);
      for (int o = 0; o < 2; o++) {
        double sum = bias[o];
        for (int h = 0; h < 4; h++) {
          double a = hiddenBias[h];
          for (int i = 0; i < 3; i++) {
            a += input[i] * hidden[i][h];
          }
          sum += last[h][o] / (1 + Math.exp(-a));
        }
        assertThat((double) found.get(o)).isCloseTo(sum, offset(1e-6));
      }
    }
  }

  private static float[][] weights(Random random, int rows, int columns) {
    float[][] weights = new float[rows][columns];
    for (float[] row : weights) {
      for (int c = 0; c < columns; c++) {
        row[c] = 0.05f * (2 * random.nextFloat() - 1);
      }
    }
    return weights;
  }

  @Test
  void theFileNamesItsOperatorsAndHasItsWeights() {
    byte[] file = OnnxModel.feedForward(784, 512, 10);
    String text = new String(file, StandardCharsets.ISO_8859_1);
    assertThat(text).contains("Gemm").contains("Sigmoid").contains("feed-forward");
    assertThat(file.length).isBetween(4 * 407_050, 4 * 407_050 + 500);
  }

  @Test
  void itsAbsenceIsSaid() throws Exception {
    System.setProperty(OnnxRuntime.PROPERTY, "");
    assertThat(OnnxRuntime.absence())
        .isEqualTo("ONNX Runtime is not measured; name its jar with --onnx.");
    System.setProperty(OnnxRuntime.PROPERTY, "/nowhere.jar");
    assertThat(OnnxRuntime.absence()).isEqualTo("There is no file '/nowhere.jar' of ONNX Runtime.");
    Path other = Files.writeString(folder.resolve("other.jar"), "no archive");
    System.setProperty(OnnxRuntime.PROPERTY, other.toString());
    assertThatIllegalStateException()
        .isThrownBy(() -> OnnxRuntime.open(OnnxModel.feedForward(3, 4, 2), 1, 3, 2))
        .withMessage("'" + other + "' is no jar of ONNX Runtime.");
  }
}
