package org.eqprop.examples.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eqprop.bptt.replay.Coverage;
import org.eqprop.bptt.replay.ReferenceFile;
import org.eqprop.bptt.verify.Deviation;
import org.eqprop.bptt.verify.Float32Replay;
import org.eqprop.bptt.verify.Float64Replay;
import org.eqprop.core.StoreException;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.settle.Context;
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged reference files: refused, or replayed as what they say, with all groups compared. */
class ReferenceMutationTest {
  private static final int MUTANTS = 300;

  private final Context context = new Context(1, KernelsSelector.kernels());

  @TempDir private Path folder;

  @AfterEach
  void close() {
    context.close();
  }

  private void replay(Path path) {
    ReferenceFile file = ReferenceFile.read(path);
    Coverage coverage = Coverage.of(file);
    assertThat(file.freeSteps()).isLessThanOrEqualTo(7);
    List<Deviation> all = new ArrayList<>(Float32Replay.run(file, context));
    all.addAll(Float64Replay.run(file));
    assertThat(all).hasSize(12);
    assertThat(coverage.missing()).allMatch(name -> !file.tensors().names().contains(name));
  }

  @Test
  void bytesAndHeaders() throws IOException {
    Path file = folder.resolve("tiny.safetensors");
    TinyReference.tensors().write(file);
    replay(file);
    String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    byte[] original =
        text.replace("\"checksum\"", "\"checkSum\"")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    Mutator mutator = new Mutator(11);
    Judge judge = new Judge(file, StoreException.class, IllegalArgumentException.class);
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = i % 3 == 0 ? mutator.bytes(original) : mutator.header(original);
      judge.judge(mutant, this::replay);
    }
    assertThat(judge.refused()).isGreaterThan(MUTANTS / 2);
  }

  @Test
  void valuesAndTensors() throws IOException {
    Path file = folder.resolve("tiny.safetensors");
    Mutator mutator = new Mutator(12);
    Judge judge = new Judge(file, StoreException.class, IllegalArgumentException.class);
    for (int i = 0; i < MUTANTS; i++) {
      Safetensors tensors = TinyReference.tensors();
      String what;
      if (i % 3 == 0) {
        String name = mutator.pick(List.copyOf(tensors.names()));
        Shape shape = tensors.shape(mutator.pick(List.copyOf(tensors.names())));
        tensors.put(name, shape, new double[shape.size()]);
        what = name + " of " + shape;
      } else {
        List<String> keys = new ArrayList<>(tensors.metadata().keySet());
        String key = mutator.pick(keys);
        String value = mutator.value(tensors.metadata().get(key));
        tensors.metadata().put(key, value);
        what = key + " = " + value;
      }
      tensors.write(file);
      judge.judge(what, () -> replay(file));
    }
    assertThat(judge.refused()).isGreaterThan(MUTANTS / 2);
    assertThat(judge.accepted()).isGreaterThan(MUTANTS / 20);
  }
}
