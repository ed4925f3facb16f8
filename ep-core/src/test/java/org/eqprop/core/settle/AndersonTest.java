package org.eqprop.core.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.State;
import org.eqprop.core.testing.KernelsUnderTest;
import org.eqprop.core.testing.Values;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("kernels")
class AndersonTest {
  /** Skips all of it where this machine has no such vectors. */
  @BeforeAll
  static void requireKernels() {
    KernelsUnderTest.kernels();
  }

  private static final int SAMPLES = 23;
  private static final int MOST = 3000;
  private static final float TOLERANCE = 2e-6f;
  private static final Dynamics PROTOTYPICAL = new Prototypical(1, Prototypical.Nudge.OUTSIDE);
  private static final Dynamics HALF = new Prototypical(0.5, Prototypical.Nudge.OUTSIDE);
  private static final Dynamics ENERGY_BASED = new EnergyBased(0.2, true, false);

  private final Kernels k = KernelsSelector.kernels();

  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of(PROTOTYPICAL, new Anderson(Schedule.ALTERNATING, 0, 5)),
        Arguments.of(PROTOTYPICAL, new Anderson(Schedule.ALTERNATING, 1.4, 3)),
        Arguments.of(PROTOTYPICAL, new Anderson(Schedule.SYNCHRONOUS, 0, 8)),
        Arguments.of(HALF, new Anderson(Schedule.SYNCHRONOUS, 0, 5)),
        Arguments.of(ENERGY_BASED, new Anderson(Schedule.SYNCHRONOUS, 0, 5)),
        Arguments.of(ENERGY_BASED, new Anderson(Schedule.SYNCHRONOUS, 1, 1)));
  }

  private Network chain(Dynamics dynamics) {
    Network network = Network.chain(dynamics, Activation.SIGMOID4, 5, 67, 40, 9);
    network.initialise(7, k);
    if (dynamics instanceof Prototypical) {
      strengthen(network, 1.3f);
    }
    return network;
  }

  /** Multiplies the weights between layers: settling takes longer, to one steady state still. */
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

  /** A relaxation with its state. */
  private final class Run {
    private final Relaxation relaxation;
    private final State state;

    Run(Network network, Solver solver, double tolerance) {
      relaxation = new Relaxation(network, k, SAMPLES, new Settling(solver, tolerance));
      relaxation.x().copy(Values.random(SAMPLES, network.input().size(), 1), 0, SAMPLES);
      state = relaxation.newState();
      relaxation.clamp(state, 0, SAMPLES);
      relaxation.reset(state, 0, SAMPLES);
    }

    Run free(int t) {
      relaxation.free(state, t, 0, SAMPLES);
      return this;
    }

    List<Float> values(int from, int to) {
      List<Float> values = new ArrayList<>();
      for (int r = from; r < to; r++) {
        for (Layer layer : relaxation.network().layers()) {
          for (int c = 0; c < layer.size(); c++) {
            values.add(state.s(layer).get(r, c));
            values.add(state.u(layer).get(r, c));
          }
        }
        values.add(relaxation.residual()[r]);
        values.add((float) relaxation.steps()[r]);
      }
      return values;
    }

    float distance(Run other) {
      float largest = 0;
      for (Layer layer : relaxation.network().layers()) {
        for (int r = 0; r < SAMPLES; r++) {
          for (int c = 0; c < layer.size(); c++) {
            float apart = Math.abs(state.s(layer).get(r, c) - other.state.s(layer).get(r, c));
            largest = Math.max(largest, apart);
          }
        }
      }
      return largest;
    }
  }

  private static Solver plain(Anderson anderson) {
    boolean inTurn = anderson.schedule() == Schedule.ALTERNATING;
    return inTurn ? new Alternating() : new Synchronous();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void reachesTheSameSteadyStateInFewerSteps(Dynamics dynamics, Anderson anderson) {
    Network network = chain(dynamics);
    Run plain = new Run(network, plain(anderson), TOLERANCE).free(MOST);
    Run fast = new Run(network, anderson, TOLERANCE).free(MOST);
    long plainSteps = 0;
    long steps = 0;
    for (int r = 0; r < SAMPLES; r++) {
      assertThat(fast.relaxation.residual()[r]).isLessThan(TOLERANCE);
      assertThat(fast.relaxation.converged(r)).isTrue();
      plainSteps += plain.relaxation.steps()[r];
      steps += fast.relaxation.steps()[r];
    }
    assertThat(steps).isLessThan(plainSteps * 8 / 10);
    assertThat(fast.distance(plain)).isLessThan(2e-4f);
    Run early = new Run(network, anderson, TOLERANCE).free(4);
    assertThat(early.distance(plain)).as("four steps do not").isGreaterThan(1e-3f);
    assertThat(early.relaxation.converged(0)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachSampleSettlesAsItWouldAlone(Dynamics dynamics, Anderson anderson) {
    Network network = chain(dynamics);
    Run together = new Run(network, anderson, 1e-4).free(MOST);
    Run alone = new Run(network, anderson, 1e-4);
    for (int round = 0; round < 2; round++) {
      alone.relaxation.reset(alone.state, 0, SAMPLES);
      for (int r = SAMPLES - 1; r >= 0; r--) {
        alone.relaxation.free(alone.state, MOST, r, r + 1);
      }
      assertThat(alone.values(0, SAMPLES)).as("%d", round).isEqualTo(together.values(0, SAMPLES));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void divisionsAmongThreadsGiveTheSameBits(int threads) {
    Anderson anderson = new Anderson(Schedule.ALTERNATING, 0, 5);
    Network network = chain(PROTOTYPICAL);
    Run alone = new Run(network, anderson, 1e-4).free(MOST);
    for (boolean replicas : new boolean[] {false, true}) {
      Run shared = new Run(network, anderson, 1e-4);
      Division division =
          replicas
              ? new ReplicaDivision(shared.relaxation, threads)
              : new SampleDivision(shared.relaxation);
      try (Context context = new Context(threads)) {
        context.run((worker, all) -> division.free(shared.state, MOST, SAMPLES, worker, all));
      }
      assertThat(shared.values(0, SAMPLES)).isEqualTo(alone.values(0, SAMPLES));
    }
    assertThat(LayerDivision.suits(alone.relaxation, 2)).isFalse();
  }

  /** σ = identity: the steady state is the solution of linear equations, here of 2 and 1 unit. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLinearNetOfOneUnitEachIsSolvedAndStays(boolean inTurn) {
    Network network = Network.chain(PROTOTYPICAL, Activation.IDENTITY, 1, 1, 1);
    network.connections().get(0).parameters().get(0).read(new float[] {0.9f});
    network.connections().get(1).parameters().get(0).read(new float[] {0.5f});
    network.refresh(k);
    Schedule schedule = inTurn ? Schedule.ALTERNATING : Schedule.SYNCHRONOUS;
    for (int t : new int[] {10, 11, 100}) {
      Run run = new Run(network, new Anderson(schedule, 0, 5), 0).free(t);
      Run plain = new Run(network, inTurn ? new Alternating() : new Synchronous(), 0).free(t);
      for (int r = 0; r < SAMPLES; r++) {
        double drive = 0.5 * run.relaxation.x().get(r, 0);
        double hidden = drive / (1 - 0.81);
        assertThat((double) run.state.s(network.layers().get(1)).get(r, 0))
            .isCloseTo(hidden, within(1e-5));
        assertThat((double) run.state.s(network.output()).get(r, 0))
            .isCloseTo(0.9 * hidden, within(1e-5));
        assertThat(run.relaxation.steps()[r]).isBetween(t, t + 1);
      }
      assertThat(run.distance(plain) > 1e-3f).as("plain steps need more").isEqualTo(t < 100);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 21, -3})
  void theMemoryHasARange(int memory) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Anderson(Schedule.SYNCHRONOUS, 0, memory))
        .withMessage("The memory is " + memory + "; it must be from 1 to 20.");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 2, Double.NaN})
  void omegaHasARange(double omega) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Anderson(Schedule.SYNCHRONOUS, omega, 5))
        .withMessageContaining("omega is " + omega);
  }

  @Test
  void stepsWithoutToleranceAreT() {
    Run run = new Run(chain(ENERGY_BASED), new Anderson(Schedule.SYNCHRONOUS, 0, 5), 0).free(7);
    assertThat(run.relaxation.steps()).containsOnly(7);
    assertThat(run.relaxation.converged(0)).as("no tolerance, and still moving").isFalse();
  }
}
