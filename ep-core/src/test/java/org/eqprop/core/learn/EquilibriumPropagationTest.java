package org.eqprop.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.network.Randomness;
import org.eqprop.core.settle.Context;
import org.eqprop.core.testing.Blobs;
import org.eqprop.core.testing.Oracle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EquilibriumPropagationTest {
  private static final int T = 6;
  private static final int K = 3;
  private static final double BETA = 0.5;
  private static final long SEED = 3;

  /** Roundings of states of order 1, divided by β; seen: below 1e-6. */
  private static final double ERROR = 6e-6;

  private final Blobs blobs = new Blobs(8, 19, 3, 5);

  static Stream<Network> networks() {
    return Stream.of(
        Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.SIGMOID4, 3, 34, 19),
        Network.chain(new Prototypical(0.5, Nudge.INSIDE), Activation.TANH, 3, 17, 33, 19),
        Network.chain(new EnergyBased(0.2, true, false), Activation.SIGMOID4, 3, 17, 33, 19),
        Network.chain(new EnergyBased(0.2, false, true), Activation.TANH, 3, 40, 19),
        Network.toy(new EnergyBased(0.1, false, false), Activation.TANH, 3, 17, 19));
  }

  private static Phases phases(Phases.Estimate estimate) {
    return new Phases(T, K, BETA, estimate, SEED);
  }

  private Minibatch batch(int count, long number) {
    Minibatch batch = new Minibatch(blobs, 8);
    batch.select(new int[] {5, 2, 7, 0, 1, 6, 3, 4}, 0, count, number);
    return batch;
  }

  private static int sample(int row) {
    return new int[] {5, 2, 7, 0, 1, 6, 3, 4}[row];
  }

  /** The estimate with nudges {@code beta} and {@code other}; other = 0 is the free phase. */
  private List<double[][]> expected(Network network, int count, double beta, double other) {
    Oracle oracle = new Oracle(network);
    List<double[][]> plus = new ArrayList<>();
    List<double[][]> minus = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      double[] y = blobs.target(sample(r));
      double[][] start = oracle.start(blobs.inputAsDoubles(sample(r)));
      double[][] free = oracle.settle(start, T, 0, y);
      plus.add(oracle.settle(free, K, beta, y));
      minus.add(other == 0 ? free : oracle.settle(free, K, other, y));
    }
    return network.connections().stream()
        .map(c -> oracle.gradient(c, plus, minus, beta - other))
        .toList();
  }

  private static double distance(Network network, List<double[][]> expected) {
    double largest = 0;
    for (int c = 0; c < network.connections().size(); c++) {
      Connection connection = network.connections().get(c);
      for (int p = 0; p < 2; p++) {
        float[] gradient = connection.parameters().get(p).writeGradient();
        largest = Math.max(largest, Oracle.distance(gradient, expected.get(c)[p]));
      }
    }
    return largest;
  }

  private void estimate(Network network, int threads, Phases phases, Minibatch batch) {
    try (Context context = new Context(threads)) {
      new EquilibriumPropagation(network, context, phases, 8).estimate(batch);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theOneSidedEstimateIsTheEquation(Network network) {
    network.initialise(4, KernelsSelector.kernels());
    for (int threads = 1; threads <= 3; threads++) {
      estimate(network, threads, phases(Phases.Estimate.ONE_SIDED), batch(8, 0));
      assertThat(distance(network, expected(network, 8, BETA, 0))).isLessThan(ERROR);
    }
    assertThat(distance(network, expected(network, 8, -BETA, 0))).isGreaterThan(10 * ERROR);
    assertThat(distance(network, expected(network, 8, BETA, -BETA))).isGreaterThan(10 * ERROR);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theCenteredEstimateIsTheEquation(Network network) {
    network.initialise(4, KernelsSelector.kernels());
    estimate(network, 2, phases(Phases.Estimate.CENTERED), batch(8, 0));
    assertThat(distance(network, expected(network, 8, BETA, -BETA))).isLessThan(ERROR);
    assertThat(distance(network, expected(network, 8, BETA, 0))).isGreaterThan(10 * ERROR);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theRandomSignDependsOnTheUpdatesNumberAndTakesBoth(Network network) {
    network.initialise(4, KernelsSelector.kernels());
    int negative = 0;
    for (int number = 0; number < 6; number++) {
      boolean minus = new Randomness(SEED, Randomness.Stream.SIGN, number).nextLong() < 0;
      negative += minus ? 1 : 0;
      estimate(network, 1, phases(Phases.Estimate.RANDOM_SIGN), batch(8, number));
      double beta = minus ? -BETA : BETA;
      assertThat(distance(network, expected(network, 8, beta, 0))).isLessThan(ERROR);
      assertThat(distance(network, expected(network, 8, -beta, 0))).isGreaterThan(10 * ERROR);
    }
    assertThat(negative).isBetween(1, 5);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aShortBatchIsTheMeanOfItsOwnSamplesOnly(Network network) {
    network.initialise(4, KernelsSelector.kernels());
    try (Context context = new Context(3)) {
      EquilibriumPropagation ep =
          new EquilibriumPropagation(network, context, phases(Phases.Estimate.ONE_SIDED), 8);
      ep.estimate(batch(8, 0));
      for (int count : new int[] {5, 2, 1}) {
        ep.estimate(batch(count, 1));
        assertThat(distance(network, expected(network, count, BETA, 0))).isLessThan(ERROR);
      }
    }
  }

  @Test
  void theOutcomeIsThatOfTheFreePhase() {
    Network network =
        Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.SIGMOID4, 3, 34, 19);
    network.initialise(4, KernelsSelector.kernels());
    try (Context context = new Context(2)) {
      EquilibriumPropagation ep =
          new EquilibriumPropagation(network, context, phases(Phases.Estimate.ONE_SIDED), 8);
      ep.estimate(batch(8, 0));
      Oracle oracle = new Oracle(network);
      for (int r = 0; r < 8; r++) {
        double[] y = blobs.target(sample(r));
        double[][] before =
            oracle.settle(oracle.start(blobs.inputAsDoubles(sample(r))), T - 1, 0, y);
        double[][] free = oracle.settle(before, 1, 0, y);
        double[][] nudged = oracle.settle(free, K, BETA, y);
        double loss = 0;
        int best = 0;
        for (int i = 0; i < 3; i++) {
          loss += (free[0][i] - y[i]) * (free[0][i] - y[i]) / 2;
          best = free[0][i] > free[0][best] ? i : best;
        }
        assertThat((double) ep.outcome().loss(r)).isCloseTo(loss, within(ERROR));
        assertThat(ep.outcome().predicted(r)).isEqualTo(best);
        assertThat((double) ep.outcome().residual(r))
            .isCloseTo(largestChange(before, free), within(ERROR));
        assertThat((double) ep.response(r)).isCloseTo(largestChange(free, nudged), within(ERROR));
        assertThat((double) ep.free().s(network.output()).get(r, 0))
            .isCloseTo(free[0][0], within(ERROR));
        assertThat((double) ep.nudged().s(network.output()).get(r, 0))
            .isCloseTo(nudged[0][0], within(ERROR));
      }
    }
  }

  private static Offset<Double> within(double error) {
    return Offset.offset(error);
  }

  private static double largestChange(double[][] before, double[][] after) {
    double largest = 0;
    for (int n = 0; n < before.length; n++) {
      for (int i = 0; i < before[n].length; i++) {
        largest = Math.max(largest, Math.abs(after[n][i] - before[n][i]));
      }
    }
    return largest;
  }

  @Test
  void itIsFoundByName() {
    assertThat(
            ServiceLoader.load(Learner.Provider.class, GradientEstimator.class.getClassLoader())
                .stream()
                .map(p -> p.get().name()))
        .contains("ep");
  }

  @Test
  void aWorkersFailureWhileReadingSamplesSurfaces() {
    Network network =
        Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.SIGMOID4, 3, 34, 25);
    try (Context context = new Context(2)) {
      Samples broken =
          new Samples() {
            @Override
            public int size() {
              return 8;
            }

            @Override
            public int inputSize() {
              return 25;
            }

            @Override
            public int classes() {
              return 3;
            }

            @Override
            public int label(int i) {
              return 0;
            }

            @Override
            public void copyInput(int i, float[] destination, int offset) {
              if (i == 7) {
                throw new IllegalArgumentException("sample 7 is broken");
              }
            }
          };
      Minibatch batch = new Minibatch(broken, 8);
      batch.select(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 0, 8, 0);
      EquilibriumPropagation ep =
          new EquilibriumPropagation(network, context, phases(Phases.Estimate.ONE_SIDED), 8);
      assertThatIllegalStateException()
          .isThrownBy(() -> ep.estimate(batch))
          .withMessageContaining("sample 7 is broken");
    }
  }
}
