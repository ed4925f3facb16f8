package org.eqprop.core.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;
import org.eqprop.core.testing.ExclusiveCount;
import org.eqprop.core.testing.KernelsUnderTest;
import org.eqprop.core.testing.Values;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("kernels")
@Timeout(60)
class LayerDivisionTest {
  /** Skips all of it where this machine has no such vectors. */
  @BeforeAll
  static void requireKernels() {
    KernelsUnderTest.kernels();
  }

  private static final int SAMPLES = 23;
  private static final int BATCHES = 40;
  private static final float BETA = 0.3f;
  private static final Dynamics PROTOTYPICAL = new Prototypical(1, Prototypical.Nudge.OUTSIDE);
  private static final Settling EXACT = Settling.EXACT;

  private final Kernels k = KernelsSelector.kernels();
  private final Rows y = Values.random(SAMPLES, 5, 4);

  static Stream<Arguments> cases() {
    List<Dynamics> settings =
        List.of(
            PROTOTYPICAL,
            new Prototypical(0.5, Prototypical.Nudge.INSIDE),
            new EnergyBased(0.2, true, false));
    List<Arguments> cases = new ArrayList<>();
    for (Dynamics dynamics : settings) {
      for (int[] sizes :
          new int[][] {{5, 33, 9}, {5, 33, 20, 9}, {5, 17, 33, 20, 9}, {5, 300, 257, 9}}) {
        cases.add(Arguments.of(Network.chain(dynamics, Activation.SIGMOID4, sizes), 2));
      }
      cases.add(Arguments.of(Network.chain(dynamics, Activation.SIGMOID4, 5, 33, 20, 9), 4));
      cases.add(Arguments.of(Network.toy(dynamics, Activation.TANH, 5, 33, 9), 2));
    }
    return cases.stream();
  }

  /** A relaxation with its states: free, and nudged from there. */
  private final class Run {
    private final Relaxation relaxation;
    private final State free;
    private final State nudged;

    Run(Network network, int seed) {
      relaxation = new Relaxation(network, k, SAMPLES);
      relaxation.x().copy(Values.random(SAMPLES, network.input().size(), seed), 0, SAMPLES);
      free = relaxation.newState();
      nudged = relaxation.newState();
      relaxation.clamp(free, 0, SAMPLES);
    }

    /** What a training step does with a division. */
    void settle(Division division, int t, int steps, int count, int worker, int workers) {
      int from = Context.share(count, worker, workers);
      int to = Context.share(count, worker + 1, workers);
      relaxation.reset(free, from, to);
      division.free(free, t, count, worker, workers);
      nudged.copy(free, from, to);
      division.nudged(nudged, steps, BETA, y, count, worker, workers);
    }

    List<Float> values(State state, int count) {
      List<Float> values = new ArrayList<>();
      for (Layer layer : relaxation.network().layers()) {
        for (int r = 0; r < count; r++) {
          for (int c = 0; c < layer.size(); c++) {
            values.add(state.s(layer).get(r, c));
            values.add(state.u(layer).get(r, c));
          }
        }
      }
      return values;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void dividedLayersSettleToTheSameBits(Network network, int workers) {
    network.initialise(7, k);
    for (int count : new int[] {SAMPLES, 20, 3, 1}) {
      Run alone = new Run(network, 1);
      alone.settle(new SampleDivision(alone.relaxation), 9, 4, count, 0, 1);
      Run shared = new Run(network, 1);
      Division division = new LayerDivision(shared.relaxation, workers);
      try (Context context = new Context(workers)) {
        division.run(context, (worker, all) -> shared.settle(division, 9, 4, count, worker, all));
      }
      assertThat(shared.values(shared.free, count)).isEqualTo(alone.values(alone.free, count));
      assertThat(shared.values(shared.nudged, count)).isEqualTo(alone.values(alone.nudged, count));
      Run whole = new Run(network, 1);
      whole.settle(new LayerDivision(whole.relaxation, workers), 9, 4, count, 0, 1);
      assertThat(whole.values(whole.nudged, count)).isEqualTo(alone.values(alone.nudged, count));
      for (int r = 0; r < count; r++) {
        assertThat(shared.relaxation.residual()[r]).isEqualTo(alone.relaxation.residual()[r]);
        assertThat(shared.relaxation.steps()[r]).isEqualTo(9);
      }
    }
  }

  @Test
  void manyBatchesOneAfterTheOtherNeverMix() {
    Network network = Network.chain(PROTOTYPICAL, Activation.SIGMOID4, 5, 33, 20, 9);
    network.initialise(7, k);
    Run alone = new Run(network, 1);
    Run shared = new Run(network, 1);
    Division one = new SampleDivision(alone.relaxation);
    Division two = new LayerDivision(shared.relaxation, 2);
    try (Context context = Rests.never(2)) {
      for (int batch = 0; batch < BATCHES; batch++) {
        int t = 1 + batch % 5;
        int count = SAMPLES - batch % 4;
        alone.settle(one, t, t, count, 0, 1);
        context.runTogether((worker, all) -> shared.settle(two, t, t, count, worker, all));
        assertThat(shared.values(shared.nudged, count))
            .isEqualTo(alone.values(alone.nudged, count));
      }
    }
  }

  /** A worker that sleeps stands for one that lost its processor. */
  @Test
  void aWorkerThatComesLateToAMeetingRestsAfterwards() {
    Network network = Network.chain(PROTOTYPICAL, Activation.SIGMOID4, 5, 33, 20, 9);
    Run run = new Run(network, 1);
    Division division = new LayerDivision(run.relaxation, 2);
    try (Context context = new Context(2)) {
      int[] parts = new int[1];
      division.run(
          context,
          (worker, all) -> {
            if (worker == 1) {
              LockSupport.parkNanos(100_000_000);
            }
            run.settle(division, 3, 3, SAMPLES, worker, all);
          });
      context.run((worker, all) -> parts[0] = all);
      assertThat(parts[0]).isEqualTo(1);
    }
  }

  /** The output's nudge needs a target; only the worker with the even layers has the output. */
  @Test
  @SuppressWarnings("NullAway")
  void aWorkerThatFailsTakesTheOtherWithIt() {
    Network network = Network.chain(PROTOTYPICAL, Activation.SIGMOID4, 5, 33, 20, 9);
    Run run = new Run(network, 1);
    Division division = new LayerDivision(run.relaxation, 2);
    try (Context context = Rests.never(2)) {
      assertThatThrownBy(
              () ->
                  context.runTogether(
                      (worker, all) ->
                          division.nudged(run.free, 3, BETA, null, SAMPLES, worker, all)))
          .isInstanceOf(NullPointerException.class);
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  context.runTogether(
                      (worker, all) -> division.free(run.free, 3, SAMPLES, worker, all)))
          .withRootCauseInstanceOf(NullPointerException.class);
    }
  }

