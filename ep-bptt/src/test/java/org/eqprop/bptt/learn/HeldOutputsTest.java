package org.eqprop.bptt.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eqprop.bptt.estimate.ContrastedStates;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.core.cost.CrossEntropy;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.learn.ContrastiveHebbian;
import org.eqprop.core.learn.CoupledLearning;
import org.eqprop.core.learn.GradientEstimator;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.ConvolutionalChain;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.FanInUniform;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Contrastive Hebbian and coupled learning beside float64, and what they are by theory. */
final class HeldOutputsTest {
  private static final int T = 60;
  private static final int K = 9;
  private static final int SAMPLES = 7;
  private static final int IN = 19;
  private static final int OUT = 3;

  /** Share of the largest element; the states' rounding, and 1/η of it. */
  private static final double ERROR = 5e-5;

  private final Batch batch = Batch.random(SAMPLES, IN, OUT);

  static Stream<Network> networks() {
    return Stream.concat(
        dense(),
        Stream.of(
            new ConvolutionalChain(Shape.of(1, 19, 1), List.of(4), List.of(OUT), 1, 0, 1)
                .network(new Prototypical(1, Nudge.OUTSIDE), Activation.HARD_SIGMOID)));
  }

  private static Phases phases(double beta) {
    return new Phases(T, K, beta, Phases.Estimate.ONE_SIDED, 0);
  }

  private List<float[]> found(
      Learner.Provider provider, Network network, Phases phases, Kernels kernels, int threads) {
    try (Context context = new Context(threads, kernels)) {
      Learner learner = provider.create(network, context, phases, SAMPLES);
      ((GradientEstimator) learner).estimate(batch.first(SAMPLES));
      return BackpropThroughTimeTest.gradients(network);
    }
  }

  private Problem problem(Network network, int samples) {
    BackpropThroughTimeTest.prepare(network);
    return Problem.of(network, batch.x(samples), batch.y(samples));
  }

  private static List<double[]> expected(Problem problem, double share) {
    List<double[]> free = Held.free(problem, problem.zeroState(), T);
    double[] output = Held.towards(problem, free, share);
    List<double[]> held = Held.held(problem, free, output, K);
    return Held.difference(problem, held, free, 1 / (share * problem.batch()));
  }

  /** Without untied weights, which learn from s* alone, as float64's difference does not. */
  @ParameterizedTest
  @MethodSource("networks")
  void theyAreTheEstimatesOfTheFloat64Phases(Network network) {
    if (network.connections().stream().anyMatch(c -> !c.hasPhi())) {
      return;
    }
    Problem problem = problem(network, SAMPLES);
    Kernels kernels = KernelsSelector.kernels();
    for (double share : new double[] {0.25, 1}) {
      List<double[]> expected = expected(problem, share);
      List<double[]> reference =
          ContrastedStates.coupled(FreePhase.run(problem, T, 1), share, K).gradients();
      assertThat(Held.distance(Held.times(-1, reference), expected)).isLessThan(1e-12);
      List<float[]> coupled = found(new CoupledLearning(), network, phases(share), kernels, 2);
      assertThat(BackpropThroughTimeTest.distance(coupled, expected)).isLessThan(ERROR / share);
    }
    List<float[]> hebbian = found(new ContrastiveHebbian(), network, phases(7), kernels, 2);
    assertThat(BackpropThroughTimeTest.distance(hebbian, expected(problem, 1))).isLessThan(ERROR);
    // the control: outputs that are held elsewhere
    assertThat(BackpropThroughTimeTest.distance(hebbian, expected(problem, 0.9)))
        .isGreaterThan(100 * ERROR);
  }

  static Stream<Network> dense() {
    return BackpropThroughTimeTest.networks().filter(net -> net.cost().readOut() == null);
  }

  @ParameterizedTest
  @MethodSource("dense")
  void theBitsDependNeitherOnThreadsNorOnKernels(Network network) {
    problem(network, SAMPLES);
    boolean energyBased = network.dynamics() instanceof EnergyBased;
    for (Settling settling : List.of(Settling.EXACT, Settling.fast(energyBased, 0.5))) {
      Phases phases = new Phases(T, K, 0.5, Phases.Estimate.ONE_SIDED, 0, settling);
      List<float[]> one = found(new CoupledLearning(), network, phases, new ScalarKernels(), 1);
      for (int threads = 1; threads <= 3; threads++) {
        List<float[]> same =
            found(new CoupledLearning(), network, phases, KernelsSelector.kernels(), threads);
        for (int p = 0; p < one.size(); p++) {
          assertThat(same.get(p)).containsExactly(one.get(p));
        }
      }
    }
  }

  /** Large enough for two workers to divide the layers, or to have weights of their own. */
  @Test
  void theBitsAreTheSameWithDividedLayers() {
    Network network =
        Network.chain(new EnergyBased(0.2, true, false), Activation.SIGMOID4, OUT, 450, 450, IN);
    network.initialise(3);
    List<float[]> one =
        found(new ContrastiveHebbian(), network, phases(1), KernelsSelector.kernels(), 1);
    for (int threads = 2; threads <= 4; threads++) {
      List<float[]> same =
          found(new ContrastiveHebbian(), network, phases(1), KernelsSelector.kernels(), threads);
      for (int p = 0; p < one.size(); p++) {
        assertThat(same.get(p)).containsExactly(one.get(p));
      }
    }
  }

