package org.eqprop.examples.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.eqprop.core.cost.CrossEntropy;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.network.ConvolutionalChain;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.network.Untied;
import org.eqprop.core.settle.Schedule;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Solver;
import org.eqprop.core.store.Model;
import org.eqprop.core.tensor.Shape;
import org.eqprop.examples.run.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The graph that is written, read and run by others, gives the scores of the predictor. */
class OnnxPhaseTest {
  private static final int STEPS = 14;
  private static final int ROWS = 3;

  private static Model model(Network network, Settling settling) {
    network.initialise(3);
    return new Model(network, STEPS, settling, Map.of("data", "digits"));
  }

  private static Network untied(Dynamics dynamics) {
    return new Network.Builder(dynamics)
        .untied(Untied.Rule.VECTOR_FIELD)
        .layer("s0", Shape.of(3), Activation.IDENTITY)
        .layer("s1", Shape.of(6), Activation.TANH)
        .input("x", Shape.of(5), Activation.TANH)
        .connect("0", 0, 1, Dense.TYPE, Map.of())
        .connect("1", 1, 2, Dense.TYPE, Map.of())
        .connect("skip", 0, 2, Dense.TYPE, Map.of())
        .build();
  }

  static Stream<Model> models() {
    Prototypical full = new Prototypical(1, Nudge.OUTSIDE);
    Prototypical slow = new Prototypical(0.3, Nudge.INSIDE);
    EnergyBased clamped = new EnergyBased(0.4, true, false);
    return Stream.of(
        model(Network.chain(full, Activation.SIGMOID4, 3, 6, 5), Settling.EXACT),
        model(Network.chain(slow, Activation.SIGMOID, 3, 6, 4, 5), Settling.EXACT),
        model(Network.toy(full, Activation.TANH, 3, 6, 5), Settling.EXACT),
        model(Network.chain(clamped, Activation.SIGMOID4, 3, 6, 5), Settling.EXACT),
        model(Network.chain(clamped, Activation.HARD_SIGMOID, 3, 6, 4, 5), Settling.EXACT),
        model(
            Network.chain(new EnergyBased(0.2, false, true), Activation.TANH, 3, 6, 5),
            Settling.EXACT),
        model(Network.chain(full, Activation.HARD_SIGMOID_HALF, 3, 6, 4, 5), alternating(0, 0)),
        model(Network.chain(full, Activation.RELU6, 3, 6, 5), alternating(1.3, 0)),
        model(
            Network.chain(clamped, Activation.RELU6, 3, 6, 5),
            Settling.of(Schedule.SYNCHRONOUS, 0, 0.5, 0.6)),
        model(
            Network.chain(full, Activation.SIGMOID4, out -> new CrossEntropy(out, 4), 6, 6, 5),
            Settling.EXACT),
        model(untied(slow), Settling.EXACT));
  }

  private static Settling alternating(double omega, double momentum) {
    return Settling.of(Schedule.ALTERNATING, 0, omega, momentum);
  }

  private static double[] inputs(int size) {
    return new Random(5).doubles((long) ROWS * size).map(v -> (float) v).toArray();
  }

  @ParameterizedTest
  @MethodSource("models")
  void theGraphGivesThePredictorsScores(Model model) throws IOException {
    assertThat(difference(model, OnnxPhase.of(model, STEPS))).isLessThan(3e-6);
    // Fewer steps are another state: what a graph that stops early would give.
    assertThat(difference(model, OnnxPhase.of(model, 2))).isGreaterThan(1e-5);
  }

  private static double difference(Model model, byte[] file) throws IOException {
    OnnxInterpreter graph = new OnnxInterpreter(file);
    assertThat(graph.irVersion()).isEqualTo(8);
    assertThat(graph.ports(11)).containsExactly("x");
    assertThat(graph.ports(12)).containsExactly("scores", "label");
    int size = model.network().input().size();
    double[] x = inputs(size);
    var values = graph.run(x, ROWS);
    Predictor predictor = model.predictor();
    float[] input = new float[size];
    double most = 0;
    for (int r = 0; r < ROWS; r++) {
      for (int i = 0; i < size; i++) {
        input[i] = (float) x[r * size + i];
      }
      int label = predictor.predict(input);
      double[] scores = values.get("scores").data();
      for (int c = 0; c < predictor.classes(); c++) {
        double own = scores[r * predictor.classes() + c];
        most = Math.max(most, Math.abs(own - predictor.score(c)));
      }
      double chosen = values.get("label").data()[r];
      if (most < 1e-5) {
        assertThat(chosen).isCloseTo(label, within(0.0));
      }
    }
    return most;
  }

  @Test
  void weightsAreThereOnce() throws IOException {
    Model model =
        model(
            Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.TANH, 3, 40, 50),
            Settling.EXACT);
    int bytes = 4 * (int) model.network().parameterCount();
    assertThat(OnnxPhase.of(model, 30)).hasSizeBetween(bytes, bytes + 30 * 800);
  }

  /** Written in operators of ONNX that go forth and back through the positions of max pooling. */
  @Test
  void mapsAreConvolvedForthAndBack() throws IOException {
    Network network =
        new ConvolutionalChain(Shape.of(1, 9, 9), List.of(3, 2), List.of(4), 3, 1, 2)
            .network(new Prototypical(1, Nudge.OUTSIDE), Activation.HARD_SIGMOID);
    OnnxInterpreter graph = new OnnxInterpreter(OnnxPhase.of(model(network, Settling.EXACT), 5));
    assertThat(graph.count("MaxPool")).isEqualTo(5 + 1);
    assertThat(graph.count("Conv")).isEqualTo(5 + 1);
    assertThat(graph.count("MaxUnpool")).isEqualTo(5);
    assertThat(graph.count("ConvTranspose")).isEqualTo(5);
  }

  @Test
  void whatHasNoFormIsRefused() {
    Network network = Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.TANH, 3, 4, 5);
    Settling anderson = new Settling(Solver.named("anderson", Map.of()), 1e-3);
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> OnnxPhase.of(model(network, anderson), STEPS))
        .withMessageStartingWith("The solver anderson has no form in ONNX here");
    Network average =
        new ConvolutionalChain(Shape.of(1, 8, 8), List.of(2), List.of(4), 3, 1, 2, 1, 2, true)
            .network(new Prototypical(1, Nudge.OUTSIDE), Activation.TANH);
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> OnnxPhase.of(model(average, Settling.EXACT), STEPS))
        .withMessageContaining("average pooling has no form in ONNX here");
  }
}