  private static int exclusiveProducts(int workers) {
    ExclusiveCount kernels = new ExclusiveCount();
    Network network = Network.chain(PROTOTYPICAL, Activation.SIGMOID4, 5, 33, 20, 9);
    network.initialise(7, kernels);
    Relaxation relaxation = new Relaxation(network, kernels, SAMPLES);
    State state = relaxation.newState();
    Division division = new LayerDivision(relaxation, workers);
    try (Context context = new Context(workers, kernels)) {
      context.runTogether((worker, all) -> division.free(state, 3, SAMPLES, worker, all));
    }
    return kernels.products();
  }

  /** Two pairs read the same weights at the same time. */
  @Test
  void onlyOnePairHasItsWeightsForItself() {
    assertThat(exclusiveProducts(2)).isEqualTo(3 * 4);
    assertThat(exclusiveProducts(4)).isZero();
  }

  private boolean suits(Network network, Settling settling, int workers) {
    return LayerDivision.suits(new Relaxation(network, k, 4, settling), workers);
  }

  private static Network wide() {
    return Network.chain(PROTOTYPICAL, Activation.SIGMOID4, 10, 512, 512, 4);
  }

  @Test
  void suitsHeavyChainsWithExactSteps() {
    boolean processors = Runtime.getRuntime().availableProcessors() >= 2;
    assertThat(suits(wide(), EXACT, 2)).isEqualTo(processors);
    Dynamics energyBased = new EnergyBased(0.2, true, false);
    Network energy = Network.chain(energyBased, Activation.SIGMOID4, 10, 512, 512, 4);
    assertThat(suits(energy, EXACT, 2)).isEqualTo(processors);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1 << 20})
  void needsAnEvenNumberOfWorkersAndAProcessorForEach(int workers) {
    assertThat(suits(wide(), EXACT, workers)).isFalse();
  }

  @Test
  void suitsNoOtherWayToSettle() {
    for (Settling settling :
        List.of(
            Settling.of(Schedule.ALTERNATING, 0, 0, 0),
            Settling.of(Schedule.SYNCHRONOUS, 1e-3, 0, 0),
            Settling.of(Schedule.SYNCHRONOUS, 0, 0, 0.5))) {
      assertThat(suits(wide(), settling, 2)).as("%s", settling).isFalse();
    }
  }

  @Test
  void suitsNoLightNetworkAndNoLoopOfThreeLayers() {
    Network oneHidden = Network.chain(PROTOTYPICAL, Activation.SIGMOID4, 10, 512, 784);
    assertThat(suits(oneHidden, EXACT, 2)).isFalse();
    Network narrow = Network.chain(PROTOTYPICAL, Activation.SIGMOID4, 10, 256, 256, 784);
    assertThat(suits(narrow, EXACT, 2)).isFalse();
    Network.Builder builder =
        new Network.Builder(PROTOTYPICAL)
            .layer("s0", Shape.of(10), Activation.TANH)
            .layer("s1", Shape.of(512), Activation.TANH)
            .layer("s2", Shape.of(512), Activation.TANH)
            .input("x", Shape.of(2), Activation.TANH);
    for (int[] pair : new int[][] {{0, 1}, {1, 2}, {0, 2}, {2, 3}}) {
      builder.connect(pair[0] + "." + pair[1], pair[0], pair[1], Dense.TYPE, Map.of());
    }
    assertThat(suits(builder.build(), EXACT, 2)).isFalse();
  }

  @Test
  void theDivisionOfAContextFollowsItsThreads() {
    Relaxation relaxation = new Relaxation(wide(), k, 4);
    try (Context one = new Context(1);
        Context two = Rests.never(2)) {
      assertThat(Division.of(relaxation, one)).isInstanceOf(SampleDivision.class);
      assertThat(Division.of(relaxation, two) instanceof LayerDivision)
          .isEqualTo(Runtime.getRuntime().availableProcessors() >= 2);
    }
  }
}