  private static Network smooth(double epsilon) {
    Network network =
        Network.chain(new EnergyBased(epsilon, false, false), Activation.SIGMOID4, OUT, 6, 5, IN);
    network.initialise(8, new FanInUniform(), KernelsSelector.kernels(), 1.5);
    return network;
  }

  /** β times the estimate of equilibrium propagation approaches that of Hebbian learning as 1/β. */
  @Test
  void contrastiveHebbianLearningIsTheLimitOfLargeBeta() {
    double[] betas = {30, 100, 300, 1000};
    double[] errors = new double[betas.length];
    for (int i = 0; i < betas.length; i++) {
      double epsilon = 0.5 / (1 + betas[i]);
      int steps = (int) (40 / epsilon);
      Problem problem = Problem.of(smooth(epsilon), batch.x(2), batch.y(2));
      List<double[]> free = Held.free(problem, problem.zeroState(), steps);
      List<double[]> nudged = Held.nudged(problem, free, betas[i], steps);
      List<double[]> held = Held.held(problem, free, Held.towards(problem, free, 1), steps);
      errors[i] =
          Held.distance(
              Held.difference(problem, nudged, free, 1), Held.difference(problem, held, free, 1));
    }
    assertThat(errors[0]).isLessThan(0.2);
    assertThat(Held.slope(betas, errors)).isCloseTo(-1, within(0.1));
  }

  /** ½·(y − s⁰)ᵀ·A·(y − s⁰) with A held, by central differences of the parameters. */
  private List<double[]> descentOfTheObjective(Network network, Problem problem, int steps) {
    List<double[]> free = Held.free(problem, problem.zeroState(), steps);
    double[] force = new double[OUT];
    double[] error = new double[OUT];
    for (int i = 0; i < OUT; i++) {
      error[i] = problem.y()[i] - free.get(0)[i];
    }
    double h = 1e-4;
    for (int sign = -1; sign <= 1; sign += 2) { // A·(y − s⁰) is the force per share
      List<double[]> held = Held.held(problem, free, Held.towards(problem, free, sign * h), steps);
      List<double[]> next = Held.free(problem, held, 1);
      for (int i = 0; i < OUT; i++) {
        double step = (next.get(0)[i] - held.get(0)[i]) / network.dynamics().epsilon();
        force[i] -= sign * step / (2 * h);
      }
    }
    List<double[]> descent = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      float[] values = parameter.write();
      double[] slope = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        float kept = values[i];
        double[] moved = new double[2];
        double[] outputs = new double[2];
        for (int side = 0; side < 2; side++) {
          values[i] = kept + (side == 0 ? -1e-3f : 1e-3f);
          moved[side] = values[i];
          parameter.read(values);
          Problem other = Problem.of(network, batch.x(1), batch.y(1));
          List<double[]> steady = Held.free(other, free, steps);
          for (int o = 0; o < OUT; o++) {
            outputs[side] += force[o] * steady.get(0)[o];
          }
        }
        values[i] = kept;
        parameter.read(values);
        slope[i] = (outputs[1] - outputs[0]) / (moved[1] - moved[0]);
      }
      descent.add(slope);
    }
    return descent;
  }

  /** To O(η) the update is the descent of its own objective; the squared error's is another. */
  @Test
  void coupledLearningDescendsItsObjective() {
    Network network = smooth(0.5);
    Problem problem = Problem.of(network, batch.x(1), batch.y(1));
    int steps = 300;
    List<double[]> expected = descentOfTheObjective(network, problem, steps);
    List<double[]> free = Held.free(problem, problem.zeroState(), steps);
    double[] shares = {0.03, 0.01, 0.003, 0.001};
    double[] errors = new double[shares.length];
    for (int i = 0; i < shares.length; i++) {
      List<double[]> held = Held.held(problem, free, Held.towards(problem, free, shares[i]), steps);
      errors[i] = Held.distance(Held.difference(problem, held, free, 1 / shares[i]), expected);
    }
    assertThat(Held.slope(shares, errors)).isCloseTo(1, within(0.1));
    assertThat(errors[3]).isLessThan(0.01);
    List<double[]> nudged = Held.nudged(problem, free, 1e-3, steps);
    assertThat(Held.distance(Held.difference(problem, nudged, free, 1e3), expected))
        .as("the gradient of the squared error is another one")
        .isGreaterThan(0.02);
  }

  @Test
  void whatCannotBeHeldIsRefused() {
    Network readOut =
        Network.chain(
            new Prototypical(1, Nudge.OUTSIDE),
            Activation.TANH,
            output -> new CrossEntropy(output, OUT),
            21,
            IN);
    Network plain = Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.TANH, OUT, 21, IN);
    try (Context context = new Context(1)) {
      for (Learner.Provider provider : List.of(new ContrastiveHebbian(), new CoupledLearning())) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> provider.create(readOut, context, phases(1), 1))
            .withMessageContaining("read-out");
      }
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new CoupledLearning().create(plain, context, phases(1.5), 1))
          .withMessageContaining("at most 1");
      assertThat(new ContrastiveHebbian().create(plain, context, phases(1.5), 1)).isNotNull();
    }
    assertThat(Arrays.stream(Learner.Provider.Setting.values()))
        .allMatch(setting -> new ContrastiveHebbian().whyWithout(setting) != null);
  }
}
