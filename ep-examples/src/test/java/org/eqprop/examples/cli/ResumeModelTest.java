package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The model of a run is that of its checkpoint: a lost or another one is written anew. */
class ResumeModelTest {
  private static final String MODEL = "model.safetensors";

  @TempDir static Path shared;
  private static Path once;
  private static Path twice;

  @TempDir Path root;

  @BeforeAll
  static void train() throws IOException {
    once = shared.resolve("once");
    Cli.ok("train", Cli.SMALL, "--epochs", "1", "--quiet", "--out", once);
    twice = BadInput.copy(once, shared.resolve("twice"));
    Cli.ok("train", "--resume", twice, "--epochs", "2", "--quiet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lost", "empty", "cut", "older"})
  void anotherModelIsWrittenAnew(String damage) throws IOException {
    Path run = BadInput.copy(twice, root.resolve("run"));
    Path model = run.resolve(MODEL);
    byte[] right = Files.readAllBytes(model);
    switch (damage) {
      case "lost" -> Files.delete(model);
      case "empty" -> Files.write(model, new byte[0]);
      case "cut" -> Files.write(model, BadInput.half(right));
      default -> Files.write(model, Files.readAllBytes(once.resolve(MODEL)));
    }

    Cli resumed = Cli.ok("train", "--resume", run);

    assertThat(resumed.err()).contains(model + " is not the model of the checkpoint");
    assertThat(Files.readAllBytes(model)).isEqualTo(right);
  }

  @Test
  void theRightModelIsLeftAsItIs() throws IOException {
    Path run = BadInput.copy(twice, root.resolve("run"));
    Cli resumed = Cli.ok("train", "--resume", run);
    assertThat(resumed.err()).doesNotContain("written anew");
  }

  /** A checkpoint of a later epoch beside an older model. */
  @Test
  void aLaterCheckpointBringsItsModel() throws IOException {
    Path run = BadInput.copy(once, root.resolve("run"));
    Files.write(
        run.resolve("checkpoint.safetensors"),
        Files.readAllBytes(twice.resolve("checkpoint.safetensors")));
    Cli.ok("train", "--resume", run, "--epochs", "2");
    assertThat(Files.readAllBytes(run.resolve(MODEL)))
        .isEqualTo(Files.readAllBytes(twice.resolve(MODEL)));
  }
}
