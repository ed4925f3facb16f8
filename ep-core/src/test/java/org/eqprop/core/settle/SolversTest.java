package org.eqprop.core.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.State;
import org.eqprop.core.testing.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SolversTest {
  static List<Solver> solvers() {
    return List.of(
        new Synchronous(),
        new Alternating(),
        new OverRelaxed(Schedule.ALTERNATING, 1.4),
        new OverRelaxed(Schedule.SYNCHRONOUS, 0.3),
        new HeavyBall(Schedule.SYNCHRONOUS, 0.5, 0.6),
        new HeavyBall(Schedule.ALTERNATING, 0, 0.1),
        new Anderson(Schedule.ALTERNATING, 0, 5),
        new Anderson(Schedule.SYNCHRONOUS, 1.25, 9));
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void aSolverIsItsNameAndOptions(Solver solver) {
    assertThat(Solver.named(solver.name(), solver.options())).isEqualTo(solver);
    assertThat(Solver.names()).contains(solver.name());
  }

  @Test
  void optionsThatAreLeftOutHaveDefaults() {
    assertThat(Solver.named("anderson", Map.of()))
        .isEqualTo(new Anderson(Schedule.SYNCHRONOUS, 0, 5));
    assertThat(Solver.named("over-relaxed", Map.of("omega", "1.5")))
        .isEqualTo(new OverRelaxed(Schedule.SYNCHRONOUS, 1.5));
    assertThat(Solver.named("heavy-ball", Map.of("schedule", "alternating")))
        .isEqualTo(new HeavyBall(Schedule.ALTERNATING, 0, 0.5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "newton      | omega=1    | There is no solver 'newton'; choose one of synchronous,",
        "synchronous | omega=1    | The solver synchronous has no option 'omega'; it has none.",
        "alternating | memory=3   | The solver alternating has no option 'memory'; it has none.",
        "heavy-ball  | memory=3   | has no option 'memory'; it has schedule, omega, momentum.",
        "anderson    | momentum=1 | has no option 'momentum'; it has schedule, omega, memory.",
        "anderson    | memory=1.5 | memory of the solver anderson is '1.5'; it must be a whole"
            + " number.",
        "anderson    | memory=0   | The memory is 0; it must be from 1 to 20.",
        "anderson    | omega=big  | omega of the solver anderson is 'big'; it must be a number.",
        "heavy-ball  | schedule=x | is 'x'; it must be synchronous or alternating.",
        "heavy-ball  | momentum=1 | The momentum is 1.0; it must be above 0 and below 1.",
        "heavy-ball  | momentum=0.99999999999 | (as a 32-bit number 1.0); it must be above 0",
        "heavy-ball  | momentum=1e-50 | (as a 32-bit number 0.0); it must be above 0",
        "over-relaxed | omega=1.9999999999 | (as a 32-bit number 2.0); it must be above 0"
      })
  void wrongOptionsAreRefusedInASentence(String name, String option, String message) {
    String[] pair = option.split("=", -1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Solver.named(name, Map.of(pair[0], pair[1])))
        .withMessageContaining(message)
        .satisfies(thrown -> assertThat(thrown.getMessage()).endsWith("."));
  }

  @Test
  void threeSettingsImplyASolver() {
    assertThat(Settling.of(Schedule.SYNCHRONOUS, 0, 0, 0)).isEqualTo(Settling.EXACT);
    assertThat(Settling.of(Schedule.ALTERNATING, 0, 0, 0).solver()).isEqualTo(new Alternating());
    assertThat(Settling.of(Schedule.ALTERNATING, 0, 1.4, 0).solver())
        .isEqualTo(new OverRelaxed(Schedule.ALTERNATING, 1.4));
    assertThat(Settling.of(Schedule.SYNCHRONOUS, 0, 0, 0.3).solver())
        .isEqualTo(new HeavyBall(Schedule.SYNCHRONOUS, 0, 0.3));
  }

  /** A solver of somebody else: layers one by one from the input side; half way back after each. */
  private record Foreign(List<String> calls) implements Solver {
    @Override
    public String name() {
      return "foreign";
    }

    @Override
    public Map<String, String> options() {
      return Map.of();
    }

    @Override
    public List<List<Layer>> groups(Network network) {
      List<List<Layer>> groups = new ArrayList<>();
      network.layers().subList(0, network.depth()).reversed().forEach(l -> groups.add(List.of(l)));
      return groups;
    }

    @Override
    public Iteration iteration(Network network, Kernels kernels, int samples) {
      return new Iteration() {
        @Override
        public void begin(State state, int from, int to) {
          calls.add("begin " + from + " " + to);
        }

        @Override
        public void move(State state, int from, int end) {
          calls.add("move " + from + " " + end);
        }

        @Override
        public void swap(int one, int other) {
          calls.add("swap " + one + " " + other);
        }
      };
    }
  }

  @Test
  void aSolverCanBeHandedIn() {
    Kernels k = KernelsSelector.kernels();
    Network network =
        Network.chain(
            new Prototypical(1, Prototypical.Nudge.OUTSIDE), Activation.SIGMOID4, 3, 8, 8, 4);
    network.initialise(1, k);
    Foreign foreign = new Foreign(new ArrayList<>());
    Relaxation relaxation = new Relaxation(network, k, 3, new Settling(foreign, 1e-6));
    relaxation.x().copy(Values.random(3, 4, 1), 0, 3);
    State state = relaxation.newState();
    relaxation.clamp(state, 0, 3);
    relaxation.free(state, 900, 0, 3);
    Relaxation exact = new Relaxation(network, k, 3);
    exact.x().copy(relaxation.x(), 0, 3);
    State expected = exact.newState();
    exact.clamp(expected, 0, 3);
    exact.free(expected, 900, 0, 3);
    for (Layer layer : network.layers()) {
      for (int r = 0; r < 3; r++) {
        for (int c = 0; c < layer.size(); c++) {
          Values.assertWithin(
              layer.name(), state.s(layer).get(r, c), expected.s(layer).get(r, c), 1e-5);
        }
      }
    }
    assertThat(foreign.calls()).startsWith("begin 0 3", "move 0 3", "move 0 3");
    for (int r = 0; r < 3; r++) {
      assertThat(relaxation.converged(r)).isTrue();
      assertThat(relaxation.steps()[r]).isLessThan(900);
      assertThat(relaxation.steps()[r] % 3).as("whole rounds of three groups").isZero();
    }
  }
}
