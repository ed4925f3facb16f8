package org.eqprop.core.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Randomness;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;
import org.eqprop.core.testing.KernelsUnderTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers in a loop of odd length, which two groups that take turns cannot hold. */
@Tag("kernels")
class OddLoopTest {
  private static final int SAMPLES = 13;
  private static final int STEPS = 600;

  private final Kernels k = KernelsSelector.kernels();

  /** Skips all of it where this machine has no such vectors. */
  @BeforeAll
  static void requireKernels() {
    KernelsUnderTest.kernels();
  }

  private static Rows random(Rows rows, double scale, long seed) {
    Randomness random = new Randomness(seed, Randomness.Stream.SIGN, 1);
    for (int r = 0; r < SAMPLES; r++) {
      for (int c = 0; c < rows.size(); c++) {
        rows.set(r, c, (float) (scale * random.nextDouble()));
      }
    }
    return rows;
  }

  private Relaxation relaxation(Network network, Settling settling) {
    Relaxation relaxation = new Relaxation(network, k, SAMPLES, settling);
    random(relaxation.x(), 4, 3);
    return relaxation;
  }

  private static State free(Relaxation relaxation) {
    State state = relaxation.newState();
    relaxation.clamp(state, 0, SAMPLES);
    relaxation.reset(state, 0, SAMPLES);
    relaxation.free(state, STEPS, 0, SAMPLES);
    return state;
  }

  /** No two layers that step together are linked, and both phases come to rest where all do. */
  @ParameterizedTest
  @CsvSource({"1, 0", "1, 1.2", "0.5, 0"})
  void aLoopOfThreeLayersTakesThreeTurns(double epsilon, double omega) {
    Network loop = loop(new Prototypical(epsilon, Prototypical.Nudge.OUTSIDE));
    List<List<Layer>> groups = Schedule.ALTERNATING.groups(loop);
    List<Layer> all = loop.layers();
    assertThat(groups)
        .containsExactly(
            List.of(all.get(0), all.get(3)), List.of(all.get(1), all.get(4)), List.of(all.get(2)));
    Relaxation together = relaxation(loop, Settling.EXACT);
    Relaxation inTurn = relaxation(loop, Settling.of(Schedule.ALTERNATING, 1e-7, omega, 0));
    State expected = free(together);
    State state = free(inTurn);
    assertSame(loop, state, expected);
    Rows y = random(Rows.allocate(SAMPLES, 5), 1, 4);
    together.nudged(expected, 3, 0.1f, y, 0, SAMPLES);
    inTurn.nudged(state, 3, 0.1f, y, 0, SAMPLES);
    assertSame(loop, state, expected);
  }

  /** A triangle of s0, s1 and s2 with two layers behind it. */
  private Network loop(Dynamics dynamics) {
    Network.Builder builder = new Network.Builder(dynamics);
    for (int n = 0; n < 5; n++) {
      builder.layer("s" + n, Shape.of(5), Activation.SIGMOID4);
    }
    builder.input("x", Shape.of(9), Activation.SIGMOID4);
    for (int[] pair : new int[][] {{0, 1}, {1, 2}, {0, 2}, {2, 3}, {3, 4}, {2, 5}, {4, 5}}) {
      builder.connect(pair[0] + "." + pair[1], pair[0], pair[1], Dense.TYPE, Map.of());
    }
    Network loop = builder.build();
    loop.initialise(7, k);
    return loop;
  }

  private static void assertSame(Network network, State state, State expected) {
    for (Layer layer : network.layers().subList(0, network.depth())) {
      for (int r = 0; r < SAMPLES; r++) {
        for (int c = 0; c < layer.size(); c++) {
          assertThat(state.s(layer).get(r, c))
              .as(layer.name())
              .isCloseTo(expected.s(layer).get(r, c), within(2e-6f));
        }
      }
    }
  }
}
