package org.eqprop.bptt.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.eqprop.bptt.reference.EquilibriumSteps.Estimate;
import org.eqprop.bptt.tape.Node;
import org.eqprop.bptt.tape.Tape;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both stepwise gradients against their definitions, far from the steady state. */
final class StepwiseGradientTest {
  private static final int T = 12;
  private static final int K = 7;
  private static final Offset<Double> ROUNDING = within(1e-15);

  static List<Problem> problems() {
    Dynamics clamped = new EnergyBased(0.3, true, false);
    Dynamics linear = new EnergyBased(0.3, true, true);
    Dynamics leaky = new Prototypical(0.2, Prototypical.Nudge.OUTSIDE);
    return List.of(
        Cases.toy(Cases.ENERGY),
        Cases.chain(clamped, 3, 5, 4),
        Cases.chain(linear, 3, 5, 4),
        Cases.chain(leaky, 3, 5, 6, 4),
        Cases.chain(Cases.INSIDE, 3, 5, 6, 4),
        Cases.chain(Cases.ENERGY, 3, 5, 4).with(Cases.UNTIED));
  }

  /** The definition: one graph of K steps, each with leaves of its own. */
  @ParameterizedTest
  @MethodSource("problems")
  void backpropIsTheGradientOfTheUnrolledGraph(Problem problem) {
    FreePhase free = FreePhase.run(problem, T, K);
    Tape tape = new Tape();
    TransitionFunction function = new TransitionFunction(tape, problem);
    int batch = problem.batch();
    List<Node> state = new ArrayList<>();
    for (double[] values : free.states().get(0)) {
      state.add(tape.leaf(batch, values.length / batch, values));
    }
    List<List<Node>> states = new ArrayList<>(List.of(state));
    List<List<Node>> parameters = new ArrayList<>();
    for (int k = 0; k < K; k++) {
      List<List<Node>> own = parameters(tape, problem);
      Node none = tape.constant(0, batch, state.get(0).columns());
      state = function.next(state, own, none);
      states.add(state);
      parameters.add(own.stream().flatMap(List::stream).toList());
    }
    Node y = tape.leaf(batch, state.get(0).columns(), problem.y());
    Node error = tape.sub(state.get(0), y);
    Node loss = tape.scale(0.5 / batch, tape.sum(tape.mul(error, error)));

    BackpropSteps backprop = new BackpropSteps(free);
    for (int t = 0; t < K; t++) {
      backprop.advance();
      List<Node> byState = tape.gradient(loss, states.get(K - t));
      for (int n = 0; n < byState.size(); n++) {
        assertThat(backprop.neuron(n)).containsExactly(byState.get(n).value(), ROUNDING);
      }
      List<Node> byParameter = tape.gradient(loss, parameters.get(K - 1 - t));
      for (int p = 0; p < byParameter.size(); p++) {
        assertThat(backprop.parameter(p)).containsExactly(byParameter.get(p).value(), ROUNDING);
      }
    }
    assertThatIllegalStateException().isThrownBy(backprop::advance);
  }

  private static List<List<Node>> parameters(Tape tape, Problem problem) {
    List<List<Node>> perConnection = new ArrayList<>();
    int p = 0;
    for (Connection connection : problem.network().connections()) {
      List<Node> own = new ArrayList<>();
      for (Parameter parameter : connection.parameters()) {
        double[] values = problem.parameters().get(p++);
        int rows = Problem.rows(parameter.shape());
        own.add(tape.leaf(rows, values.length / rows, values));
      }
      perConnection.add(own);
    }
    return perConnection;
  }

  @ParameterizedTest
  @MethodSource("problems")
  void equilibriumStepsAddUpToTheUpdate(Problem problem) {
    double beta = 0.3;
    FreePhase free = FreePhase.run(problem, T, 1);
    for (Estimate estimate : Estimate.values()) {
      EquilibriumSteps steps = new EquilibriumSteps(free, beta, estimate);
      List<double[]> sums = new ArrayList<>();
      for (int t = 0; t < K; t++) {
        steps.advance();
        for (int p = 0; p < problem.parameters().size(); p++) {
          if (t == 0) {
            sums.add(new double[steps.parameter(p).length]);
          }
          for (int i = 0; i < sums.get(p).length; i++) {
            sums.get(p)[i] += steps.parameter(p)[i];
          }
        }
      }
      boolean centered = estimate == Estimate.CENTERED;
      List<double[]> to = phiAfter(free, beta);
      List<double[]> from = phiAfter(free, centered ? -beta : 0);
      double scale = -1 / ((centered ? 2 : 1) * beta * problem.batch());
      for (int p = 0; p < sums.size(); p++) {
        for (int i = 0; i < sums.get(p).length; i++) {
          double expected = scale * (to.get(p)[i] - from.get(p)[i]);
          assertThat(sums.get(p)[i]).isCloseTo(expected, within(1e-13));
        }
      }
    }
  }

