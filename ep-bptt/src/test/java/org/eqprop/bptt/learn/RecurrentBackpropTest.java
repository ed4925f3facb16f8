package org.eqprop.bptt.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.learn.GradientEstimator;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.ConvolutionalChain;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** K terms at a steady state are K steps of backpropagation through time. */
final class RecurrentBackpropTest {
  private static final int LONG = 600;
  private static final int SAMPLES = 7;
  private static final int IN = 19;
  private static final int OUT = 3;

  /** Share of the largest element, in float32: of the states' rounding. */
  private static final double ERROR = 2e-5;

  private final Batch batch = Batch.random(SAMPLES, IN, OUT);

  static Stream<Network> networks() {
    return Stream.concat(
        dense(),
        Stream.of(
            new ConvolutionalChain(Shape.of(1, 19, 1), List.of(4), List.of(OUT), 1, 0, 1)
                .network(new Prototypical(1, Nudge.OUTSIDE), Activation.HARD_SIGMOID)));
  }

  private List<float[]> estimate(
      boolean recurrent, Network network, Kernels kernels, int threads, Phases phases) {
    try (Context context = new Context(threads, kernels)) {
      GradientEstimator estimator =
          recurrent
              ? new RecurrentBackprop(network, context, phases, SAMPLES)
              : new BackpropThroughTime(network, context, phases, SAMPLES);
      estimator.estimate(batch.first(SAMPLES));
      return BackpropThroughTimeTest.gradients(network);
    }
  }

  private static Phases phases(int t, int k) {
    return new Phases(t, k, 1, Phases.Estimate.ONE_SIDED, 0);
  }

  private static double distance(List<float[]> found, List<float[]> expected) {
    return BackpropThroughTimeTest.distance(
        found,
        expected.stream()
            .map(
                floats -> {
                  double[] wide = new double[floats.length];
                  for (int i = 0; i < wide.length; i++) {
                    wide[i] = floats[i];
                  }
                  return wide;
                })
            .toList());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theTermsAreStepsThroughTime(Network network) {
    BackpropThroughTimeTest.prepare(network);
    Kernels kernels = KernelsSelector.kernels();
    for (int k : new int[] {1, 2, 7}) {
      List<float[]> through = estimate(false, network, kernels, 2, phases(LONG, k));
      assertThat(distance(estimate(true, network, kernels, 2, phases(LONG, k)), through))
          .as("K = %d", k)
          .isLessThan(ERROR);
    }
  }

  /** The control: where the state has not settled, the terms are no steps. */
  @ParameterizedTest
  @MethodSource("feedback")
  void beforeTheSteadyStateTheyAreNot(Network network) {
    BackpropThroughTimeTest.prepare(network);
    Kernels kernels = KernelsSelector.kernels();
    List<float[]> through = estimate(false, network, kernels, 1, phases(8, 7));
    assertThat(distance(estimate(true, network, kernels, 1, phases(8, 7)), through))
        .isGreaterThan(10 * ERROR);
  }

  static Stream<Network> feedback() {
    return Stream.of(
        Network.chain(new Prototypical(0.5, Nudge.INSIDE), Activation.TANH, OUT, 17, 33, IN),
        Network.chain(new EnergyBased(0.2, true, false), Activation.SIGMOID4, OUT, 17, 33, IN));
  }

  static Stream<Network> dense() {
    return BackpropThroughTimeTest.networks();
  }

  @ParameterizedTest
  @MethodSource("dense")
  void theBitsDependNeitherOnThreadsNorOnKernels(Network network) {
    BackpropThroughTimeTest.prepare(network);
    boolean energyBased = network.dynamics() instanceof EnergyBased;
    Settling settling = Settling.fast(energyBased, 0.5);
    Phases phases = new Phases(40, 6, 1, Phases.Estimate.ONE_SIDED, 0, settling);
    List<float[]> one = estimate(true, network, new ScalarKernels(), 1, phases);
    for (int threads = 1; threads <= 3; threads++) {
      List<float[]> found = estimate(true, network, KernelsSelector.kernels(), threads, phases);
      for (int p = 0; p < one.size(); p++) {
        assertThat(found.get(p)).containsExactly(one.get(p));
      }
    }
  }
}
