package org.eqprop.bptt.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eqprop.bptt.reference.AndersonPhase;
import org.eqprop.bptt.reference.BackpropSteps;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.bptt.reference.Transition;
import org.eqprop.core.cost.CrossEntropy;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.learn.Outcome;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.ConvolutionalChain;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.settle.Anderson;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.HeavyBall;
import org.eqprop.core.settle.OverRelaxed;
import org.eqprop.core.settle.Schedule;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Solver;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** At a steady state it does not matter to the gradient how the network got there. */
final class BackpropAfterSolverTest {
  private static final int K = 6;
  private static final int LONG = 3000;
  private static final int SAMPLES = 5;
  private static final int IN = 18;
  private static final int OUT = 3;

  /** Share of the largest element, in float32: of the states' rounding. */
  private static final double ERROR = 2e-5;

  /** A step size of 1.2 would let energy-based units swing. */
  private static List<Solver> solvers(Network network) {
    double omega = network.dynamics() instanceof EnergyBased ? 0.5 : 1.2;
    return List.of(
        new OverRelaxed(Schedule.ALTERNATING, omega),
        new HeavyBall(Schedule.SYNCHRONOUS, 0, 0.3),
        new Anderson(Schedule.SYNCHRONOUS, 0, 3));
  }

  private final Batch batch = Batch.random(SAMPLES, IN, OUT);

