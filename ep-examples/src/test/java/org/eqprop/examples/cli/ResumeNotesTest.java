package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who resumes a run is told where it goes on. */
class ResumeNotesTest {
  @TempDir Path root;

  @Test
  void saysWhereItGoesOnAndOnlyThen() {
    Path run = root.resolve("run");
    Cli first = Cli.ok("train", Cli.SMALL, "--epochs", "2", "--out", run);
    assertThat(first.err()).doesNotContain("Going on").contains(", batch ");
    assertThat(Cli.ok("train", "--resume", run, "--epochs", "4").err())
        .contains("Going on in epoch 3, after 0 of its 60 samples.");
    assertThat(Cli.ok("train", "--resume", run).err()).doesNotContain("Going on");
  }
}
