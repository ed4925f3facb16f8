package org.eqprop.examples.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eqprop.core.StoreException;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.tensor.Shape;
import org.eqprop.examples.exchange.StateDict;
import org.eqprop.examples.run.Configs;
import org.eqprop.examples.run.ImportedNetwork;
import org.eqprop.examples.run.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State dicts that were damaged: refused in a sentence, or a network of the file's own values. */
class ImportMutationTest {
  private static final int MUTANTS = 400;

  @TempDir private Path folder;

  @Test
  void stateDicts() throws IOException {
    Path file = folder.resolve("net.safetensors");
    Safetensors container = new Safetensors();
    container.put("0.weight", Shape.of(3, 4), new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3});
    container.put("0.bias", Shape.of(3), new float[] {1, 2, 3});
    container.put("2.weight", Shape.of(2, 3), new float[] {1, 2, 3, 4, 5, 6});
    container.put("2.bias", Shape.of(2), new float[] {1, 2});
    container.write(file);
    // Another program's file has no checksum.
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    byte[] original =
        text.replace("\"checksum\"", "\"checkSum\"").getBytes(StandardCharsets.ISO_8859_1);
    Mutator mutator = new Mutator(6);
    Judge judge = new Judge(file, StoreException.class, UsageException.class);
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = i % 2 == 0 ? mutator.bytes(original) : mutator.header(original);
      judge.judge(mutant, ImportMutationTest::read);
    }
    assertThat(judge.refused()).isGreaterThan(MUTANTS / 2);
    assertThat(judge.accepted()).isGreaterThan(MUTANTS / 20);
  }

  private static void read(Path file) {
    Safetensors tensors = Safetensors.read(file);
    StateDict dict = new StateDict(file.toString(), tensors);
    Map<String, String> names = dict.names();
    List<Integer> sizes = dict.sizes(names);
    Network network =
        ImportedNetwork.chain(
                "p-1h",
                Configs.JSON.createObjectNode(),
                sizes,
                Shape.of(sizes.getLast()),
                false,
                null)
            .network();
    dict.into(network, names);
    for (Parameter parameter : network.parameters()) {
      float[] values = parameter.write();
      String theirs = names.get(parameter.name());
      assertThat(values)
          .isEqualTo(theirs == null ? new float[values.length] : tensors.floats(theirs));
      for (float value : values) {
        assertThat(value).isFinite();
      }
    }
  }
}
