package org.eqprop.core.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;
import org.eqprop.core.testing.Blobs;
import org.eqprop.core.testing.Oracle;
import org.eqprop.core.testing.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RelaxationTest {
  private static final int SAMPLES = 7;
  private static final int FROM = 1;
  private static final int TO = 6;
  private static final double BETA = 0.4;

  /** A few steps' roundings of values of order 1; seen: below 4e-7. */
  private static final double ERROR = 3e-6;

  private final Kernels k = KernelsSelector.kernels();
  private final Blobs blobs = new Blobs(SAMPLES, 19, 3, 5);

  private static Network chain(Dynamics dynamics, Activation activation) {
    return Network.chain(dynamics, activation, 3, 17, 33, 19);
  }

  private static Network toy(Dynamics dynamics, Activation activation) {
    return Network.toy(dynamics, activation, 3, 17, 19);
  }

  private static Network withIdentityOutput(Dynamics dynamics) {
    return new Network.Builder(dynamics)
        .layer("s0", Shape.of(3), Activation.IDENTITY)
        .layer("s1", Shape.of(20), Activation.SIGMOID4)
        .input("x", Shape.of(19), Activation.SIGMOID4)
        .connect("0", 0, 1, "dense", Map.of())
        .connect("1", 1, 2, "dense", Map.of())
        .build();
  }

  static Stream<Network> networks() {
    Stream.Builder<Network> all = Stream.builder();
    for (Activation activation : Activation.values()) {
      for (double epsilon : new double[] {1, 0.2}) {
        for (Nudge nudge : Nudge.values()) {
          all.add(chain(new Prototypical(epsilon, nudge), activation));
        }
        all.add(chain(new EnergyBased(epsilon, true, false), activation));
        all.add(chain(new EnergyBased(epsilon, false, true), activation));
      }
    }
    all.add(toy(new EnergyBased(0.08, false, false), Activation.TANH));
    all.add(toy(new EnergyBased(0.3, true, true), Activation.SIGMOID4));
    all.add(toy(new Prototypical(1, Nudge.INSIDE), Activation.TANH));
    all.add(withIdentityOutput(new EnergyBased(0.2, false, false)));
    all.add(withIdentityOutput(new Prototypical(0.5, Nudge.OUTSIDE)));
    return all.build();
  }

  private final class Run {
    final Network network;
    final Relaxation relaxation;
    final State state;
    final Rows y = Rows.allocate(SAMPLES, 3);

    Run(Network network) {
      this.network = network;
      network.initialise(11, k);
      relaxation = new Relaxation(network, k, SAMPLES);
      state = relaxation.newState();
      for (int r = 0; r < SAMPLES; r++) {
        blobs.copyInput(r, relaxation.x().data(), relaxation.x().index(r, 0));
        y.set(r, blobs.label(r), 1f);
      }
      relaxation.clamp(state, FROM, TO);
      relaxation.reset(state, FROM, TO);
    }

    void assertAgrees(String what, List<double[][]> expected) {
      Oracle oracle = new Oracle(network);
      for (int r = 0; r < SAMPLES; r++) {
        boolean inside = r >= FROM && r < TO;
        double[][] s = expected.get(r);
        double[][] u = oracle.fed(s);
        for (int n = 0; n < network.depth(); n++) {
          Layer layer = network.layers().get(n);
          for (int i = 0; i < layer.size(); i++) {
            String where = what + " s" + n + "(" + r + ", " + i + ")";
            Values.assertWithin(where, state.s(layer).get(r, i), inside ? s[n][i] : 0, ERROR);
            Values.assertWithin(
                where + " u", state.u(layer).get(r, i), inside ? u[n][i] : 0, ERROR);
          }
          Values.assertPaddingIsZero(what, state.s(layer));
          Values.assertPaddingIsZero(what, state.u(layer));
        }
      }
    }

    /** The states of all samples after free and nudged steps from zero. */
    List<double[][]> oracle(int free, int nudged, double beta) {
      Oracle oracle = new Oracle(network);
      List<double[][]> states = new ArrayList<>();
      for (int r = 0; r < SAMPLES; r++) {
        double[][] s = oracle.start(blobs.inputAsDoubles(r));
        s = oracle.settle(s, free, 0, blobs.target(r));
        states.add(oracle.settle(s, nudged, beta, blobs.target(r)));
      }
      return states;
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void freeAndNudgedStepsAreTheEquations(Network network) {
    Run run = new Run(network);
    run.relaxation.step(run.state, FROM, TO);
    run.assertAgrees("free 1", run.oracle(1, 0, 0));
    run.relaxation.step(run.state, FROM, TO);
    run.assertAgrees("free 2", run.oracle(2, 0, 0));
    run.relaxation.nudgedStep(run.state, (float) BETA, run.y, FROM, TO);
    run.assertAgrees("nudged 1", run.oracle(2, 1, BETA));
    run.relaxation.nudged(run.state, 3, (float) BETA, run.y, FROM, TO);
    run.assertAgrees("nudged 4", run.oracle(2, 4, BETA));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aNegativeNudgePushesAway(Network network) {
    Run run = new Run(network);
    run.relaxation.free(run.state, 3, FROM, TO);
    run.relaxation.nudged(run.state, 2, (float) -BETA, run.y, FROM, TO);
    run.assertAgrees("nudged", run.oracle(3, 2, -BETA));
  }

  @Test
  void anotherNetworkIsNoticed() {
    Run run = new Run(chain(new Prototypical(1, Nudge.OUTSIDE), Activation.SIGMOID4));
    run.relaxation.free(run.state, 2, FROM, TO);
    run.relaxation.nudged(run.state, 1, (float) BETA, run.y, FROM, TO);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> run.assertAgrees("other β", run.oracle(2, 1, BETA * 1.001)));
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> run.assertAgrees("other T", run.oracle(3, 1, BETA)));
  }

  @Test
  void theResidualIsTheLastStepsLargestChange() {
    Run run = new Run(chain(new EnergyBased(0.2, true, false), Activation.SIGMOID4));
    run.relaxation.residual()[0] = 42f;
    run.relaxation.free(run.state, 6, FROM, TO);
    List<double[][]> before = run.oracle(5, 0, 0);
    List<double[][]> after = run.oracle(6, 0, 0);
    for (int r = FROM; r < TO; r++) {
      double largest = 0;
      for (int n = 0; n < run.network.depth(); n++) {
        for (int i = 0; i < after.get(r)[n].length; i++) {
          largest = Math.max(largest, Math.abs(after.get(r)[n][i] - before.get(r)[n][i]));
        }
      }
      Values.assertWithin("residual", run.relaxation.residual()[r], largest, ERROR);
    }
    assertThat(run.relaxation.residual()[0]).isEqualTo(42f);
  }

  @Test
  void resetStartsOverFromZero() {
    Run run = new Run(chain(new EnergyBased(0.2, true, false), Activation.SIGMOID4));
    run.relaxation.free(run.state, 4, FROM, TO);
    run.relaxation.reset(run.state, FROM, TO);
    run.relaxation.free(run.state, 2, FROM, TO);
    run.assertAgrees("again", run.oracle(2, 0, 0));
  }

  @Test
  void samplesDoNotSeeEachOther() {
    Run whole = new Run(chain(new Prototypical(0.5, Nudge.INSIDE), Activation.TANH));
    Run parts = new Run(chain(new Prototypical(0.5, Nudge.INSIDE), Activation.TANH));
    whole.relaxation.free(whole.state, 5, FROM, TO);
    for (int r = TO - 1; r >= FROM; r--) {
      parts.relaxation.free(parts.state, 5, r, r + 1);
    }
    for (int n = 0; n < whole.network.depth(); n++) {
      Rows one = whole.state.s(whole.network.layers().get(n));
      Rows other = parts.state.s(parts.network.layers().get(n));
      Values.assertSameBits("s" + n, other.data(), one.data());
    }
  }

  @Test
  void copiedStatesAreEqualAndSeparate() {
    Run run = new Run(chain(new EnergyBased(0.2, false, false), Activation.TANH));
    run.relaxation.free(run.state, 4, FROM, TO);
    State copy = run.relaxation.newState();
    copy.copy(run.state, FROM, TO);
    run.relaxation.nudged(copy, 2, (float) BETA, run.y, FROM, TO);
    run.assertAgrees("the original", run.oracle(4, 0, 0));
    run.state.copy(copy, FROM, TO);
    run.assertAgrees("the copy", run.oracle(4, 2, BETA));
  }

  @Test
  void finiteIsToldForTheRowsAskedFor() {
    Run run = new Run(chain(new Prototypical(1, Nudge.OUTSIDE), Activation.TANH));
    Layer layer = run.network.layers().get(1);
    run.state.s(layer).set(2, 16, Float.POSITIVE_INFINITY);
    assertThat(run.state.isFinite(layer, 2)).isTrue();
    assertThat(run.state.isFinite(layer, 3)).isFalse();
    assertThat(run.state.isFinite(run.network.output(), SAMPLES)).isTrue();
  }

  @Test
  void aLayerThatHasNoNeighbourButTheInputSettlesAtOnce() {
    Network network = Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.TANH, 3, 4);
    network.initialise(5, k);
    Relaxation relaxation = new Relaxation(network, k, 1);
    for (int i = 0; i < 4; i++) {
      relaxation.x().set(0, i, 0.3f * i - 0.4f);
    }
    State state = relaxation.newState();
    relaxation.clamp(state, 0, 1);
    relaxation.reset(state, 0, 1);
    relaxation.free(state, 3, 0, 1);
    assertThat(relaxation.residual()[0]).isZero();
    float[] w = network.connections().get(0).parameters().get(0).write();
    float[] b = network.connections().get(0).parameters().get(1).write();
    for (int o = 0; o < 3; o++) {
      double sum = b[o];
      for (int i = 0; i < 4; i++) {
        sum += (double) w[o * 4 + i] * relaxation.x().get(0, i);
      }
      assertThat((double) state.s(network.output()).get(0, o))
          .isCloseTo(Math.tanh(sum), within(1e-6));
    }
  }
}
