package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Held-out samples, early stopping, snapshots, and what a run's folder tells of its origin. */
class ProtocolTest {
  private static final int PATIENCE = 2;

  @TempDir private Path folder;

  private List<Object> train(String out, int epochs) {
    return new ArrayList<>(
        List.of(
            "train",
            "--hidden",
            16,
            "--limit",
            300,
            "--validation",
            100,
            "--patience",
            PATIENCE,
            "--snapshots",
            2,
            "-T",
            10,
            "-K",
            4,
            "--lr",
            "0.2,0.4",
            "--epochs",
            epochs,
            "--out",
            folder.resolve(out)));
  }

  private byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(folder.resolve(file));
  }

  private JsonNode summary(String run) {
    ObjectNode summary = (ObjectNode) Cli.json(folder.resolve(run).resolve("summary.json"));
    summary.remove("folder");
    for (JsonNode trial : summary.get("trials")) {
      ((ObjectNode) trial).remove(List.of("seconds", "samplesPerSecond"));
    }
    return summary;
  }

  private double testError(String model) {
    Path file = folder.resolve(model);
    return Cli.ok("evaluate", file, "--json").json().get("errorPercent").asDouble();
  }

  @Test
  void theLastAndTheBestEpochAreSaidApart() throws IOException {
    Cli run = Cli.ok(train("run", 40));
    List<Double> errors = new ArrayList<>();
    JsonNode lines = Cli.json(folder.resolve("run/summary.json"));
    for (String line : Files.readAllLines(folder.resolve("run/metrics.jsonl"))) {
      errors.add(
          org.eqprop.examples.run.Configs.JSON.readTree(line).get("validationError").asDouble());
    }
    int best = 0;
    for (int i = 0; i < errors.size(); i++) {
      best = errors.get(i) < errors.get(best) ? i : best;
    }
    // It stops as soon as, and not before, so many epochs were no better than the best.
    assertThat(errors).hasSize(best + 1 + PATIENCE).hasSizeLessThan(40);
    JsonNode validated = lines.get("validated").get(0);
    assertThat(validated.get("bestEpoch").asInt()).isEqualTo(best + 1);
    assertThat(validated.get("lastEpoch").asInt()).isEqualTo(errors.size());
    assertThat(validated.get("bestValidationError").asDouble()).isEqualTo(errors.get(best));
    assertThat(validated.get("testError").asDouble())
        .isCloseTo(testError("run/model.safetensors"), within(1e-12));
    assertThat(validated.get("bestTestError").asDouble())
        .isCloseTo(testError("run/best.safetensors"), within(1e-12));
    assertThat(run.err()).contains("Stopped early after epoch " + errors.size());
    assertThat(run.outLines().get(3)).startsWith("best epoch   " + (best + 1) + ": ");
    for (int epoch = 1; epoch <= errors.size(); epoch++) {
      Path snapshot = folder.resolve("run/snapshots/epoch-" + epoch + ".safetensors");
      assertThat(Files.exists(snapshot)).isEqualTo(epoch % 2 == 0);
      if (epoch == best + 1 && epoch % 2 == 0) {
        assertThat(Files.readAllBytes(snapshot)).isEqualTo(bytes("run/best.safetensors"));
      }
    }
  }

  /** Killed after any of its files was written, a run goes on to the same files. */
  @Test
  void aRunThatWasKilledEndsTheSame() throws IOException {
    Cli.ok(train("whole", 40));
    Cli.ok(train("parts", 1));
    Files.copy(folder.resolve("parts/checkpoint.safetensors"), folder.resolve("first-checkpoint"));
    Path parts = folder.resolve("parts");
    Cli.ok("train", "--resume", parts, "--epochs", 2);
    Cli.ok("train", "--resume", parts, "--epochs", 40);
    assertSame("parts");
    // The second epoch's files are there, but not its checkpoint.
    Files.move(
        folder.resolve("first-checkpoint"),
        folder.resolve("parts/checkpoint.safetensors"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Cli.ok("train", "--resume", parts);
    assertSame("parts");
    assertThat(Cli.ok("train", "--resume", parts, "--json").json().get("validated"))
        .isEqualTo(summary("whole").get("validated"));
  }

  private void assertSame(String run) throws IOException {
    assertThat(bytes(run + "/model.safetensors")).isEqualTo(bytes("whole/model.safetensors"));
    assertThat(bytes(run + "/best.safetensors")).isEqualTo(bytes("whole/best.safetensors"));
    assertThat(bytes(run + "/snapshots/epoch-2.safetensors"))
        .isEqualTo(bytes("whole/snapshots/epoch-2.safetensors"));
    assertThat(summary(run)).isEqualTo(summary("whole"));
  }

  @Test
  void aLostBestModelIsSaid() throws IOException {
    Cli.ok(train("run", 40));
    Files.delete(folder.resolve("run/best.safetensors"));
    Cli run = Cli.ok("train", "--resume", folder.resolve("run"));
    assertThat(run.err()).contains("best.safetensors is not the model of epoch");
    assertThat(run.outLines().get(3)).doesNotContain("test error");
  }

  @Test
  void theFolderTellsItsCommandAndItsMachine() throws IOException {
    Path run = folder.resolve("run");
    Cli.ok("train", Cli.SMALL, "--epochs", 1, "--out", run);
    Cli.ok("train", "--resume", run, "--epochs", 2);
    JsonNode starts = Cli.json(run.resolve("sessions.json"));
    assertThat(starts).hasSize(2);
    assertThat(starts.get(0).get("command").asText())
        .startsWith("ep train --limit 60 --hidden 16 ")
        .endsWith(" --out " + run);
    assertThat(starts.get(1).get("command").asText())
        .isEqualTo("ep train --resume " + run + " --epochs 2");
    for (String fact : List.of("time", "version", "processor", "kernels", "java")) {
      assertThat(starts.get(0).get(fact).asText()).isNotEmpty();
    }
    assertThat(starts.get(0).has("commit")).isTrue();
    Files.writeString(run.resolve("sessions.json"), "[{");
    Cli.ok("train", "--resume", run, "--epochs", 3);
    assertThat(Cli.json(run.resolve("sessions.json"))).hasSize(1);
  }

  @Test
  void patienceNeedsHeldOutSamples() {
    Cli run = Cli.run("train", Cli.SMALL, "--patience", 3, "--out", folder.resolve("run"));
    assertThat(run.code()).isEqualTo(Ep.USAGE);
    assertThat(run.err())
        .contains("patience is 3, but no samples are held out")
        .contains("--validation");
    Cli negative = Cli.run("train", Cli.SMALL, "--snapshots", -1, "--out", folder.resolve("run"));
    assertThat(negative.err()).contains("snapshots is -1; it must not be negative.");
    assertThat(folder).isEmptyDirectory();
  }
}
