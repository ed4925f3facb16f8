package org.eqprop.core.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Randomness;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.testing.KernelsUnderTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("kernels")
class SettlingTest {
  /** Skips all of it where this machine has no such vectors. */
  @BeforeAll
  static void requireKernels() {
    KernelsUnderTest.kernels();
  }

  private static final int SAMPLES = 13;
  private static final int T = 60;
  private static final Dynamics PROTOTYPICAL = new Prototypical(1, Prototypical.Nudge.OUTSIDE);
  private static final Dynamics HALF = new Prototypical(0.5, Prototypical.Nudge.OUTSIDE);

  private final Kernels k = KernelsSelector.kernels();

  private Network chain(Dynamics dynamics) {
    Network network = Network.chain(dynamics, Activation.SIGMOID4, 5, 33, 20, 9);
    network.initialise(7, k);
    return network;
  }

  private Relaxation relaxation(Network network, Settling settling) {
    Relaxation relaxation = new Relaxation(network, k, SAMPLES, settling);
    Randomness random = new Randomness(3, Randomness.Stream.SIGN, 1);
    for (int r = 0; r < SAMPLES; r++) {
      for (int c = 0; c < network.input().size(); c++) {
        relaxation.x().set(r, c, (float) (4 * random.nextDouble()));
      }
    }
    return relaxation;
  }

  private static State start(Relaxation relaxation) {
    State state = relaxation.newState();
    relaxation.clamp(state, 0, SAMPLES);
    relaxation.reset(state, 0, SAMPLES);
    return state;
  }

  private Rows targets() {
    Rows y = Rows.allocate(SAMPLES, 5);
    for (int r = 0; r < SAMPLES; r++) {
      y.set(r, r % 5, 1f);
    }
    return y;
  }

  private static float[] row(Rows rows, int r) {
    float[] values = new float[rows.size()];
    for (int c = 0; c < values.length; c++) {
      values[c] = rows.get(r, c);
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 8, 30})
  void alternatingStepsAreOneOfTheTwoSynchronousChains(int t) {
    Network network = chain(PROTOTYPICAL);
    Relaxation together = relaxation(network, Settling.EXACT);
    Relaxation inTurn = relaxation(network, Settling.of(Schedule.ALTERNATING, 0, 0, 0));
    State last = start(together);
    State previous = together.newState();
    int even = t + t % 2;
    for (int step = 0; step < even; step++) {
      previous.copy(last, 0, SAMPLES);
      together.step(last, 0, SAMPLES);
    }
    State state = start(inTurn);
    inTurn.free(state, t, 0, SAMPLES);
    // the last step was that of the odd layers
    for (int n = 0; n < network.depth(); n++) {
      Layer layer = network.layers().get(n);
      Rows expected = (n % 2 == 1 ? last : previous).s(layer);
      for (int r = 0; r < SAMPLES; r++) {
        assertThat(row(state.s(layer), r)).isEqualTo(row(expected, r));
        assertThat(inTurn.steps()[r]).isEqualTo(even);
      }
    }
  }

