package org.eqprop.bptt.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eqprop.bptt.reference.BackpropSteps;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.core.cost.CrossEntropy;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.network.Untied;
import org.eqprop.core.settle.Context;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The float32 gradient against the float64 one that follows from Φ. */
final class BackpropThroughTimeTest {
  private static final int T = 9;
  private static final int SAMPLES = 7;
  private static final int IN = 19;
  private static final int OUT = 3;

  /** Share of the largest element; seen: below 2e-6. */
  private static final double ERROR = 1e-5;

  private final Batch batch = Batch.random(SAMPLES, IN, OUT);

  static Stream<Network> networks() {
    return Stream.of(
        Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.SIGMOID4, OUT, 34, IN),
        Network.chain(new Prototypical(0.5, Nudge.INSIDE), Activation.TANH, OUT, 17, 33, IN),
        Network.chain(
            new Prototypical(0.2, Nudge.OUTSIDE), Activation.HARD_SIGMOID, OUT, 17, 5, 7, IN),
        Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.HARD_SIGMOID, OUT, 40, IN),
        Network.chain(new EnergyBased(0.2, true, false), Activation.SIGMOID4, OUT, 17, 33, IN),
        Network.chain(new EnergyBased(0.6, true, false), Activation.TANH, OUT, 17, 33, IN),
        Network.chain(new EnergyBased(0.1, true, true), Activation.HARD_SIGMOID, OUT, 17, 33, IN),
        Network.chain(new EnergyBased(0.2, false, true), Activation.TANH, OUT, 40, IN),
        Network.chain(new Prototypical(0.6, Nudge.INSIDE), Activation.SIGMOID, OUT, 17, 33, IN),
        Network.chain(new EnergyBased(0.2, false, false), Activation.SIGMOID, OUT, 17, IN),
        Network.chain(
            new Prototypical(1, Nudge.OUTSIDE), Activation.HARD_SIGMOID_HALF, OUT, 17, IN),
        Network.chain(
            new EnergyBased(0.1, false, false), Activation.HARD_SIGMOID_HALF, OUT, 17, IN),
        Network.chain(new Prototypical(0.2, Nudge.OUTSIDE), Activation.RELU6, OUT, 17, 5, 7, IN),
        Network.chain(new EnergyBased(0.1, false, true), Activation.RELU6, OUT, 17, 33, IN),
        Network.toy(new Prototypical(1, Nudge.OUTSIDE), Activation.SIGMOID4, OUT, 17, IN),
        Network.toy(new EnergyBased(0.1, false, false), Activation.TANH, OUT, 17, IN),
        classified(new Prototypical(1, Nudge.OUTSIDE)),
        classified(new EnergyBased(0.2, true, false)),
        withoutFeedback(new EnergyBased(0.2, false, false)),
        untied(new Prototypical(0.5, Nudge.OUTSIDE), Untied.Rule.VECTOR_FIELD),
        untied(new EnergyBased(0.2, true, false), Untied.Rule.VECTOR_FIELD));
  }

  /** With a softmax read-out. */
  private static Network classified(Dynamics dynamics) {
    return Network.chain(
        dynamics, Activation.TANH, output -> new CrossEntropy(output, OUT), 21, 17, IN);
  }

  /** One layer between the input and a read-out. */
  private static Network withoutFeedback(Dynamics dynamics) {
    return Network.chain(
        dynamics, Activation.TANH, output -> new CrossEntropy(output, OUT), 21, IN);
  }

  @Test
  void aLayerThatForgetsAndHasNoFeedbackHasTheSameGradientForEveryK() {
    Network network = withoutFeedback(new Prototypical(1, Nudge.OUTSIDE));
    prepare(network);
    for (int steps : new int[] {1, 4, T}) {
      List<float[]> found = estimate(network, KernelsSelector.kernels(), 2, steps, SAMPLES);
      assertThat(distance(found, expected(network, 1, SAMPLES))).isLessThan(ERROR);
    }
  }

  /** With weights of its own in each direction. */
  private static Network untied(Dynamics dynamics, Untied.Rule rule) {
    Map<String, String> options = Map.of(Untied.OF, Dense.TYPE, Untied.RULE, rule.id());
    return new Network.Builder(dynamics)
        .layer("s0", Shape.of(OUT), Activation.TANH)
        .layer("s1", Shape.of(17), Activation.TANH)
        .layer("s2", Shape.of(33), Activation.TANH)
        .input("x", Shape.of(IN), Activation.TANH)
        .connect("0", 0, 1, Untied.TYPE, options)
        .connect("1", 1, 2, Untied.TYPE, options)
        .connect("2", 2, 3, Untied.TYPE, options)
        .build();
  }

  /** Random parameters; biases so that of bounded units some lie on a bound and some do not. */
  static void prepare(Network network) {
    network.initialise(4, KernelsSelector.kernels());
    for (Connection connection : network.connections()) {
      Parameter bias = connection.parameters().get(1);
      float[] values = bias.write();
      for (int i = 0; i < values.length; i++) {
        values[i] = 0.25f + values[i];
      }
      bias.read(values);
    }
  }

  private static Phases phases(int steps) {
    return new Phases(T, steps, 1, Phases.Estimate.ONE_SIDED, 0);
  }

  /** The direction of descent in float64, for each parameter. */
  private List<double[]> expected(Network network, int k, int count) {
    Problem problem = Problem.of(network, batch.x(count), batch.y(count));
    BackpropSteps reference = new BackpropSteps(FreePhase.run(problem, T, k));
    List<double[]> sums = new ArrayList<>();
    for (int t = 0; t < k; t++) {
      reference.advance();
      for (int p = 0; p < Problem.parameters(network).size(); p++) {
        double[] step = reference.parameter(p);
        if (t == 0) {
          sums.add(new double[step.length]);
        }
        double[] sum = sums.get(p);
        Arrays.setAll(sum, i -> sum[i] - step[i]);
      }
    }
    return sums;
  }

  private List<float[]> estimate(
      Network network, Kernels kernels, int threads, int steps, int count) {
    try (Context context = new Context(threads, kernels)) {
      BackpropThroughTime bptt = new BackpropThroughTime(network, context, phases(steps), SAMPLES);
      bptt.estimate(batch.first(count));
      return gradients(network);
    }
  }

  static List<float[]> gradients(Network network) {
    return Problem.parameters(network).stream().map(Parameter::writeGradient).toList();
  }

  /** The largest difference over all parameters, as a share of each one's largest element. */
  static double distance(List<float[]> actual, List<double[]> expected) {
    double worst = 0;
    for (int p = 0; p < expected.size(); p++) {
      float[] a = actual.get(p);
      double[] e = expected.get(p);
      double largest = Arrays.stream(e).map(Math::abs).max().orElseThrow();
      double difference =
          IntStream.range(0, e.length).mapToDouble(i -> Math.abs(a[i] - e[i])).max().orElseThrow();
      worst = Math.max(worst, difference / Math.max(largest, 1e-9));
    }
    return worst;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void itIsTheGradientThroughTheLastSteps(Network network) {
    prepare(network);
    for (int steps : new int[] {1, 4, T}) {
      List<float[]> found = estimate(network, KernelsSelector.kernels(), 2, steps, SAMPLES);
      assertThat(distance(found, expected(network, steps, SAMPLES))).isLessThan(ERROR);
    }
    for (double[] gradient : expected(network, T, SAMPLES)) {
      assertThat(Arrays.stream(gradient).anyMatch(g -> g != 0)).as("not all is clipped").isTrue();
    }
    List<float[]> found = estimate(network, KernelsSelector.kernels(), 2, 4, SAMPLES);
    assertThat(distance(found, expected(network, 3, SAMPLES))).isGreaterThan(10 * ERROR);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aShortBatchIsTheMeanOfItsOwnSamplesOnly(Network network) {
    prepare(network);
    try (Context context = new Context(3)) {
      BackpropThroughTime bptt = new BackpropThroughTime(network, context, phases(4), SAMPLES);
      for (int count : new int[] {SAMPLES, 5, 2, 1, SAMPLES}) {
        bptt.estimate(batch.first(count));
        assertThat(distance(gradients(network), expected(network, 4, count))).isLessThan(ERROR);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theBitsDependNeitherOnThreadsNorOnKernelsNorOnRoomForMoreSamples(Network network) {
    prepare(network);
    for (int count : new int[] {SAMPLES, 5}) {
      List<float[]> one = estimate(network, new ScalarKernels(), 1, 4, count);
      for (int threads = 1; threads <= 5; threads++) {
        List<float[]> found = estimate(network, KernelsSelector.kernels(), threads, 4, count);
        for (int p = 0; p < one.size(); p++) {
          assertThat(found.get(p)).containsExactly(one.get(p));
        }
      }
    }
    List<float[]> roomy = estimate(network, KernelsSelector.kernels(), 2, 4, 5);
    try (Context context = new Context(2)) {
      new BackpropThroughTime(network, context, phases(4), 5).estimate(batch.first(5));
    }
    List<float[]> tight = gradients(network);
    for (int p = 0; p < tight.size(); p++) {
      assertThat(tight.get(p)).containsExactly(roomy.get(p));
    }
  }

  /** So heavy that two workers divide the layers of the free phase. */
  @Test
  void theBitsOfAHeavyNetworkDependNotOnThreads() {
    Dynamics setting = new Prototypical(1, Nudge.OUTSIDE);
    Network heavy = Network.chain(setting, Activation.SIGMOID4, OUT, 448, 448, IN);
    prepare(heavy);
    List<float[]> one = estimate(heavy, KernelsSelector.kernels(), 1, 2, SAMPLES);
    for (int threads = 2; threads <= 3; threads++) {
      List<float[]> found = estimate(heavy, KernelsSelector.kernels(), threads, 2, SAMPLES);
      for (int p = 0; p < one.size(); p++) {
        assertThat(found.get(p)).containsExactly(one.get(p));
      }
    }
  }

  @Test
  void theOutcomeIsThatOfTheFreePhase() {
    Network network = networks().findFirst().orElseThrow();
    prepare(network);
    Problem problem = Problem.of(network, batch.x(SAMPLES), batch.y(SAMPLES));
    FreePhase free = FreePhase.run(problem, T, 1);
    double[] y = batch.y(SAMPLES);
    try (Context context = new Context(2)) {
      for (int steps : new int[] {1, 4, T}) {
        BackpropThroughTime bptt =
            new BackpropThroughTime(network, context, phases(steps), SAMPLES);
        bptt.estimate(batch.first(SAMPLES));
        double residual = 0;
        for (int r = 0; r < SAMPLES; r++) {
          double loss = 0;
          for (int i = 0; i < OUT; i++) {
            double error = free.end().get(0)[r * OUT + i] - y[r * OUT + i];
            loss += error * error / 2;
          }
          assertThat((double) bptt.outcome().loss(r)).isCloseTo(loss, within(1e-6));
          assertThat(bptt.response(r)).isPositive().isFinite();
          residual = Math.max(residual, bptt.outcome().residual(r));
        }
        assertThat(residual).isCloseTo(free.residual(), within(1e-6));
        assertThat(bptt.firstNotFinite(SAMPLES)).isEqualTo(network.output());
      }
    }
  }

  @Test
  void whatIsNotFiniteShowsAndIsNamed() {
    Network network = networks().skip(1).findFirst().orElseThrow();
    Parameter bias = network.connections().get(2).parameters().get(1);
    float[] values = new float[bias.shape().size()];
    values[1] = Float.NaN;
    bias.read(values);
    try (Context context = new Context(2)) {
      BackpropThroughTime bptt = new BackpropThroughTime(network, context, phases(4), SAMPLES);
      bptt.estimate(batch.first(SAMPLES));
      assertThat(bptt.response(0)).isNaN();
      assertThat(bptt.firstNotFinite(SAMPLES).name()).isEqualTo("s0");
    }
  }

  @Test
  void itGoesBackNoFurtherThanTheFreePhase() {
    Network network = networks().findFirst().orElseThrow();
    try (Context context = new Context(1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new BackpropThroughTime(network, context, phases(T + 1), 1))
          .withMessage(
              "K is 10; backpropagation through time goes back at most through the T = 9 steps of"
                  + " the free phase.");
    }
  }

  @Test
  void itIsFoundByName() {
    BackpropThroughTimeTest.class.getModule().addUses(Learner.Provider.class);
    assertThat(ServiceLoader.load(Learner.Provider.class).stream())
        .anyMatch(provider -> provider.get().name().equals("bptt"));
  }
}
