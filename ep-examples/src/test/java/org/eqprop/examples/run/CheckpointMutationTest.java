package org.eqprop.examples.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eqprop.core.StoreException;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.store.Safetensors;
import org.eqprop.examples.mutation.Judge;
import org.eqprop.examples.mutation.Mutator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged checkpoints, and values in them that a run cannot have. */
class CheckpointMutationTest {
  private static final int MUTANTS = 400;
  private static final int BATCHES = 10;
  private static final int SIZE = 6;
  private static final long TRAINING = 60;

  private final Kernels kernels = KernelsSelector.kernels();

  @TempDir private Path folder;

  private static Network network() {
    return Network.chain(new Prototypical(1, Prototypical.Nudge.OUTSIDE), Activation.TANH, 3, 5, 7);
  }

  private Path write() {
    Network network = network();
    network.initialise(5, kernels);
    Totals totals = new Totals(24, 3, 1.5, 0.25, 240, 9);
    Config config = Configs.resolve("p-1h", null, Configs.JSON.createObjectNode());
    new Checkpoint(2, 4, totals, 0.75, Checkpoint.History.UNKNOWN).write(folder, network, config);
    return folder.resolve(Checkpoint.FILE);
  }

  private Checkpoint read() {
    Checkpoint read = Checkpoint.read(folder, network(), kernels);
    read.checkFits(folder, BATCHES, SIZE, TRAINING);
    return read;
  }

  @Test
  void bytesAndHeaders() throws IOException {
    Path file = write();
    byte[] original = Files.readAllBytes(file);
    Mutator mutator = new Mutator(41);
    Judge judge = new Judge(file, StoreException.class);
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = i % 2 == 0 ? mutator.bytes(original) : mutator.header(original);
      judge.judge(
          mutant,
          one -> {
            Checkpoint read = read();
            assertThat(read.epoch()).isEqualTo(2);
            assertThat(read.batch()).isEqualTo(4);
            assertThat(read.totals().samples()).isEqualTo(24);
            assertThat(read.totals().lossSum()).isEqualTo(1.5);
          });
    }
    assertThat(judge.refused()).isGreaterThan(MUTANTS * 9 / 10);
  }

  /** Values edited by somebody who writes the right checksum. */
  @Test
  void values() throws IOException {
    Path file = write();
    byte[] original = Files.readAllBytes(file);
    Mutator mutator = new Mutator(42);
    Judge judge = new Judge(file, StoreException.class);
    for (int i = 0; i < MUTANTS; i++) {
      Files.write(file, original);
      Safetensors container = Safetensors.read(file);
      List<String> keys =
          container.metadata().keySet().stream().filter(key -> key.startsWith("note.")).toList();
      String key = mutator.pick(keys);
      String value = mutator.value(container.metadata().get(key));
      container.metadata().put(key, value);
      container.write(file);
      judge.judge(
          key + " = " + value,
          () -> {
            Checkpoint read = read();
            assertThat(read.epoch()).isBetween(0, Config.MOST_EPOCHS);
            assertThat(read.batch()).isEqualTo(4);
            assertThat(read.totals().errors()).isBetween(0L, 24L);
            assertThat(read.totals().lossSum() + read.totals().residualSum()).isFinite();
            assertThat(read.seconds()).isNotNegative().isFinite();
          });
    }
    assertThat(judge.refused()).isGreaterThan(MUTANTS / 3);
    assertThat(judge.accepted()).isGreaterThan(MUTANTS / 20);
  }
}
