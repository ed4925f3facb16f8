package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.store.Model;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data with other classes than 0 to 9, from training to prediction. */
class ClassesTest {
  private static final int SIDE = 10;
  private static final int FIRST = 41;

  @TempDir Path root;
  private Path set;
  private Path run;

  /** The rows of {@link IdxSet}, labelled 41, 42, … as 32-bit integers. */
  @BeforeEach
  void trainOnLabelsFrom41() throws IOException {
    set = IdxSet.write(root.resolve("rows"), SIDE);
    Files.write(set.resolve(IdxSet.TRAIN_LABELS), labels(40));
    Files.write(set.resolve(IdxSet.TEST_LABELS), labels(20));
    run = root.resolve("run");
    Cli.ok(
        List.of("train", "--data", set, "--epochs", "30", "--batch", "4", "--hidden", "30"),
        List.of("--lr", "0.1,0.2", "--quiet", "--out", run));
  }

  @Test
  void predictionsAreTheLabelsOfTheFile() {
    Cli text = Cli.ok("predict", run, set.resolve(IdxSet.TEST_IMAGES));
    JsonNode json = Cli.ok("predict", run, set.resolve(IdxSet.TEST_IMAGES), "--json").json();

    for (int i = 0; i < 20; i++) {
      String[] fields = text.outLines().get(i).split("\t", -1);
      assertThat(fields).hasSize(12);
      assertThat(fields[1]).isEqualTo(String.valueOf(FIRST + i % 10));
      assertThat(json.get(i).get("label").asInt()).isEqualTo(FIRST + i % 10);
    }
    assertThat(Model.read(run.resolve("model.safetensors"), KernelsSelector.kernels()).notes())
        .containsEntry("labels", "41..50");
  }

  @Test
  void evaluationFindsTheClassesByTheirLabels() throws IOException {
    Path fewer = IdxSet.write(root.resolve("fewer"), SIDE);
    Files.write(fewer.resolve(IdxSet.TRAIN_LABELS), labels(40));
    ByteBuffer labels = ByteBuffer.wrap(labels(20));
    for (int i = 0; i < 20; i++) {
      labels.putInt(8 + 4 * i, i == 3 ? 50 : 49);
    }
    Files.write(fewer.resolve(IdxSet.TEST_LABELS), labels.array());

    assertThat(errors(Cli.ok("evaluate", run, "--json"))).isZero();
    assertThat(errors(Cli.ok("evaluate", run, "--data", fewer, "--json", "--quiet"))).isEqualTo(18);

    Cli other = Cli.run("evaluate", run, "--data", "digits");
    assertThat(other.code()).isNotZero();
    assertThat(other.out()).isEmpty();
    assertThat(other.err())
        .contains("A sample of digits has the label 0, which is none of 41..50.");
  }

  private static int errors(Cli evaluate) {
    return evaluate.json().get("errors").asInt();
  }

  private static byte[] labels(int count) {
    ByteBuffer file = ByteBuffer.allocate(8 + 4 * count);
    file.putInt(0xC01).putInt(count);
    for (int i = 0; i < count; i++) {
      file.putInt(FIRST + i % 10);
    }
    return file.array();
  }
}
