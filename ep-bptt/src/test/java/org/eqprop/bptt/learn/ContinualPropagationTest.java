package org.eqprop.bptt.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eqprop.bptt.estimate.ContinualUpdates;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.ContinualPropagation;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.GradientEstimator;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Sgd;
import org.eqprop.core.learn.Updater;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.settle.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Continual updates beside float64 ones, and their limit. */
final class ContinualPropagationTest {
  private static final int T = 60;
  private static final int K = 8;
  private static final double BETA = 0.7;
  private static final int SAMPLES = 7;
  private static final int IN = 19;
  private static final int OUT = 3;

  private final Batch batch = Batch.random(SAMPLES, IN, OUT);

  static Stream<Network> networks() {
    return BackpropThroughTimeTest.networks()
        .filter(net -> net.cost().readOut() == null)
        .filter(net -> net.connections().stream().allMatch(c -> c.hasPhi()));
  }

  /** The sum of the K updates of one batch, by float64. */
  private List<double[]> updated(Network network, double rate) {
    Problem problem = Problem.of(network, batch.x(SAMPLES), batch.y(SAMPLES));
    FreePhase free = FreePhase.run(problem, T, 1);
    return new ContinualUpdates(free, BETA, rate, K)
        .gradients().stream()
            .map(values -> Arrays.stream(values).map(value -> -value).toArray())
            .toList();
  }

  private List<float[]> moved(Network network, float rate, int threads) {
    double[] rates = new double[network.trainables().size()];
    Arrays.fill(rates, rate);
    Phases phases = new Phases(T, K, BETA, Phases.Estimate.ONE_SIDED, 0);
    List<float[]> before = network.parameters().stream().map(Parameter::write).toList();
    try (Context context = new Context(threads, KernelsSelector.kernels())) {
      Updater updater = new Updater(network, context, new Sgd(rates));
      new ContinualPropagation(network, context, phases, SAMPLES)
          .learn(batch.first(SAMPLES), updater);
      assertThat(updater.step()).isEqualTo(K);
    }
    List<float[]> all = new ArrayList<>();
    for (int p = 0; p < before.size(); p++) {
      float[] after = network.parameters().get(p).write();
      float[] change = new float[after.length];
      for (int i = 0; i < change.length; i++) {
        change[i] = (after[i] - before.get(p)[i]) / rate;
      }
      all.add(change);
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void itMakesTheUpdatesOfTheFloat64Phases(Network network) {
    BackpropThroughTimeTest.prepare(network);
    List<double[]> expected = updated(network, 0.5);
    List<double[]> unchanged = updated(network, 0);
    List<float[]> found = moved(network, 0.5f, 2);
    // weights of about 1 are rounded to 6e-8 in each update, and updates are about 0.01
    assertThat(BackpropThroughTimeTest.distance(found, expected)).isLessThan(5e-4);
    assertThat(BackpropThroughTimeTest.distance(found, unchanged)).isGreaterThan(2e-3);
  }

  /** As the learning rate falls, the sum approaches the one of equilibrium propagation. */
  @ParameterizedTest
  @MethodSource("networks")
  void smallRatesGiveTheUpdateOfEquilibriumPropagation(Network network) {
    BackpropThroughTimeTest.prepare(network);
    List<double[]> whole = updated(network, 0);
    double[] rates = {0.003, 0.001, 0.0003, 0.0001};
    double[] errors = new double[rates.length];
    for (int i = 0; i < rates.length; i++) {
      errors[i] = Held.distance(updated(network, rates[i]), whole);
    }
    assertThat(Held.slope(rates, errors)).isCloseTo(1, within(0.1));
    Phases phases = new Phases(T, K, BETA, Phases.Estimate.ONE_SIDED, 0);
    try (Context context = new Context(1)) {
      GradientEstimator ep = new EquilibriumPropagation(network, context, phases, SAMPLES);
      ep.estimate(batch.first(SAMPLES));
      assertThat(
              BackpropThroughTimeTest.distance(BackpropThroughTimeTest.gradients(network), whole))
          .isLessThan(2e-4);
    }
  }

  @Test
  void whatNeedsWeightsThatStayIsRefused() {
    Network network = networks().findFirst().orElseThrow();
    Network untied =
        BackpropThroughTimeTest.networks()
            .filter(net -> net.connections().stream().anyMatch(c -> c.learnsFromFreeState()))
            .findFirst()
            .orElseThrow();
    Phases centered = new Phases(T, K, BETA, Phases.Estimate.CENTERED, 0);
    Phases plain = new Phases(T, K, BETA, Phases.Estimate.ONE_SIDED, 0);
    try (Context context = new Context(1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ContinualPropagation(network, context, centered, 1))
          .withMessageContaining("centered");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ContinualPropagation(untied, context, plain, 1))
          .withMessageContaining("free state");
    }
  }
}
