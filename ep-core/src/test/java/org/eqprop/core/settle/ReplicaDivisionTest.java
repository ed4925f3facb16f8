package org.eqprop.core.settle;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Connection;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("kernels")
@Timeout(60)
class ReplicaDivisionTest {
  /** Skips all of it where this machine has no such vectors. */
  @BeforeAll
  static void requireKernels() {
    KernelsUnderTest.kernels();
  }

  private static final int SAMPLES = 43;
  private static final float BETA = 0.3f;
  private static final int SMALL = 1 << 20;
  private static final Dynamics PROTOTYPICAL = new Prototypical(1, Prototypical.Nudge.OUTSIDE);

  private final Kernels k = KernelsSelector.kernels();
  private final Rows y = Values.random(SAMPLES, 5, 4);

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (Dynamics dynamics :
        List.of(
            PROTOTYPICAL,
            new Prototypical(0.5, Prototypical.Nudge.INSIDE),
            new EnergyBased(0.2, true, false))) {
      for (Settling settling :
          List.of(
              Settling.EXACT,
              Settling.of(Schedule.ALTERNATING, 0, 0, 0),
              Settling.of(Schedule.SYNCHRONOUS, 1e-2, 0, 0))) {
        Network chain = Network.chain(dynamics, Activation.SIGMOID4, 5, 300, 257, 9);
        cases.add(Arguments.of(chain, settling, 2));
        chain = Network.chain(dynamics, Activation.SIGMOID4, 5, 33, 20, 17, 9);
        cases.add(Arguments.of(chain, settling, 3));
      }
      Network toy = Network.toy(dynamics, Activation.TANH, 5, 33, 9);
      cases.add(Arguments.of(toy, Settling.EXACT, 2));
    }
    return cases.stream();
  }

  /** A relaxation with its states: free, and nudged from there. */
  private final class Run {
    private final Relaxation relaxation;
    private final State free;
    private final State nudged;

    Run(Network network, Settling settling) {
      relaxation = new Relaxation(network, k, SAMPLES, settling);
      relaxation.x().copy(Values.random(SAMPLES, network.input().size(), 1), 0, SAMPLES);
      free = relaxation.newState();
      nudged = relaxation.newState();
    }

    /** What a training step does with a division. */
    void settle(Division division, int count, int worker, int workers) {
      int from = Context.share(count, worker, workers);
      int to = Context.share(count, worker + 1, workers);
      relaxation.clamp(free, from, to);
      relaxation.reset(free, from, to);
      division.free(free, 9, count, worker, workers);
      nudged.copy(free, from, to);
      division.nudged(nudged, 4, BETA, y, count, worker, workers);
    }

    List<Float> values(int count) {
      List<Float> values = new ArrayList<>();
      for (Layer layer : relaxation.network().layers()) {
        for (int r = 0; r < count; r++) {
          for (int c = 0; c < layer.size(); c++) {
            values.add(free.s(layer).get(r, c));
            values.add(nudged.u(layer).get(r, c));
          }
        }
      }
      for (int r = 0; r < count; r++) {
        values.add(relaxation.residual()[r]);
        values.add((float) relaxation.steps()[r]);
      }
      return values;
    }
  }

  /** Weights change between batches, as they do in training. */
  @ParameterizedTest
  @MethodSource("cases")
  void samplesSettleToTheSameBitsAfterEachUpdate(Network network, Settling settling, int workers) {
    Run alone = new Run(network, settling);
    Run shared = new Run(network, settling);
    Division one = new SampleDivision(alone.relaxation);
    Division division = new ReplicaDivision(shared.relaxation, workers);
    try (Context context = new Context(workers)) {
      int seed = 0;
      for (int count : new int[] {SAMPLES, 30, 30, 3, 1, SAMPLES}) {
        network.initialise(seed++, k);
        alone.settle(one, count, 0, 1);
        division.run(context, (worker, all) -> shared.settle(division, count, worker, all));
        assertThat(shared.values(count)).isEqualTo(alone.values(count));
        shared.settle(division, count, 0, 1);
        assertThat(shared.values(count)).isEqualTo(alone.values(count));
      }
    }
  }

  @Test
  void everyWorkerHasItsWeightsForItself() {
    ExclusiveCount kernels = new ExclusiveCount();
    Network network = Network.chain(PROTOTYPICAL, Activation.SIGMOID4, 5, 33, 20, 9);
    network.initialise(7, kernels);
    Relaxation relaxation = new Relaxation(network, kernels, SAMPLES);
    State state = relaxation.newState();
    Division division = new ReplicaDivision(relaxation, 2);
    try (Context context = new Context(2, kernels)) {
      context.runTogether((worker, all) -> division.free(state, 3, SAMPLES, worker, all));
    }
    assertThat(kernels.products()).isEqualTo(2 * 3 * 4);
  }

  private boolean suits(int samples, int workers, int cache, int... sizes) {
    Network network = Network.chain(PROTOTYPICAL, Activation.SIGMOID4, sizes);
    return ReplicaDivision.suits(new Relaxation(network, k, samples), workers, cache);
  }

  @ParameterizedTest
  @CsvSource({
    "20, 2, 1048576, true",
    "20, 2, 2097151, true",
    "20, 2, 2097152, false",
    "19, 2, 1048576, false",
    "20, 1, 1048576, false",
    "20, 3, 1048576, false",
    "40, 1048576, 1048576, false"
  })
  void suitsHeavyChainsWithASmallCacheAndTenRowsAWorker(
      int samples, int workers, int cache, boolean suits) {
    boolean processors = Runtime.getRuntime().availableProcessors() >= workers;
    assertThat(suits(samples, workers, cache, 10, 512, 512, 4)).isEqualTo(suits && processors);
  }

  @Test
  void suitsNoLightOrHugeNetworkAndNoConnectionWithoutReplicas() {
    assertThat(suits(20, 2, SMALL, 10, 1024, 1024, 784)).isFalse();
    assertThat(suits(20, 2, SMALL, 10, 512, 784)).isFalse();
    assertThat(suits(20, 2, SMALL, 10, 256, 256, 784)).isFalse();
    Network network =
        new Network.Builder(PROTOTYPICAL)
            .layer("s0", Shape.of(10), Activation.TANH)
            .layer("s1", Shape.of(512), Activation.TANH)
            .layer("s2", Shape.of(512), Activation.TANH)
            .input("x", Shape.of(2), Activation.TANH)
            .connect("0", 0, 1, Dense.TYPE, Map.of())
            .connect("1", 1, 2, new PlainProvider(), Map.of())
            .connect("2", 2, 3, Dense.TYPE, Map.of())
            .build();
    assertThat(ReplicaDivision.suits(new Relaxation(network, k, 20), 2, SMALL)).isFalse();
  }

  /** Makes connections that are nothing more. */
  private static final class PlainProvider implements Connection.Provider {
    @Override
    public String type() {
      return "plain";
    }

    @Override
    public Connection create(String name, Layer target, Layer source, Map<String, String> options) {
      Dense dense = new Dense(name, target, source);
      return (Connection)
          Proxy.newProxyInstance(
              Connection.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> method.invoke(dense, arguments));
    }

    @Override
    public List<Connection> examples() {
      return List.of();
    }
  }
}