  static Stream<Network> networks() {
    return Stream.of(
        Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.SIGMOID4, OUT, 17, 33, IN),
        Network.chain(new Prototypical(0.5, Nudge.INSIDE), Activation.TANH, OUT, 17, IN),
        Network.chain(new EnergyBased(0.2, true, false), Activation.SIGMOID4, OUT, 17, 33, IN),
        Network.chain(
            new Prototypical(0.5, Nudge.OUTSIDE),
            Activation.TANH,
            output -> new CrossEntropy(output, OUT),
            21,
            17,
            IN));
  }

  private Problem problem(Network network) {
    BackpropThroughTimeTest.prepare(network);
    network.refresh(KernelsSelector.kernels());
    return Problem.of(network, batch.x(SAMPLES), batch.y(SAMPLES));
  }

  /** K steps from a state, all kept. */
  private static FreePhase from(Problem problem, List<double[]> start) {
    Transition transition = new Transition(problem);
    transition.set(start, 0);
    List<List<double[]>> states = new ArrayList<>(List.of(start));
    for (int t = 0; t < K; t++) {
      transition.step();
      states.add(transition.state());
    }
    return new FreePhase(problem, states, K);
  }

  /** The direction of descent through what a free phase kept. */
  private static List<double[]> descent(Problem problem, FreePhase free) {
    BackpropSteps steps = new BackpropSteps(free);
    List<double[]> sums = new ArrayList<>();
    for (int t = 0; t < K; t++) {
      steps.advance();
      for (int p = 0; p < Problem.parameters(problem.network()).size(); p++) {
        double[] step = steps.parameter(p);
        if (t == 0) {
          sums.add(new double[step.length]);
        }
        double[] sum = sums.get(p);
        Arrays.setAll(sum, i -> sum[i] - step[i]);
      }
    }
    return sums;
  }

  private static double distance(List<double[]> one, List<double[]> other) {
    double worst = 0;
    for (int p = 0; p < one.size(); p++) {
      double[] a = one.get(p);
      double[] b = other.get(p);
      double largest = Arrays.stream(b).map(Math::abs).max().orElseThrow();
      for (int i = 0; i < a.length; i++) {
        worst = Math.max(worst, Math.abs(a[i] - b[i]) / largest);
      }
    }
    return worst;
  }

  /** In float64, sample by sample; as a control, from a state that has not settled. */
  @ParameterizedTest
  @MethodSource("networks")
  void theGradientIsThatOfPlainSteps(Network network) {
    Problem all = problem(network);
    for (int r = 0; r < SAMPLES; r++) {
      Problem one = all.samples(r, r + 1);
      List<double[]> plain = descent(one, FreePhase.run(one, LONG, K));
      var groups = Schedule.SYNCHRONOUS.groups(network);
      AndersonPhase settled = AndersonPhase.run(one, groups, 3, 1e-14, LONG);
      assertThat(distance(descent(one, from(one, settled.end())), plain)).isLessThan(1e-10);
      AndersonPhase early = AndersonPhase.run(one, groups, 3, 1e-14, 2);
      assertThat(distance(descent(one, from(one, early.end())), plain)).isGreaterThan(1e-4);
    }
  }

  private List<float[]> estimate(
      Network network, Kernels kernels, int threads, Settling settling, int t) {
    Phases phases = new Phases(t, K, 1, Phases.Estimate.ONE_SIDED, 0, settling);
    try (Context context = new Context(threads, kernels)) {
      new BackpropThroughTime(network, context, phases, SAMPLES).estimate(batch.first(SAMPLES));
      return BackpropThroughTimeTest.gradients(network);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void inFloat32ItIsTheSameAfterEachSolver(Network network) {
    List<double[]> plain = descent(problem(network), FreePhase.run(problem(network), LONG, K));
    for (Solver solver : solvers(network)) {
      Settling settling = new Settling(solver, 0);
      List<float[]> found = estimate(network, KernelsSelector.kernels(), 2, settling, 600);
      assertThat(BackpropThroughTimeTest.distance(found, plain))
          .as(solver.toString())
          .isLessThan(ERROR);
      List<float[]> early = estimate(network, KernelsSelector.kernels(), 2, settling, 2);
      assertThat(BackpropThroughTimeTest.distance(early, plain))
          .as(solver + ", not settled")
          .isGreaterThan(10 * ERROR);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theBitsDependNeitherOnThreadsNorOnKernels(Network network) {
    problem(network);
    for (Solver solver : solvers(network)) {
      Settling settling = new Settling(solver, 1e-4);
      List<float[]> one = estimate(network, new ScalarKernels(), 1, settling, 60);
      for (int threads = 1; threads <= 3; threads++) {
        List<float[]> found = estimate(network, KernelsSelector.kernels(), threads, settling, 60);
        for (int p = 0; p < one.size(); p++) {
          assertThat(found.get(p)).containsExactly(one.get(p));
        }
      }
    }
  }

  @Test
  void samplesStopWhenTheyHaveSettled() {
    Network network = networks().findFirst().orElseThrow();
    problem(network);
    Settling settling = new Settling(solvers(network).get(0), 1e-3);
    // K may exceed T here: the K steps come after the free phase
    for (int most : new int[] {200, 4}) {
      Phases phases = new Phases(most, K, 1, Phases.Estimate.ONE_SIDED, 0, settling);
      try (Context context = new Context(1)) {
        BackpropThroughTime bptt = new BackpropThroughTime(network, context, phases, SAMPLES);
        bptt.estimate(batch.first(SAMPLES));
        Outcome outcome = bptt.outcome();
        for (int r = 0; r < SAMPLES; r++) {
          assertThat(outcome.converged(r)).isEqualTo(most == 200);
          assertThat(outcome.steps(r)).isLessThanOrEqualTo(most == 200 ? 60 : 4);
          assertThat(outcome.residual(r) < 1e-3).isEqualTo(most == 200);
        }
      }
    }
  }

  /** Winners are looked for anew in the K steps. */
  @Test
  void convolutionsThatRememberWinnersHaveTheSameGradient() {
    Network network =
        new ConvolutionalChain(Shape.of(1, 6, 3), List.of(4), List.of(OUT), 2, 0, 2)
            .network(new Prototypical(1, Nudge.OUTSIDE), Activation.HARD_SIGMOID);
    List<double[]> plain = descent(problem(network), FreePhase.run(problem(network), LONG, K));
    Settling settling = new Settling(solvers(network).get(0), 0);
    List<float[]> found = estimate(network, KernelsSelector.kernels(), 2, settling, 200);
    assertThat(BackpropThroughTimeTest.distance(found, plain)).isLessThan(ERROR);
  }
}
