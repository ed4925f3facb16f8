package org.eqprop.core.settle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.testing.KernelsUnderTest;
import org.eqprop.core.testing.Values;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("kernels")
class DriveTest {
  /** Skips all of it where this machine has no such vectors. */
  @BeforeAll
  static void requireKernels() {
    KernelsUnderTest.kernels();
  }

  private static final int SAMPLES = 13;
  private static final Dynamics PROTOTYPICAL = new Prototypical(1, Prototypical.Nudge.OUTSIDE);

  static Stream<Network> networks() {
    return Stream.of(
        Network.chain(PROTOTYPICAL, Activation.SIGMOID4, 5, 33, 130, 19),
        Network.chain(new EnergyBased(0.2, true, false), Activation.TANH, 5, 20, 19),
        Network.toy(PROTOTYPICAL, Activation.HARD_SIGMOID, 40, 70, 19));
  }

  private static Relaxation relaxation(Network network) {
    Relaxation relaxation = new Relaxation(network, KernelsSelector.kernels(), SAMPLES);
    relaxation.x().copy(Values.random(SAMPLES, 19, 8), 0, SAMPLES);
    return relaxation;
  }

  private static void assertSame(Network network, Relaxation some, Relaxation other, int count) {
    for (Layer layer : network.layers().subList(0, network.depth())) {
      Rows expected = other.drive(layer);
      for (int r = 0; r < count; r++) {
        for (int c = 0; c < layer.size(); c++) {
          assertThat(some.drive(layer).get(r, c)).isEqualTo(expected.get(r, c));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void allWorkersTogetherMakeTheDriveThatClampingMakes(Network network) {
    network.initialise(3, KernelsSelector.kernels());
    Relaxation alone = relaxation(network);
    for (int count : new int[] {SAMPLES, 3}) {
      alone.clamp(alone.newState(), 0, count);
      for (int threads = 1; threads <= 5; threads++) {
        Relaxation together = relaxation(network);
        State state = together.newState();
        try (Context context = new Context(threads)) {
          Drive drive = new Drive(together, context);
          together.begin(0, count);
          context.run((worker, workers) -> drive.add(state, count, worker, workers));
          assertSame(network, together, alone, count);
          together.begin(0, count);
          drive.add(state, count, 0, 1);
          assertSame(network, together, alone, count);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void oneOfTwoWorkersLeavesUnitsOut(Network network) {
    network.initialise(3, KernelsSelector.kernels());
    Relaxation alone = relaxation(network);
    alone.clamp(alone.newState(), 0, SAMPLES);
    Relaxation half = relaxation(network);
    try (Context context = new Context(2)) {
      half.begin(0, SAMPLES);
      new Drive(half, context).add(half.newState(), SAMPLES, 1, 2);
    }
    int different = 0;
    for (Layer layer : network.layers().subList(0, network.depth())) {
      for (int c = 0; c < layer.size(); c++) {
        different += half.drive(layer).get(0, c) == alone.drive(layer).get(0, c) ? 0 : 1;
      }
    }
    boolean several =
        network.layers().stream().anyMatch(layer -> !layer.input() && layer.size() > 32);
    assertThat(different > 0).isEqualTo(several);
  }
}
