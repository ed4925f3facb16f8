package org.eqprop.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class InitialiserTest {
  private static final Dynamics PROTOTYPICAL = new Prototypical(1, Nudge.OUTSIDE);

  private final Kernels k = KernelsSelector.kernels();

  static List<Initialiser> all() {
    return List.of(new FanInUniform(), new GlorotUniform(), new Orthogonal());
  }

  private static Network chain(int... sizes) {
    return Network.chain(PROTOTYPICAL, Activation.TANH, sizes);
  }

  private static float[] weight(Network network, int connection) {
    return network.connections().get(connection).parameters().get(0).write();
  }

  private static float[] bias(Network network, int connection) {
    return network.connections().get(connection).parameters().get(1).write();
  }

  private static float[][] values(Network network) {
    return network.parameters().stream().map(Parameter::write).toArray(float[][]::new);
  }

  /** Of n uniform values the largest lies within bound·(1 − 10/n), but for a chance of e⁻¹⁰. */
  private static void assertUniform(float[] values, double bound) {
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
      largest = Math.max(largest, Math.abs(value));
    }
    int n = values.length;
    assertThat(largest).isBetween(bound * (1 - 10.0 / n), bound * (1 + 1e-7));
    assertThat(sum / n).isCloseTo(0, within(4 * bound / Math.sqrt(3.0 * n)));
    // the variance of v² is (1/5 − 1/9)·bound⁴
    double deviation = bound * bound * Math.sqrt((1 / 5.0 - 1 / 9.0) / n);
    assertThat(squares / n).isCloseTo(bound * bound / 3, within(4 * deviation));
  }

  @Test
  void theDefaultIsUniformInOneOverTheRootOfTheFanIn() {
    Network one = chain(10, 33, 21);
    Network other = chain(10, 33, 21);
    one.initialise(7, k);
    other.initialise(7, new FanInUniform(), k, 1);
    assertThat(values(other)).isDeepEqualTo(values(one));
  }

  @Test
  void aGainStretchesTheWeightsAndNotTheBiases() {
    Network one = chain(51, 64, 201);
    Network other = chain(51, 64, 201);
    one.initialise(7, k);
    other.initialise(7, new FanInUniform(), k, 0.5, 3);
    assertUniform(weight(other, 0), 0.5 / Math.sqrt(64));
    assertUniform(weight(other, 1), 3 / Math.sqrt(201));
    assertThat(bias(other, 0)).containsExactly(bias(one, 0));
    assertThat(bias(other, 1)).containsExactly(bias(one, 1));
  }

  @Test
  void glorotsVarianceIsTwoOverTheFans() {
    Network network = chain(51, 64, 201);
    network.initialise(7, new GlorotUniform(), k, 1, 1.7);
    assertUniform(weight(network, 0), Math.sqrt(6.0 / (51 + 64)));
    assertUniform(weight(network, 1), 1.7 * Math.sqrt(6.0 / (64 + 201)));
    assertThat(bias(network, 0)).containsOnly(0f);
    assertThat(bias(network, 1)).containsOnly(0f);
  }

  /** Kernels have a fan of their rows and columns too. */
  @Test
  void glorotCountsTheElementsOfKernels() {
    Shape kernels = Shape.of(32, 5, 3, 3);
    float[] values = new float[kernels.size()];
    Parameter parameter =
        new Parameter(
            Parameter.Role.WEIGHT, "weight.0", kernels, values, values, i -> i, new int[] {0});
    Randomness random = new Randomness(1, Randomness.Stream.PARAMETERS, 0);
    float[] filled = new float[values.length];
    Trainable owner = chain(2, 3).connections().get(0);
    new GlorotUniform().fill(owner, parameter, 1, random, filled);
    assertUniform(filled, Math.sqrt(6.0 / (9 * 5 + 9 * 32)));
  }

  /** Each element is rounded to float32, which moves a sum of squares by at most 2⁻²⁴ twice. */
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 7, 0.3", "7, 1, 2", "17, 33, 1", "33, 17, 1.5", "64, 64, 0.1"})
  void orthogonalRowsOrColumnsAreOrthonormalTimesTheGain(int rows, int columns, double gain) {
    Network network = chain(rows, columns);
    network.initialise(3, new Orthogonal(), k, gain);
    float[] w = weight(network, 0);
    boolean wide = rows <= columns;
    int count = Math.min(rows, columns);
    int length = Math.max(rows, columns);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j <= i; j++) {
        double product = 0;
        for (int c = 0; c < length; c++) {
          double a = wide ? w[i * columns + c] : w[c * columns + i];
          double b = wide ? w[j * columns + c] : w[c * columns + j];
          product += a * b;
        }
        double expected = i == j ? gain * gain : 0;
        assertThat(product)
            .as("product of %d and %d", i, j)
            .isCloseTo(expected, within(2e-7 * gain * gain));
      }
    }
    assertThat(bias(network, 0)).containsOnly(0f);
  }

  /** An orthogonal matrix whose rows are in no special direction has no element that stands out. */
  @Test
  void orthogonalMatricesHaveNoPreferredDirection() {
    Network network = chain(100, 100);
    network.initialise(3, new Orthogonal(), k, 1);
    float[] w = weight(network, 0);
    double sum = 0;
    double largest = 0;
    for (float value : w) {
      sum += value;
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isLessThan(6 / Math.sqrt(100)); // six deviations of a normal element
    assertThat(sum / w.length).isCloseTo(0, within(4 / Math.sqrt(100.0 * w.length)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void valuesDependOnSeedAndPositionOnly(Initialiser initialiser) {
    Network one = chain(10, 20, 20, 20);
    Network other = chain(10, 20, 20, 20);
    one.initialise(7, initialiser, k, 1.1);
    other.initialise(8, initialiser, k, 1.1);
    assertThat(weight(other, 0)).isNotEqualTo(weight(one, 0));
    assertThat(weight(one, 1)).isNotEqualTo(weight(one, 2));
    other.initialise(7, initialiser, new ScalarKernels(), 1.1, 1.1, 1.1);
    assertThat(values(other)).isDeepEqualTo(values(one));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theDirectionsOfUntiedWeightsAreDrawnOneByOne(Initialiser initialiser) {
    Network network =
        new Network.Builder(PROTOTYPICAL)
            .layer("s0", Shape.of(5), Activation.TANH)
            .layer("s1", Shape.of(7), Activation.TANH)
            .input("x", Shape.of(9), Activation.TANH)
            .connect("0", 0, 1, Untied.TYPE, Map.of("of", "dense", "rule", "vector-field"))
            .connect("1", 1, 2, Dense.TYPE, Map.of())
            .build();
    network.initialise(5, initialiser, k, 1);
    List<Parameter> parameters = network.connections().get(0).parameters();
    float[] forward = parameters.get(0).write();
    float[] feedback = parameters.get(2).write();
    assertThat(feedback).hasSameSizeAs(forward).isNotEqualTo(forward);
    assertThat(Arrays.equals(feedback, new float[35])).isFalse();
  }

  @Test
  void gainsThatDoNotFitAreRefused() {
    Network network = chain(3, 4, 5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.initialise(1, new GlorotUniform(), k, 1, 1, 1))
        .withMessage(
            "There are 3 gains of the initial weights; give one for all, or 2, one for each"
                + " connection, a read-out included.");
    for (double gain : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.initialise(1, new GlorotUniform(), k, gain))
          .withMessageContaining("must be above 0 and finite");
    }
  }
}