  @Test
  void theNudgedSteadyStateIsThatOfSynchronousSteps() {
    Network network = chain(PROTOTYPICAL);
    Rows y = targets();
    Relaxation together = relaxation(network, Settling.EXACT);
    Relaxation inTurn = relaxation(network, Settling.of(Schedule.ALTERNATING, 0, 0, 0));
    State expected = start(together);
    together.free(expected, T, 0, SAMPLES);
    State free = together.newState();
    free.copy(expected, 0, SAMPLES);
    together.nudged(expected, T, 0.3f, y, 0, SAMPLES);
    State state = start(inTurn);
    inTurn.free(state, T, 0, SAMPLES);
    inTurn.nudged(state, T, 0.3f, y, 0, SAMPLES);
    for (int n = 0; n < network.depth(); n++) {
      Layer layer = network.layers().get(n);
      double moved = 0;
      double apart = 0;
      for (int r = 0; r < SAMPLES; r++) {
        for (int c = 0; c < layer.size(); c++) {
          double nudged = expected.s(layer).get(r, c);
          moved = Math.max(moved, Math.abs(nudged - free.s(layer).get(r, c)));
          apart = Math.max(apart, Math.abs(nudged - state.s(layer).get(r, c)));
        }
      }
      assertThat(moved).isGreaterThan(1e-2);
      assertThat(apart).isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 0", "false, 0", "true, 0.3", "false, 0.1"})
  void eachSampleStopsWhereItWouldStopAlone(boolean energyBased, double momentum) {
    Dynamics dynamics = energyBased ? new EnergyBased(0.4, true, false) : PROTOTYPICAL;
    for (Schedule schedule : Schedule.values()) {
      Network network = chain(dynamics);
      Settling settling = Settling.of(schedule, 1e-3, 0, momentum);
      Relaxation relaxation = relaxation(network, settling);
      State state = start(relaxation);
      relaxation.free(state, T, 0, SAMPLES);
      Relaxation alone = relaxation(network, settling);
      State one = start(alone);
      int fewest = T;
      int most = 0;
      for (int r = 0; r < SAMPLES; r++) {
        alone.free(one, T, r, r + 1);
        for (Layer layer : network.layers()) {
          assertThat(row(state.s(layer), r)).isEqualTo(row(one.s(layer), r));
          assertThat(row(state.u(layer), r)).isEqualTo(row(one.u(layer), r));
        }
        int taken = relaxation.steps()[r];
        assertThat(taken).isEqualTo(alone.steps()[r]).isLessThanOrEqualTo(T);
        assertThat(relaxation.residual()[r]).isEqualTo(alone.residual()[r]);
        assertThat(relaxation.residual()[r] < 1e-3f || taken == T).isTrue();
        fewest = Math.min(fewest, taken);
        most = Math.max(most, taken);
      }
      assertThat(fewest).as("samples differ, or the test shows nothing").isLessThan(most);
    }
  }

  @Test
  void aSettledSampleHasTheStateOfAsManyStepsWithoutATolerance() {
    Network network = chain(PROTOTYPICAL);
    Relaxation relaxation = relaxation(network, Settling.of(Schedule.SYNCHRONOUS, 1e-2, 0, 0));
    State state = start(relaxation);
    relaxation.free(state, T, 0, SAMPLES);
    for (int r = 0; r < SAMPLES; r++) {
      Relaxation exact = relaxation(network, Settling.EXACT);
      State same = start(exact);
      exact.free(same, relaxation.steps()[r], 0, SAMPLES);
      for (Layer layer : network.layers()) {
        assertThat(row(state.s(layer), r)).isEqualTo(row(same.s(layer), r));
      }
    }
  }

  @Test
  void theNudgedPhaseAfterAToleranceFindsEverySampleInItsRow() {
    Network network = chain(PROTOTYPICAL);
    Rows y = targets();
    Settling settling = Settling.of(Schedule.ALTERNATING, 1e-3, 0, 0);
    Relaxation relaxation = relaxation(network, settling);
    State state = start(relaxation);
    relaxation.free(state, T, 0, SAMPLES);
    relaxation.nudged(state, 5, 0.5f, y, 0, SAMPLES);
    Relaxation alone = relaxation(network, settling);
    State one = start(alone);
    for (int r = SAMPLES - 1; r >= 0; r--) {
      alone.free(one, T, r, r + 1);
      alone.nudged(one, 5, 0.5f, y, r, r + 1);
      for (Layer layer : network.layers()) {
        assertThat(row(state.s(layer), r)).isEqualTo(row(one.s(layer), r));
      }
    }
  }

  /**
   * Multiplies the weights between layers that step, as training does: then settling takes long.
   */
  private void strengthen(Network network, float factor) {
    for (Connection connection : network.connections()) {
      if (!connection.source().input()) {
        float[] weights = connection.parameters().get(0).write();
        for (int i = 0; i < weights.length; i++) {
          weights[i] *= factor;
        }
        connection.parameters().get(0).read(weights);
      }
    }
    network.refresh(k);
  }

  /** A residual of 1e-6, with and without over-relaxation, is the same steady state. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void overRelaxationReachesTheSameSteadyStateInFewerSteps(boolean energyBased) {
    Dynamics dynamics = energyBased ? new EnergyBased(0.2, true, false) : PROTOTYPICAL;
    Schedule schedule = energyBased ? Schedule.SYNCHRONOUS : Schedule.ALTERNATING;
    Network network = chain(dynamics);
    strengthen(network, energyBased ? 1 : 3);
    Relaxation plain = relaxation(network, Settling.of(schedule, 1e-6, 0, 0));
    State expected = start(plain);
    plain.free(expected, 40 * T, 0, SAMPLES);
    Relaxation over = relaxation(network, Settling.of(schedule, 1e-6, energyBased ? 0.4 : 1.2, 0));
    State state = start(over);
    over.free(state, 40 * T, 0, SAMPLES);
    for (int r = 0; r < SAMPLES; r++) {
      assertThat(over.residual()[r]).isLessThan(1e-6f);
      assertThat(over.steps()[r]).isLessThan(plain.steps()[r]);
    }
    assertWithin(network, state, expected, 2e-5f);
  }

  private static void assertWithin(Network network, State state, State expected, float distance) {
    for (Layer layer : network.layers()) {
      for (int r = 0; r < SAMPLES; r++) {
        for (int c = 0; c < layer.size(); c++) {
          assertThat(state.u(layer).get(r, c))
              .isCloseTo(expected.u(layer).get(r, c), within(distance));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void momentumReachesTheSameSteadyStateInFewerSteps(boolean energyBased) {
    Dynamics dynamics = energyBased ? new EnergyBased(0.2, true, false) : HALF;
    Network network = chain(dynamics);
    Relaxation plain = relaxation(network, Settling.of(Schedule.SYNCHRONOUS, 1e-6, 0, 0));
    State expected = start(plain);
    plain.free(expected, 40 * T, 0, SAMPLES);
    Relaxation hastened = relaxation(network, Settling.of(Schedule.SYNCHRONOUS, 1e-6, 0, 0.2));
    State state = start(hastened);
    hastened.free(state, 40 * T, 0, SAMPLES);
    for (int r = 0; r < SAMPLES; r++) {
      assertThat(hastened.steps()[r]).isLessThan(plain.steps()[r] * 9 / 10);
    }
    assertWithin(network, state, expected, 2e-5f);
  }

  /** Two steps with momentum μ from s(0) = 0: s(1), then s(1) + step + μ·(s(1) − s(0)). */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void momentumAddsAShareOfTheStepBefore(boolean energyBased) {
    Dynamics dynamics = energyBased ? new EnergyBased(0.2, false, false) : HALF;
    Network network = chain(dynamics);
    Relaxation plain = relaxation(network, Settling.EXACT);
    State first = start(plain);
    State rest = plain.newState();
    rest.copy(first, 0, SAMPLES);
    plain.step(first, 0, SAMPLES);
    State second = plain.newState();
    second.copy(first, 0, SAMPLES);
    plain.step(second, 0, SAMPLES);
    Relaxation hastened = relaxation(network, Settling.of(Schedule.SYNCHRONOUS, 0, 0, 0.75));
    State state = start(hastened);
    hastened.free(state, 2, 0, SAMPLES);
    for (Layer layer : network.layers()) {
      for (int r = 0; r < SAMPLES; r++) {
        for (int c = 0; c < layer.size(); c++) {
          float moved = first.s(layer).get(r, c) - rest.s(layer).get(r, c);
          assertThat(state.s(layer).get(r, c))
              .isCloseTo(second.s(layer).get(r, c) + 0.75f * moved, within(1e-6f));
        }
      }
    }
  }

  /** The chain's layer n is n connections away from the nudge. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void afterSettlingALayerWaitsForTheNudgeToArrive(boolean energyBased) {
    Dynamics dynamics = energyBased ? new EnergyBased(0.2, true, false) : PROTOTYPICAL;
    Schedule schedule = energyBased ? Schedule.SYNCHRONOUS : Schedule.ALTERNATING;
    Network network = chain(dynamics);
    Rows y = targets();
    for (double tolerance : new double[] {0, 1e-2}) {
      Relaxation relaxation = relaxation(network, Settling.of(schedule, tolerance, 0, 0));
      State settled = start(relaxation);
      relaxation.free(settled, 4, 0, SAMPLES);
      for (int steps = 1; steps <= 4; steps++) {
        State state = relaxation.newState();
        state.copy(settled, 0, SAMPLES);
        relaxation.nudged(state, steps, 0.4f, y, 0, SAMPLES);
        for (Layer layer : network.layers().subList(0, network.depth())) {
          boolean moves = !Arrays.equals(row(state.s(layer), 0), row(settled.s(layer), 0));
          boolean reached = layer.index() < steps;
          boolean takenAlong =
              tolerance == 0 && (energyBased || steps >= 2 || layer.index() % 2 == 0);
          assertThat(moves)
              .as("layer %d, %d steps, tolerance %s", layer.index(), steps, tolerance)
              .isEqualTo(reached || takenAlong);
        }
      }
    }
  }

  /** K steps of ε are what they are, however the free phase got to where they start. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1.3})
  void nudgedStepsBelowOneAreThePapers(double omega) {
    for (Dynamics dynamics :
        List.of(
            new Prototypical(0.3, Prototypical.Nudge.OUTSIDE), new EnergyBased(0.2, true, false))) {
      Network network = chain(dynamics);
      Rows y = targets();
      Relaxation exact = relaxation(network, Settling.EXACT);
      Relaxation inTurn = relaxation(network, Settling.of(Schedule.ALTERNATING, 0, omega, 0));
      State expected = start(exact);
      exact.free(expected, 3, 0, SAMPLES);
      State state = start(inTurn);
      state.copy(expected, 0, SAMPLES);
      exact.nudged(expected, 7, 0.4f, y, 0, SAMPLES);
      inTurn.nudged(state, 7, 0.4f, y, 0, SAMPLES);
      for (Layer layer : network.layers()) {
        for (int r = 0; r < SAMPLES; r++) {
          assertThat(row(state.s(layer), r)).isEqualTo(row(expected.s(layer), r));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 2, Double.NaN})
  void omegaMustBeBelowTwo(double omega) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settling.of(Schedule.SYNCHRONOUS, 0, omega, 0))
        .withMessageContaining("omega");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void momentumMustBeBelowOne(double momentum) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settling.of(Schedule.SYNCHRONOUS, 0, 0, momentum))
        .withMessageContaining("momentum");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-3, Double.NaN, Double.POSITIVE_INFINITY})
  void aToleranceMustBeANumberFromZeroOn(double tolerance) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settling.of(Schedule.SYNCHRONOUS, tolerance, 0, 0))
        .withMessageContaining("tolerance");
  }
}
