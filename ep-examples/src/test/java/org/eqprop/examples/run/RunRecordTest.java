package org.eqprop.examples.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eqprop.core.StoreException;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.settle.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {
  @TempDir Path root;

  private Path train(int batches) {
    ObjectNode given =
        Configs.JSON.createObjectNode().put("limit", 60).put("batch", 20).put("epochs", 2);
    given.put("t", 5).put("k", 2).putArray("hidden").add(8);
    Path path = root.resolve("run");
    int[] left = {batches};
    try (Context context = new Context(1, KernelsSelector.kernels());
        Experiment run = Experiment.create(path, Configs.resolve("p-1h", null, given), 1)) {
      List<RunSummary> summaries = run.run(context, Watcher.SILENT, () -> --left[0] <= 0);
      if (summaries != null) {
        run.save(summaries);
      }
    }
    return path;
  }

  @Test
  void aRunThatHasNotBegunIsNone() throws IOException {
    assertThat(RunRecord.read(root)).isNull();
    Files.createFile(root.resolve(".lock"));
    assertThat(RunRecord.read(root)).isNull();
  }

  @Test
  void aRunThatWasStoppedHasTheEpochsThatAreDone() {
    RunRecord record = RunRecord.read(train(4));
    assertThat(record).isNotNull();
    assertThat(record.isDone()).isFalse();
    assertThat(record.metrics()).hasSize(1);
    assertThat(record.config().epochs()).isEqualTo(2);
  }

  @Test
  void aRunThatIsDoneHasItsResult() throws IOException {
    Path run = train(1_000);
    RunRecord record = RunRecord.read(run);
    assertThat(record).isNotNull();
    assertThat(record.isDone()).isTrue();
    assertThat(record.metrics()).hasSize(2);
    assertThat(record.summary().trials().get(0)).isEqualTo(record.metrics().get(1));

    for (String file : List.of("model.safetensors", "checkpoint.safetensors", "summary.json")) {
      byte[] bytes = Files.readAllBytes(run.resolve(file));
      Files.delete(run.resolve(file));
      assertThat(RunRecord.read(run).isDone()).describedAs(file).isFalse();
      Files.write(run.resolve(file), bytes);
    }
  }

  @Test
  void timesThatAreLostAreNoDamage() throws IOException {
    Path run = train(1_000);
    Path metrics = run.resolve("metrics.jsonl");
    String text = Files.readString(metrics);
    Files.writeString(
        metrics, text.replaceAll("(\"seconds\"|\"samplesPerSecond\"):[^,}]*", "$1:\"NaN\""));
    assertThat(RunRecord.read(run).metrics().get(1).seconds()).isNaN();

    Files.writeString(metrics, text.replaceAll("\"seconds\":[^,}]*", "\"seconds\":-1"));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> RunRecord.read(run))
        .withMessageContaining("cannot be the metrics of epoch 1");
  }

  @Test
  void aResultThatIsDamagedIsNamed() throws IOException {
    Path run = train(1_000);
    Files.writeString(run.resolve("summary.json"), "null");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> RunRecord.read(run))
        .withMessage(
            "The file "
                + run.resolve("summary.json")
                + " is damaged; delete it, and the run's end writes it anew.");
  }
}
