package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file stands where a folder is to be made: said in words, not as a class of Java. */
class FolderInTheWayTest {
  @TempDir Path root;

  @Test
  void ofGdu() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "in the way");
    Cli run = Cli.run("gdu", "toy", "-T", "10", "-K", "2", "-q", "--out", file);
    assertThat(run.code()).isNotZero();
    assertThat(run.err())
        .contains("Cannot make the folder " + file + " (a file of that name is in the way);")
        .doesNotContain("Exception");
    assertThat(file).hasContent("in the way");
  }

  @Test
  void linesThatEndWithCrAloneAreNamed() throws IOException {
    Path file = Files.writeString(root.resolve("c.toml"), "# a comment\rseed = 3\r");
    Cli run = Cli.run("train", "--config", file);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("its lines end with CR alone; save it with LF or CRLF.");
  }
}
