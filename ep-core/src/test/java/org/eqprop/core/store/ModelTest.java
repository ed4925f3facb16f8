package org.eqprop.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eqprop.core.StoreException;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.settle.Anderson;
import org.eqprop.core.settle.Schedule;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Synchronous;
import org.eqprop.core.tensor.Shape;
import org.eqprop.core.testing.Blobs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {
  private final Kernels k = KernelsSelector.kernels();

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("model.safetensors");
  }

  static Stream<Network> networks() {
    return Stream.of(
        Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.SIGMOID4, 3, 9),
        Network.chain(new Prototypical(0.3, Nudge.INSIDE), Activation.HARD_SIGMOID, 4, 33, 17, 12),
        Network.chain(new EnergyBased(0.1, true, false), Activation.SIGMOID4, 4, 50, 12),
        Network.chain(new EnergyBased(0.7, false, true), Activation.TANH, 4, 20, 12),
        Network.toy(new EnergyBased(0.08, false, false), Activation.TANH, 4, 20, 12),
        new Network.Builder(new EnergyBased(0.2, false, false))
            .layer("out", Shape.of(4), Activation.IDENTITY)
            .layer("h", Shape.of(2, 3, 4), Activation.TANH)
            .input("pixels", Shape.of(3, 4), Activation.HARD_SIGMOID)
            .connect("a", 0, 1, "dense", Map.of())
            .connect("b", 1, 2, "dense", Map.of())
            .build());
  }

  private Model model(Network network) {
    network.initialise(9, k);
    return new Model(network, 13, Map.of("trained on", "blobs = noise\n", "epochs", "3"));
  }

  static Stream<Settling> settlings() {
    return Stream.of(
        Settling.EXACT,
        Settling.fast(true, 0.5),
        Settling.of(Schedule.ALTERNATING, 0.015625, 1.25, 0.375),
        new Settling(new Anderson(Schedule.ALTERNATING, 1.25, 7), 1e-3),
        new Settling(new Anderson(Schedule.SYNCHRONOUS, 0, 5), 0));
  }

  @ParameterizedTest
  @MethodSource("settlings")
  void howItSettlesIsKept(Settling settling) {
    Network network = Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.TANH, 3, 4, 5);
    new Model(network, 9, settling, Map.of()).write(file);
    assertThat(Model.read(file, k).settling()).isEqualTo(settling);
  }

  /** The bytes of models whose solver is one of those that there always were stay. */
  @Test
  void solversThatThreeSettingsImplyAreWrittenAsThese() {
    Network network = Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.TANH, 3, 4, 5);
    new Model(network, 9, Map.of()).write(file);
    assertThat(Safetensors.read(file).metadata())
        .containsEntry("schedule", "SYNCHRONOUS")
        .containsEntry("tolerance", "0.0")
        .containsEntry("omega", "0.0")
        .containsEntry("momentum", "0.0")
        .doesNotContainKey("solver");
    new Model(network, 9, Settling.of(Schedule.ALTERNATING, 2e-3, 1.4, 0), Map.of()).write(file);
    assertThat(Safetensors.read(file).metadata())
        .containsEntry("schedule", "ALTERNATING")
        .containsEntry("tolerance", "0.002")
        .containsEntry("omega", "1.4")
        .containsEntry("momentum", "0.0")
        .doesNotContainKey("solver");
  }

  @Test
  void anotherSolverIsWrittenWithItsOptions() {
    Network network = Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.TANH, 3, 4, 5);
    Settling settling = new Settling(new Anderson(Schedule.ALTERNATING, 0, 5), 1e-3);
    new Model(network, 9, settling, Map.of()).write(file);
    assertThat(Safetensors.read(file).metadata())
        .containsEntry("solver", "anderson")
        .containsEntry("tolerance", "0.001")
        .containsEntry("solver.schedule", "alternating")
        .containsEntry("solver.memory", "5")
        .doesNotContainKey("schedule");
    for (String[] edit :
        new String[][] {
          {"solver", "newton", "There is no solver 'newton'; choose one of"},
          {"solver.memory", "many", "it must be a whole number"},
          {"solver.momentum", "1", "has no option 'momentum'"},
          {"tolerance", "-1.0", "Its entry tolerance is '-1.0'"}
        }) {
      new Model(network, 9, settling, Map.of()).write(file);
      Safetensors container = Safetensors.read(file);
      container.metadata().put(edit[0], edit[1]);
      container.write(file);
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> Model.read(file, k))
          .withMessageContaining(edit[2]);
    }
  }

  /** A model predicts with the solver that it was trained with. */
  @Test
  void aModelPredictsByItsSolver() {
    Network network =
        Network.chain(new EnergyBased(0.2, true, false), Activation.SIGMOID4, 4, 30, 12);
    network.initialise(9, k);
    Settling settling = new Settling(new Anderson(Schedule.SYNCHRONOUS, 0, 5), 1e-4);
    new Model(network, 200, settling, Map.of()).write(file);
    Model read = Model.read(file, k);
    Predictor after = new Predictor(read.network(), k, read.steps(), read.settling());
    Predictor before = new Predictor(network, k, 200, settling);
    Predictor plain = new Predictor(network, k, 200, new Settling(new Synchronous(), 1e-4));
    Blobs blobs = new Blobs(4, 12, 4, 3);
    for (int i = 0; i < 4; i++) {
      before.predict(blobs.input(i), 0);
      after.predict(blobs.input(i), 0);
      plain.predict(blobs.input(i), 0);
      for (int c = 0; c < 4; c++) {
        assertThat(after.score(c)).isEqualTo(before.score(c));
      }
      assertThat(after.stepsTaken()).isEqualTo(before.stepsTaken()).isLessThan(plain.stepsTaken());
    }
  }

  @Test
  void aModelFromBeforeThereWasAChoiceSettlesAsThePaperHasIt() {
    Network network = Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.TANH, 3, 4, 5);
    new Model(network, 9, Map.of()).write(file);
    Safetensors container = Safetensors.read(file);
    assertThat(container.metadata().remove("schedule")).isNotNull();
    assertThat(container.metadata().remove("tolerance")).isNotNull();
    container.write(file);
    assertThat(Model.read(file, k).settling()).isEqualTo(Settling.EXACT);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void whatIsReadIsWhatWasWritten(Network network) throws IOException {
    Model written = model(network);
    written.write(file);
    Model read = Model.read(file, k);
    assertThat(read.steps()).isEqualTo(13);
    assertThat(read.notes()).isEqualTo(written.notes());
    assertThat(read.network().dynamics()).isEqualTo(network.dynamics());
    assertThat(read.network().layers()).isEqualTo(network.layers());
    for (int c = 0; c < network.connections().size(); c++) {
      assertThat(read.network().connections().get(c).name())
          .isEqualTo(network.connections().get(c).name());
      for (int p = 0; p < 2; p++) {
        assertThat(read.network().connections().get(c).parameters().get(p).write())
            .isEqualTo(network.connections().get(c).parameters().get(p).write());
      }
    }
    byte[] first = Files.readAllBytes(file);
    read.write(file);
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aModelThatWasReadPredictsTheSameBits(Network network) {
    if (network.depth() < 2) {
      return;
    }
    model(network).write(file);
    Predictor before = new Predictor(network, k, 13);
    Predictor after = new Predictor(Model.read(file, k).network(), k, 13);
    Layer input = network.input();
    Blobs blobs = new Blobs(8, input.size(), 4, 3);
    for (int i = 0; i < 8; i++) {
      assertThat(after.predict(blobs.input(i), 0)).isEqualTo(before.predict(blobs.input(i), 0));
      for (int c = 0; c < 4; c++) {
        assertThat(after.score(c)).isEqualTo(before.score(c));
      }
    }
  }

  @Test
  void everyAlteredByteIsNoticed() throws IOException {
    model(Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.TANH, 2, 3)).write(file);
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      for (int mask : new int[] {0x01, 0x10, 0x80, 0xff}) {
        byte[] altered = whole.clone();
        altered[i] ^= (byte) mask;
        Files.write(file, altered);
        assertThatExceptionOfType(StoreException.class)
            .as("byte " + i + " ^ " + mask)
            .isThrownBy(() -> Model.read(file, k))
            .withMessageContaining(file.toString());
      }
    }
  }

  @Test
  void metadataEditedByHandIsNoticed() throws IOException {
    model(Network.chain(new EnergyBased(0.2, true, false), Activation.TANH, 2, 5, 3)).write(file);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    for (String[] edit :
        new String[][] {
          {"\"clamp\":\"true\"", "\"clamp\":\"TRUE\""},
          {"\"epsilon\":\"0.2\"", "\"epsilon\":\"0.9\""},
          {"s1 5 tanh", "s1 5 tanH"},
          {"\"steps\":\"13\"", "\"steps\":\"31\""}
        }) {
      String altered = text.replace(edit[0], edit[1]);
      assertThat(altered).isNotEqualTo(text).hasSameSizeAs(text);
      Files.writeString(file, altered, StandardCharsets.ISO_8859_1);
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> Model.read(file, k))
          .withMessageContaining("its checksum does not match, so it was altered");
    }
  }

  private void assertRefused(String message, Consumer<Safetensors> change) {
    model(Network.chain(new EnergyBased(0.2, true, false), Activation.TANH, 2, 5, 3)).write(file);
    Safetensors container = Safetensors.read(file);
    change.accept(container);
    container.write(file);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Model.read(file, k))
        .withMessageContaining(message)
        .satisfies(
            thrown ->
                assertThat(thrown.getMessage())
                    .contains(file.toString())
                    .endsWith(".")
                    .matches("\\P{Cntrl}*")
                    .doesNotContain("Index ", "enum", "input string", "overflow", "null", "java"));
  }

  @Test
  void whatDoesNotDescribeANetworkIsRefused() {
    String wrongFormat = "is no model written by this version";
    assertRefused(wrongFormat, c -> c.metadata().remove("format"));
    assertRefused(wrongFormat, c -> c.metadata().put("format", "eqprop-99"));
    assertRefused("epsilon is 2.0", c -> c.metadata().put("epsilon", "2"));
    assertRefused("It has no entry steps", c -> c.metadata().remove("steps"));
    assertRefused("does not describe", c -> c.metadata().put("steps", "many"));
    assertRefused("There is no setting 'new'", c -> c.metadata().put("setting", "new"));
    assertRefused("layer.1 is incomplete", c -> c.metadata().put("layer.1", "s1 5"));
    assertRefused("no activation 'relu'", c -> c.metadata().put("layer.1", "s1 5 relu"));
    assertRefused("does not describe", c -> c.metadata().put("layer.1", "s1 5x tanh"));
    assertRefused("another shape", c -> c.metadata().put("layer.1", "s1 6 tanh"));
    assertRefused("must exist", c -> c.metadata().put("connection.1", "1 dense 1 3"));
    assertRefused("connection type 'x'", c -> c.metadata().put("connection.1", "1 x 1 2"));
    assertRefused("does not describe", c -> c.metadata().put("connection.1", "1 dense 1 2 x"));
    assertRefused("does not describe", c -> c.metadata().remove("layer.2"));
    assertRefused("no tensor", c -> c.metadata().put("connection.1", "7 dense 1 2"));
  }

  /** Each entry that has a number, with numbers that it cannot have. */
  @ParameterizedTest
  @CsvSource({
    "steps,0|-1|-2147483648|1000001|2147483648|1e3|EMPTY|NaN| 9|9 |0x9",
    "tolerance,-1|NaN|Infinity|1e999|EMPTY|x",
    "omega,-0.1|2|2.5|NaN|Infinity|x",
    "momentum,-0.1|1|NaN|x",
    "epsilon,0|-1|1.01|NaN|Infinity|x|EMPTY",
    "schedule,SOMETIMES|alternating|EMPTY",
    "clamp,TRUE|yes|1|EMPTY",
    "linear-output,TRUE|yes|1|EMPTY",
    "setting,EMPTY|prototypical",
    "layer.1,s1 0 tanh|s1 -5 tanh|s1 2147483648 tanh|s1 5x tanh|s1 x5 tanh|s1 5 tanh 5|s1 5",
    "layer.2,x 65536x65536x65536x65536x65536 tanh|x 3 \u001b[31m|x 2147483647 tanh",
    "layer.5,x 3 tanh",
    "connection.1,1 dense 1|1 dense 1 x|1 dense -1 2|1 dense 2 1|1 dense 1 2147483648",
    "connection.0,1 dense 0 1|0 conv-pool 0 1 kernel=3|0 dense 0 1 kernel|0 dense 0 1 =3",
    "connection.9,9 dense 0 1",
  })
  void valuesOutOfRangeAreRefusedByName(String key, String values) {
    for (String value : values.split("\\|", -1)) {
      String given = value.equals("EMPTY") ? "" : value;
      assertRefused("", container -> container.metadata().put(key, given));
    }
  }

  @Test
  void layersThatTheTensorsDoNotHaveAreRefusedBeforeTheyAreMade() {
    assertRefused(
        "weight.1 has another shape", c -> c.metadata().put("layer.2", "x 30000x30000 tanh"));
    assertRefused(
        "weight.0 has another shape", c -> c.metadata().put("layer.1", "s1 536870000 tanh"));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void weightsThatAreNotFiniteAreRefused(float value) {
    for (String name : new String[] {"weight.0", "weight.1", "bias.0", "bias.1"}) {
      assertRefused(
          name + " has the value " + value,
          container -> {
            float[] values = container.floats(name);
            values[values.length - 1] = value;
            container.put(name, container.shape(name), values);
          });
    }
  }

  @Test
  void aTensorOfNoConnectionIsRefused() {
    assertRefused(
        "'weight.7' belongs to nothing in it",
        container -> container.put("weight.7", Shape.of(1), new float[1]));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, 1_000_001, Integer.MAX_VALUE})
  void stepsOutOfRangeAreNotWritten(int steps) {
    Network network = Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.TANH, 3, 4, 5);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Model(network, steps, Map.of()))
        .withMessage("steps is " + steps + "; it must be from 1 to 1000000.");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Predictor(network, k, steps));
  }

  @Test
  void aMissingModelIsRefused() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Model.read(file, k))
        .withMessage("Cannot read " + file + ": no such file or folder.");
  }
}
