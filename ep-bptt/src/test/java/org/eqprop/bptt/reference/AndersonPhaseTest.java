package org.eqprop.bptt.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
import org.eqprop.core.settle.Anderson;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.settle.Schedule;
import org.eqprop.core.settle.Settling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AndersonPhaseTest {
  private static final int MEMORY = 5;
  private static final int MOST = 4000;
  private static final double SETTLED = 1e-13;

  /** p-2h and eb-2h of the paper: layers of 512 units, 784 inputs. */
  private static final int[] SIZES = {10, 512, 512, 784};

  private static final Dynamics PROTOTYPICAL = new Prototypical(1, Prototypical.Nudge.OUTSIDE);
  private static final Dynamics ENERGY_BASED = new EnergyBased(0.2, true, false);

  static Stream<Arguments> nets() {
    return Stream.of(
        Arguments.of("p-2h", PROTOTYPICAL, Schedule.ALTERNATING, 1.6f),
        Arguments.of("p-2h", PROTOTYPICAL, Schedule.SYNCHRONOUS, 1.6f),
        Arguments.of("eb-2h", ENERGY_BASED, Schedule.SYNCHRONOUS, 1f));
  }

  /** A network whose weights between layers that step are {@code factor} times the initial ones. */
  private static Network network(Dynamics dynamics, float factor) {
    Network network = Network.chain(dynamics, Activation.SIGMOID4, SIZES);
    Kernels kernels = KernelsSelector.kernels();
    network.initialise(3, kernels);
    for (Connection connection : network.connections()) {
      if (!connection.source().input()) {
        float[] weights = connection.parameters().get(0).write();
        for (int i = 0; i < weights.length; i++) {
          weights[i] *= factor;
        }
        connection.parameters().get(0).read(weights);
      }
    }
    network.refresh(kernels);
    return network;
  }

  /** One sample with pixels of which a fifth is not black. */
  private static Problem problem(Network network) {
    Random random = new Random(4);
    double[] x = new double[network.input().size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextDouble() < 0.2 ? random.nextFloat() : 0;
    }
    return Problem.of(network, x, new double[network.output().size()]);
  }

  /** Plain steps of all layers until none changes anything by {@link #SETTLED}. */
  private record Plain(List<double[]> end, int steps) {
    static Plain run(Problem problem, int most) {
      Transition transition = new Transition(problem);
      transition.set(problem.zeroState(), 0);
      for (int step = 1; ; step++) {
        List<double[]> before = transition.state();
        transition.step();
        List<double[]> after = transition.state();
        if (distance(before, after) < SETTLED || step == most) {
          return new Plain(after, step);
        }
      }
    }
  }

  private static double distance(List<double[]> one, List<double[]> other) {
    double largest = 0;
    for (int n = 0; n < one.size(); n++) {
      for (int i = 0; i < one.get(n).length; i++) {
        largest = Math.max(largest, Math.abs(one.get(n)[i] - other.get(n)[i]));
      }
    }
    return largest;
  }

  @ParameterizedTest
  @MethodSource("nets")
  void reachesTheSteadyStateOfPlainStepsInFewer(
      String name, Dynamics dynamics, Schedule schedule, float factor) {
    Network network = network(dynamics, factor);
    Problem problem = problem(network);
    List<List<Layer>> groups = schedule.groups(network);
    Plain plain = Plain.run(problem, MOST);
    AndersonPhase fast = AndersonPhase.run(problem, groups, MEMORY, SETTLED, MOST);
    int rounds = fast.steps() / groups.size();
    assertThat(plain.steps).isLessThan(MOST);
    assertThat(fast.residual()).isLessThan(SETTLED);
    assertThat(distance(plain.end, fast.end())).isLessThan(1e-10);
    assertThat(rounds).as(name).isLessThan(plain.steps / 2);
    // controls: as many plain steps do not get there; a slightly other network goes elsewhere
    assertThat(distance(plain.end, Plain.run(problem, rounds).end)).isGreaterThan(1e-10);
    Problem other = problem(network(dynamics, factor * (1 + 1e-6f)));
    AndersonPhase elsewhere = AndersonPhase.run(other, groups, MEMORY, SETTLED, MOST);
    assertThat(distance(plain.end, elsewhere.end())).isGreaterThan(1e-10);
  }

  /** The float32 solver round by round, and at the end. */
  @ParameterizedTest
  @MethodSource("nets")
  void float32AgreesToRounding(String name, Dynamics dynamics, Schedule schedule, float factor) {
    Network network = network(dynamics, factor);
    Problem problem = problem(network);
    List<List<Layer>> groups = schedule.groups(network);
    for (int rounds : new int[] {1, 2, 3, 4, 6, 8}) {
      List<double[]> narrow = float32(problem, schedule, MEMORY, 0, rounds * groups.size());
      List<double[]> wide = AndersonPhase.run(problem, groups, MEMORY, 0, rounds).end();
      assertThat(distance(narrow, wide)).as("%s, %d rounds", name, rounds).isLessThan(2e-5);
      if (rounds == 8) {
        List<double[]> plain = Plain.run(problem, rounds).end;
        assertThat(distance(narrow, plain)).as("plain steps").isGreaterThan(1e-3);
        List<double[]> forgetful = AndersonPhase.run(problem, groups, 1, 0, rounds).end();
        assertThat(distance(narrow, forgetful)).as("another memory").isGreaterThan(1e-4);
      }
    }
    List<double[]> narrow = float32(problem, schedule, MEMORY, 1e-6, MOST);
    List<double[]> wide = AndersonPhase.run(problem, groups, MEMORY, SETTLED, MOST).end();
    // what a residual of 1e-6 leaves: plain steps take at most 36 for a factor e
    assertThat(distance(narrow, wide)).as("%s, the end", name).isLessThan(36e-6);
  }

  private static List<double[]> float32(
      Problem problem, Schedule schedule, int memory, double tolerance, int t) {
    Network network = problem.network();
    Settling settling = new Settling(new Anderson(schedule, 0, memory), tolerance);
    Relaxation relaxation = new Relaxation(network, KernelsSelector.kernels(), 1, settling);
    for (int i = 0; i < network.input().size(); i++) {
      relaxation.x().set(0, i, (float) problem.x()[i]);
    }
    State state = relaxation.newState();
    relaxation.clamp(state, 0, 1);
    relaxation.reset(state, 0, 1);
    relaxation.free(state, t, 0, 1);
    assertThat(relaxation.converged(0)).isEqualTo(tolerance > 0);
    List<double[]> values = new ArrayList<>();
    for (Layer layer : network.layers().subList(0, network.depth())) {
      double[] own = new double[layer.size()];
      for (int i = 0; i < own.length; i++) {
        own[i] = state.s(layer).get(0, i);
      }
      values.add(own);
    }
    return values;
  }

  /**
   * f_k and f_{k−1} of a net that has settled are equal: its system is singular, its steps plain.
   */
  @Test
  void aSettledNetOfOneUnitEachTakesPlainSteps() {
    Network network = Network.chain(PROTOTYPICAL, Activation.IDENTITY, 1, 1, 1);
    network.connections().get(0).parameters().get(0).read(new float[] {0.9f});
    network.connections().get(1).parameters().get(0).read(new float[] {0.5f});
    Problem problem = Problem.of(network, new double[] {1}, new double[] {0});
    List<List<Layer>> groups = Schedule.ALTERNATING.groups(network);
    AndersonPhase phase = AndersonPhase.run(problem, groups, MEMORY, 0, 50);
    double w = 0.9f;
    assertThat(phase.end().get(1)[0]).isCloseTo(0.5 / (1 - w * w), within(1e-14));
    assertThat(phase.plainRounds()).isGreaterThan(40);
    assertThat(AndersonPhase.run(problem, groups, MEMORY, 0, 4).plainRounds()).isLessThan(4);
  }

  @Test
  void samplesSettleAlone() {
    Problem several = Cases.chain(PROTOTYPICAL, 3, 5, 4);
    List<List<Layer>> groups = Schedule.SYNCHRONOUS.groups(several.network());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AndersonPhase.run(several, groups, MEMORY, 0, 1))
        .withMessage("The problem has 3 samples; each must settle alone.");
  }
}
