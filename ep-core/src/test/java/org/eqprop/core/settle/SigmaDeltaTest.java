package org.eqprop.core.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that exchange events come to rest where layers that exchange numbers do. */
final class SigmaDeltaTest {
  private static final int SAMPLES = 7;
  private static final int IN = 18;
  private static final int OUT = 3;
  private static final int STEPS = 200;
  private static final int NUDGED = 40;

  static Stream<Network> networks() {
    return Stream.of(
        Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.SIGMOID4, OUT, 17, 33, IN),
        Network.chain(new Prototypical(0.5, Nudge.INSIDE), Activation.TANH, OUT, 17, IN),
        Network.chain(new EnergyBased(0.2, true, false), Activation.SIGMOID4, OUT, 17, 33, IN));
  }

  /** The end of a free phase, or of a nudged one after it. */
  private static State end(
      Network network, Solver solver, Kernels kernels, double tolerance, boolean nudged) {
    network.initialise(5, kernels);
    Relaxation relaxation =
        new Relaxation(network, kernels, SAMPLES, new Settling(solver, tolerance));
    Random random = new Random(8);
    Rows y = Rows.allocate(SAMPLES, OUT);
    for (int r = 0; r < SAMPLES; r++) {
      for (int i = 0; i < IN; i++) {
        relaxation.x().set(r, i, random.nextFloat());
      }
      y.set(r, r % OUT, 1f);
    }
    State state = relaxation.newState();
    relaxation.clamp(state, 0, SAMPLES);
    relaxation.reset(state, 0, SAMPLES);
    relaxation.free(state, STEPS, 0, SAMPLES);
    if (nudged) {
      relaxation.nudged(state, NUDGED, 0.5f, y, 0, SAMPLES);
    }
    return state;
  }

  private static double distance(Network network, State one, State other) {
    double largest = 0;
    for (Layer layer : network.layers().subList(0, network.depth())) {
      for (int r = 0; r < SAMPLES; r++) {
        for (int i = 0; i < layer.size(); i++) {
          double difference = one.s(layer).get(r, i) - other.s(layer).get(r, i);
          largest = Math.max(largest, Math.abs(difference));
        }
      }
    }
    return largest;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theErrorFallsWithTheStep(Network network) {
    Kernels kernels = KernelsSelector.kernels();
    for (boolean nudged : new boolean[] {false, true}) {
      State real = end(network, new Synchronous(), kernels, 0, nudged);
      double before = Double.POSITIVE_INFINITY;
      for (double step : new double[] {0.3, 0.03, 0.003, 0.0003}) {
        State events = end(network, new SigmaDelta(step, 1), kernels, 0, nudged);
        double error = distance(network, events, real);
        assertThat(error).as("step %s", step).isLessThan(5 * step).isLessThan(before / 2);
        before = error;
      }
      State annealed = end(network, new SigmaDelta(0.3, 0.9), kernels, 0, nudged);
      assertThat(distance(network, annealed, real)).isLessThan(1e-5);
    }
  }

  /** The control: events that are too large are never sent, and nobody hears of anybody. */
  @ParameterizedTest
  @MethodSource("networks")
  void unitsThatDoNotSendAreNotHeard(Network network) {
    Kernels kernels = KernelsSelector.kernels();
    State real = end(network, new Synchronous(), kernels, 0, false);
    State silent = end(network, new SigmaDelta(1e6, 1), kernels, 0, false);
    State longer = end(network, new SigmaDelta(2e6, 1), kernels, 0, false);
    assertThat(distance(network, silent, real)).isGreaterThan(0.01);
    assertThat(distance(network, silent, longer)).isZero();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theBitsAreThoseOfScalarKernels(Network network) {
    for (double tolerance : new double[] {0, 1e-3}) {
      State one = end(network, new SigmaDelta(0.3, 0.9), new ScalarKernels(), tolerance, true);
      State same =
          end(network, new SigmaDelta(0.3, 0.9), KernelsSelector.kernels(), tolerance, true);
      assertThat(distance(network, one, same)).isZero();
    }
  }

  /** A sample that settles takes its events along. */
  @ParameterizedTest
  @MethodSource("networks")
  void samplesThatSettleEarlyAreWhereTheOthersAre(Network network) {
    Kernels kernels = KernelsSelector.kernels();
    State whole = end(network, new SigmaDelta(0.3, 0.8), kernels, 0, true);
    State early = end(network, new SigmaDelta(0.3, 0.8), kernels, 1e-4, true);
    assertThat(distance(network, early, whole)).isBetween(Double.MIN_VALUE, 2e-3);
  }

  /** λ is then as small as it gets, and a difference of states is divided by it all the same. */
  @ParameterizedTest
  @MethodSource("networks")
  void manyStepsDoNotMakeTheEventsTooSmall(Network network) {
    Kernels kernels = KernelsSelector.kernels();
    State real = end(network, new Synchronous(), kernels, 0, true);
    for (SigmaDelta solver : List.of(new SigmaDelta(0.5, 0.01), new SigmaDelta(1e-30, 1))) {
      assertThat(distance(network, end(network, solver, kernels, 0, true), real)).isLessThan(1e-5);
    }
  }

  @Test
  void settingsAreReadAndChecked() {
    assertThat(Solver.named("spiking", Map.of())).isEqualTo(new SigmaDelta(0.5, 0.8));
    assertThat(Solver.named("spiking", Map.of("step", "0.1", "decay", "1")))
        .isEqualTo(new SigmaDelta(0.1, 1))
        .satisfies(
            solver -> assertThat(Solver.named(solver.name(), solver.options())).isEqualTo(solver));
    for (List<Double> wrong :
        List.of(
            List.of(0.0, 0.5),
            List.of(-1.0, 0.5),
            List.of(Double.NaN, 0.5),
            List.of(1e-60, 0.5),
            List.of(0.1, 0.0),
            List.of(0.1, 1.1),
            List.of(0.1, Double.NaN))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new SigmaDelta(wrong.get(0), wrong.get(1)))
          .withMessageMatching(".*it must be (at least 1e-30|above 0).*");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Solver.named("spiking", Map.of("memory", "5")))
        .withMessageContaining("it has step, decay");
  }
}
