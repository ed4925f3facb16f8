package org.eqprop.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.eqprop.core.StoreException;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.store.Model;
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Model files of networks with convolutions, of every option. */
class ModelTest {
  private static final int STEPS = 6;

  private final Kernels k = KernelsSelector.kernels();

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("model.safetensors");
  }

  static Stream<Connection> connections() {
    return ConvPoolOptions.examples().stream();
  }

  /** The connection between the input and a full one to three classes. */
  private Network network(Connection connection) {
    Network network =
        new Network.Builder(new Prototypical(1, Nudge.OUTSIDE))
            .layer("s0", Shape.of(3), Activation.HARD_SIGMOID)
            .layer("s1", connection.target().shape(), Activation.HARD_SIGMOID)
            .input("x", connection.source().shape(), Activation.HARD_SIGMOID)
            .connect("0", 0, 1, Dense.TYPE, Map.of())
            .connect("1", 1, 2, ConvPool.TYPE, connection.options())
            .build();
    network.initialise(9, k);
    return network;
  }

  @ParameterizedTest
  @MethodSource("connections")
  void whatIsReadIsWhatWasWrittenAndPredictsTheSameBits(Connection example) throws IOException {
    Network network = network(example);
    new Model(network, STEPS, Map.of()).write(file);
    byte[] bytes = Files.readAllBytes(file);
    Model read = Model.read(file, k);
    Connection own = read.network().connections().get(1);

    assertThat(own).isInstanceOf(ConvPool.class);
    assertThat(own.options()).isEqualTo(example.options());
    assertThat(read.network().layers()).isEqualTo(network.layers());
    read.write(file);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);

    Predictor before = new Predictor(network, k, STEPS);
    Predictor after = new Predictor(read.network(), k, STEPS);
    Random random = new Random(4);
    float[] image = new float[network.input().size()];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < image.length; j++) {
        image[j] = random.nextFloat();
      }
      assertThat(after.predict(image, 0)).isEqualTo(before.predict(image, 0));
      for (int c = 0; c < 3; c++) {
        assertThat(after.score(c)).isEqualTo(before.score(c));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "kernel=3,  kernel=9,   'larger than the map of 7x9 with padding 0'",
    "kernel=3,  kernel=2,   'gives maps of'",
    "kernel=3,  size=3,     'unknown options [size]'",
    "kernel=3,  kernel=x,   'kernel of connection 1 is ''x'', no whole number'",
    "pool=2,    pool=8,     'The pooling window of 8x8 is larger than the map of 5x7'",
    "padding=0, padding=-1, 'a padding of at least 0'",
    "pooling=max, pooling=least, 'it must be max or average'"
  })
  void whatDoesNotDescribeAConvolutionIsRefused(String option, String altered, String message) {
    new Model(network(ConvPoolOptions.examples().get(0)), STEPS, Map.of()).write(file);
    Safetensors container = Safetensors.read(file);
    String line = container.metadata().get("connection.1");
    assertThat(line).contains(" " + option);
    container.metadata().put("connection.1", line.replace(" " + option, " " + altered));
    container.write(file);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Model.read(file, k))
        .withMessageContaining(message)
        .withMessageStartingWith("The model " + file + " does not describe a network: ");
  }

  @Test
  void aFileOfOtherChannelsIsRefused() {
    new Model(network(ConvPoolOptions.examples().get(0)), STEPS, Map.of()).write(file);
    Safetensors container = Safetensors.read(file);
    container.metadata().computeIfPresent("layer.2", (key, value) -> value.replace("3x", "4x"));
    container.write(file);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Model.read(file, k))
        .withMessageContaining("weight.1 has another shape than its connection");
  }
}
