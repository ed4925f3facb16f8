package org.eqprop.examples.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eqprop.core.StoreException;
import org.eqprop.examples.run.ResumeCheck.Accepted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stopped run whose configuration got another size of its batches. */
class ResumeBatchTest {
  @TempDir Path root;

  /** Positions are counted from 1, as everywhere. */
  @Test
  void anotherBatchWithinAnEpochIsRefusedWithWhatToPutBack() throws IOException {
    Path run = root.resolve("run");
    ResumeTest.create(
        run,
        ResumeTest.config("p-1h", "one-sided"),
        1,
        new ResumeTest.StopAfter(ResumeTest.BATCHES + 4));
    Path file = run.resolve("config.json");
    String text = Files.readString(file);
    Files.writeString(file, text.replace("\"batch\" : 7", "\"batch\" : 10"));

    for (Accepted accepted : List.of(Accepted.NOTHING, new Accepted(true, false))) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> Experiment.open(run, null, null, accepted))
          .withMessage(
              "The configuration of "
                  + run
                  + " has changed: batch is 10 and was 7; the run stopped within an epoch, so put"
                  + " batch back.");
    }
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> ResumeTest.runIn(run, Duration.ofDays(1), Watcher.SILENT))
        .withMessage(
            "The file "
                + run.resolve(Checkpoint.FILE)
                + " does not fit config.json: it stands before batch 5 of epoch 2 after 28 samples"
                + " of that epoch, but an epoch has 6 batches of 10 and 60 samples; put batch,"
                + " limit and validation back to what they were, or restore both files from a"
                + " copy.");
  }

  @Test
  void anotherBatchBetweenEpochsCanBeAccepted() throws IOException {
    Path run = root.resolve("run");
    ResumeTest.create(
        run,
        ResumeTest.config("p-1h", "one-sided"),
        1,
        new ResumeTest.StopAfter(ResumeTest.BATCHES));
    Path file = run.resolve("config.json");
    String text = Files.readString(file);
    Files.writeString(file, text.replace("\"batch\" : 7", "\"batch\" : 10"));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Experiment.open(run, null, null, Accepted.NOTHING))
        .withMessageContaining("or go on with --accept-changed-config");
    try (Experiment accepted = Experiment.open(run, null, null, new Accepted(true, false))) {
      assertThat(accepted.remarks())
          .containsExactly(
              "The configuration of " + run + " has changed: batch is 10 and was 7. Accepted.");
    }
  }

  /** Fewer samples make an epoch end before the place where the run stopped. */
  @Test
  void anEpochThatIsOverBeforeTheRunStoppedIsRefused() throws IOException {
    Path run = root.resolve("run");
    ResumeTest.create(run, ResumeTest.config("p-1h", "one-sided"), 1, new ResumeTest.StopAfter(4));
    Path file = run.resolve("config.json");
    String text = Files.readString(file);
    Files.writeString(file, text.replace("\"limit\" : 60", "\"limit\" : 28"));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> ResumeTest.runIn(run, Duration.ofDays(1), Watcher.SILENT))
        .withMessageContaining(
            "it stands before batch 5 of epoch 1 after 28 samples of that epoch, but an epoch has"
                + " 4 batches of 7 and 28 samples; put batch, limit and validation back");
  }
}