  /** ∂Φ/∂θ after K steps nudged with {@code beta}; at the end of the free phase if that is 0. */
  private static List<double[]> phiAfter(FreePhase free, double beta) {
    Transition transition = new Transition(free.problem());
    transition.set(free.end(), beta);
    for (int t = 0; t < K && beta != 0; t++) {
      transition.step();
    }
    return transition.phiByParameters().stream().map(double[]::clone).toList();
  }

  @Test
  void theFirstStepMovesTheOutputTowardsTheTarget() {
    Problem problem = Cases.chain(Cases.ENERGY, 5, 13, 9);
    FreePhase free = FreePhase.run(problem, 5000, 1);
    EquilibriumSteps steps = new EquilibriumSteps(free, 0.25, Estimate.ONE_SIDED);
    steps.advance();
    double[] output = free.end().get(0);
    for (int i = 0; i < output.length; i++) {
      double expected = (output[i] - problem.y()[i]) / problem.batch();
      assertThat(steps.neuron(0)[i]).isCloseTo(expected, within(1e-14));
    }
    assertThat(steps.neuron(1)).containsExactly(new double[3 * 13], within(1e-14));
  }

  @Test
  void aSettledFreePhaseIsTheSameAsOneThatGoesOn() {
    Problem problem = Cases.chain(Cases.OUTSIDE, 5, 13, 9);
    List<Integer> told = new ArrayList<>();
    FreePhase free = FreePhase.run(problem, 500, 3, told::add);
    assertThat(told).hasSizeBetween(10, 300).startsWith(1, 2).endsWith(500);
    assertThat(free.settled()).isBetween(10, 300);
    Transition transition = new Transition(problem);
    for (int t = 0; t < 500; t++) {
      transition.step();
    }
    assertThat(free.states()).hasSize(4);
    assertThat(free.residual()).isLessThan(1e-15);
    for (int n = 0; n < 2; n++) {
      assertThat(free.end().get(n)).isEqualTo(transition.state().get(n));
    }
  }

  @Test
  void samplesDoNotInfluenceEachOther() {
    Problem problem = Cases.toy(Cases.ENERGY);
    FreePhase together = FreePhase.run(problem, T, 2);
    for (int row = 0; row < problem.batch(); row++) {
      FreePhase alone = FreePhase.run(problem.samples(row, row + 1), T, 2);
      FreePhase extracted = together.sample(row);
      assertThat(extracted.residual()).isEqualTo(alone.residual());
      for (int k = 0; k < 3; k++) {
        for (int n = 0; n < 2; n++) {
          assertThat(extracted.states().get(k).get(n)).isEqualTo(alone.states().get(k).get(n));
        }
      }
    }
  }

  @Test
  void partsOfABatchSettleAsTheWhole() {
    Problem problem = Cases.chain(Cases.OUTSIDE, 5, 13, 9);
    FreePhase whole = FreePhase.run(problem, 800, 2);
    FreePhase first = FreePhase.run(problem.samples(0, 1), 800, 2);
    FreePhase rest = FreePhase.run(problem.samples(1, problem.batch()), 800, 2);
    FreePhase joined = FreePhase.join(problem, List.of(first, rest));
    for (int k = 0; k < 3; k++) {
      for (int n = 0; n < 2; n++) {
        assertThat(joined.states().get(k).get(n)).isEqualTo(whole.states().get(k).get(n));
      }
    }
  }

  @Test
  void refusesWhatMakesNoSense() {
    Problem problem = Cases.toy(Cases.ENERGY);
    assertThatIllegalArgumentException().isThrownBy(() -> FreePhase.run(problem, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> FreePhase.run(problem, 3, 4));
    FreePhase free = FreePhase.run(problem, 3, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EquilibriumSteps(free, 0, Estimate.ONE_SIDED));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Problem.of(problem.network(), new double[7], new double[10]))
        .withMessage("x has 7 values; the network and batch need 14.");
  }
}
