package org.eqprop.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  private static final Dynamics PROTOTYPICAL = new Prototypical(1, Nudge.OUTSIDE);

  private final Kernels k = KernelsSelector.kernels();

  private static Network.Builder builder() {
    return new Network.Builder(PROTOTYPICAL);
  }

  @Test
  void aChainLinksEachLayerToTheNext() {
    Network network = Network.chain(PROTOTYPICAL, Activation.TANH, 3, 5, 7);
    assertThat(network.depth()).isEqualTo(2);
    assertThat(network.layers()).extracting(Layer::name).containsExactly("s0", "s1", "x");
    assertThat(network.layers()).extracting(Layer::index).containsExactly(0, 1, 2);
    assertThat(network.layers()).extracting(Layer::size).containsExactly(3, 5, 7);
    assertThat(network.layers()).extracting(Layer::input).containsExactly(false, false, true);
    assertThat(network.output().name()).isEqualTo("s0");
    assertThat(network.input().name()).isEqualTo("x");
    assertThat(network.connections()).extracting(Connection::name).containsExactly("0", "1");
    assertThat(network.connections()).extracting(c -> c.target().index()).containsExactly(0, 1);
    assertThat(network.connections()).extracting(c -> c.source().index()).containsExactly(1, 2);
    assertThat(network.parameterCount()).isEqualTo(3 * 5 + 3 + 5 * 7 + 5);
    assertThat(network.dynamics()).isEqualTo(PROTOTYPICAL);
  }

  @Test
  void theToyModelIsFullyLinked() {
    Network network = Network.toy(PROTOTYPICAL, Activation.TANH, 3, 5, 7);
    assertThat(network.connections())
        .extracting(Connection::name)
        .containsExactly("0.1", "0.x", "1.x");
    assertThat(network.connections())
        .flatExtracting(Connection::parameters)
        .extracting(Parameter::shape)
        .containsExactly(
            Shape.of(3, 5), Shape.of(3), Shape.of(3, 7), Shape.of(3), Shape.of(5, 7), Shape.of(5));
  }

  @Test
  void initialParametersAreUniformWithinOneOverTheRootOfTheFanIn() {
    Network network = Network.chain(PROTOTYPICAL, Activation.TANH, 100, 64, 400);
    network.initialise(7, k);
    for (Connection connection : network.connections()) {
      double bound = 1 / Math.sqrt(connection.source().size());
      float[] weights = connection.parameters().get(0).write();
      double sum = 0;
      double squares = 0;
      double largest = 0;
      for (float weight : weights) {
        sum += weight;
        squares += (double) weight * weight;
        largest = Math.max(largest, Math.abs(weight));
      }
      int n = weights.length;
      assertThat(largest).isBetween(0.99 * bound, bound);
      assertThat(sum / n)
          .isBetween(-4 * bound / Math.sqrt(3.0 * n), 4 * bound / Math.sqrt(3.0 * n));
      assertThat(squares / n).isBetween(0.95 * bound * bound / 3, 1.05 * bound * bound / 3);
      for (float bias : connection.parameters().get(1).write()) {
        assertThat((double) Math.abs(bias)).isLessThanOrEqualTo(bound);
      }
      assertThat(connection.parameters().get(1).write()).doesNotContain(0f);
    }
  }

  @Test
  void initialParametersDependOnNothingButSeedAndShape() {
    Network one = Network.chain(PROTOTYPICAL, Activation.TANH, 10, 33, 20);
    Network other =
        Network.chain(new EnergyBased(0.2, true, false), Activation.SIGMOID4, 10, 33, 20);
    one.initialise(7, k);
    other.initialise(3, k);
    other.initialise(7, new ScalarKernels());
    assertThat(parameters(other)).isDeepEqualTo(parameters(one));
    other.initialise(8, k);
    assertThat(parameters(other)[0]).isNotEqualTo(parameters(one)[0]);
    float[][] values = parameters(one);
    assertThat(values[0][0]).isNotEqualTo(values[2][0]);
  }

  private static float[][] parameters(Network network) {
    return network.connections().stream()
        .flatMap(c -> c.parameters().stream())
        .map(Parameter::write)
        .toArray(float[][]::new);
  }

  @Test
  void aLayerAfterTheInputIsRefused() {
    Network.Builder builder = builder().input("x", Shape.of(2), Activation.TANH);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.layer("s0", Shape.of(2), Activation.TANH))
        .withMessage("Layer s0 comes after the input.");
  }

  @Test
  void aConnectionUpwardsOrToNothingIsRefused() {
    for (int[] ends :
        List.of(new int[] {1, 0}, new int[] {0, 0}, new int[] {0, 2}, new int[] {-1, 0})) {
      Network.Builder builder =
          builder()
              .layer("s0", Shape.of(2), Activation.TANH)
              .input("x", Shape.of(2), Activation.TANH);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.connect("c", ends[0], ends[1], "dense", Map.of()))
          .withMessage(
              "Connection c goes from layer %d to layer %d; the source must be nearer the input and"
                  + " both must exist.",
              ends[1], ends[0]);
    }
  }

  /** A model file tells names and options by the spaces between them. */
  @Test
  void namesThatAModelFileCannotTellAreRefused() {
    Network.Builder builder = new Network.Builder(new Prototypical(1, Prototypical.Nudge.OUTSIDE));
    for (String name : List.of("", "my layer", "a\tb")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.layer(name, Shape.of(3), Activation.TANH))
          .withMessage(
              "The name of a layer is '" + name + "'; it must not be empty or have spaces.");
    }
    builder.layer("s0", Shape.of(3), Activation.TANH).input("x", Shape.of(4), Activation.TANH);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.connect("out put", 0, 1, Dense.TYPE, Map.of()))
        .withMessageStartingWith("The name of a connection is 'out put'");
    builder.connect("0", 0, 1, Dense.TYPE, Map.of());
    builder.connect("0", 0, 1, Dense.TYPE, Map.of());
    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessage(
            "Two tensors of the network have the name 'weight.0'; give the connection of that name"
                + " another one.");
  }

  @Test
  void aChainOfFewerThanTwoLayersIsRefused() {
    Prototypical dynamics = new Prototypical(1, Prototypical.Nudge.OUTSIDE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.chain(dynamics, Activation.TANH))
        .withMessage("A chain needs the sizes of an output and an input, but none is given.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.chain(dynamics, Activation.TANH, 5))
        .withMessageEndingWith("but there is only 5.");
  }

  @Test
  void anUnknownConnectionTypeIsRefused() {
    Network.Builder builder =
        builder()
            .layer("s0", Shape.of(2), Activation.TANH)
            .input("x", Shape.of(2), Activation.TANH);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.connect("c", 0, 1, "sparse", Map.of()))
        .withMessage(
            "There is no connection type 'sparse'; put the jar that has it on the path, for ep by"
                + " EP_PARTS, or give its provider (Parts).");
  }

  @Test
  void aNetworkWithoutInputOrWithALooseLayerIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().layer("s0", Shape.of(2), Activation.TANH).build())
        .withMessage("A network needs an output layer and an input.");
    Network.Builder loose =
        builder()
            .layer("s0", Shape.of(2), Activation.TANH)
            .layer("s1", Shape.of(2), Activation.TANH)
            .input("x", Shape.of(2), Activation.TANH)
            .connect("c", 0, 2, "dense", Map.of());
    assertThatIllegalArgumentException()
        .isThrownBy(loose::build)
        .withMessage("Nothing connects to layer s1.");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
  void anEpsilonOutOfRangeIsRefused(double epsilon) {
    String message = "epsilon is " + epsilon + "; it must be above 0 and at most 1.";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Prototypical(epsilon, Nudge.INSIDE))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EnergyBased(epsilon, true, false))
        .withMessage(message);
  }
}
