package org.eqprop.examples.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eqprop.core.StoreException;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.network.ConvolutionalChain;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.settle.Schedule;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Steps;
import org.eqprop.core.store.Model;
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged containers and models. */
class StoreMutationTest {
  private static final int MUTANTS = 400;

  private final Kernels kernels = KernelsSelector.kernels();

  @TempDir private Path folder;

  private static Network network(boolean convolutional) {
    return convolutional
        ? new ConvolutionalChain(Shape.of(1, 8, 8), List.of(3, 2), List.of(4), 3, 1, 2)
            .network(new Prototypical(1, Prototypical.Nudge.INSIDE), Activation.HARD_SIGMOID)
        : Network.chain(new EnergyBased(0.2, true, false), Activation.SIGMOID4, 3, 5, 7);
  }

  private byte[] model(Path file, boolean convolutional) throws IOException {
    Network network = network(convolutional);
    network.initialise(5, kernels);
    Settling settling = Settling.of(Schedule.ALTERNATING, 0.125, 1.25, 0.5);
    new Model(network, 6, settling, Map.of("data", "digits", "epochs", "3")).write(file);
    return Files.readAllBytes(file);
  }

  /** Without a checksum: what is read has the tensors that the file's length has room for. */
  @Test
  void containersOfOtherPrograms() throws IOException {
    Safetensors container = new Safetensors();
    container.put("a.weight", Shape.of(2, 3), new float[] {1, 2, 3, 4, 5, 6});
    container.put("b", Shape.of(4), new double[] {1, -2, 3, -4});
    container.put("c", Shape.of(), new float[] {7});
    container.metadata().put("by", "another \"program\"");
    Path file = folder.resolve("a.safetensors");
    container.write(file);
    Mutator unchecked = new Mutator(1);
    byte[] original = withoutChecksum(Files.readAllBytes(file));
    Judge judge = new Judge(file, StoreException.class);
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = i % 2 == 0 ? unchecked.bytes(original) : unchecked.header(original);
      judge.judge(mutant, this::readContainer);
    }
    assertThat(judge.refused()).isGreaterThan(MUTANTS / 2);
    assertThat(judge.accepted()).isGreaterThan(MUTANTS / 20);
  }

  /** Renames the entry, so that its value is not looked at. */
  private static byte[] withoutChecksum(byte[] bytes) {
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    return text.replace("\"checksum\"", "\"checkSum\"")
        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private void readContainer(Path file) throws IOException {
    Safetensors read = Safetensors.read(file);
    long elements = 0;
    for (String name : read.names()) {
      elements += read.shape(name).size();
      assertThat(read.doubles(name)).hasSize(read.shape(name).size());
      assertThat(read.floats(name)).hasSize(read.shape(name).size());
    }
    assertThat(elements).isLessThanOrEqualTo(Files.size(file) / Float.BYTES);
  }

  /** With its checksum: only what is the same model is read. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void models(boolean convolutional) throws IOException {
    Path file = folder.resolve("m.safetensors");
    byte[] original = model(file, convolutional);
    Mutator mutator = new Mutator(2);
    Judge judge = new Judge(file, StoreException.class);
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = i % 2 == 0 ? mutator.bytes(original) : mutator.header(original);
      judge.judge(
          mutant,
          read -> {
            Model.read(read, kernels).write(folder.resolve("again"));
            assertThat(folder.resolve("again")).hasBinaryContent(original);
          });
    }
    assertThat(judge.refused()).isGreaterThan(MUTANTS * 9 / 10);
  }

  /** Values edited by somebody who writes the right checksum: what is read is in its ranges. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void valuesOfModels(boolean convolutional) throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    model(whole, convolutional);
    Mutator mutator = new Mutator(3);
    Path file = folder.resolve("m.safetensors");
    Judge judge = new Judge(file, StoreException.class);
    for (int i = 0; i < MUTANTS; i++) {
      Safetensors container = Safetensors.read(whole);
      List<String> keys = new ArrayList<>(container.metadata().keySet());
      keys.remove(Safetensors.CHECKSUM);
      String key = mutator.pick(keys);
      String value = mutator.value(container.metadata().get(key));
      container.metadata().put(key, value);
      container.write(file);
      judge.judge(key + " = " + value, () -> use(Model.read(file, kernels)));
    }
    assertThat(judge.refused()).isGreaterThan(MUTANTS / 2);
    assertThat(judge.accepted()).isGreaterThan(MUTANTS / 20);
  }

  private void use(Model model) {
    assertThat(model.steps()).isBetween(1, Steps.MOST);
    int steps = Math.min(model.steps(), 20);
    Predictor predictor = new Predictor(model.network(), kernels, steps, model.settling());
    int label = predictor.predict(new float[model.network().input().size()], 0);
    assertThat(label).isBetween(0, model.network().output().size() - 1);
  }
}
