package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Side work that fails, and streams that end, in a process of its own. */
@DisabledOnOs(OS.WINDOWS)
class SideWorkProcessTest {
  private static final List<String> SLOW =
      List.of("--limit", "600", "--hidden", "200", "-T", "60", "-K", "20");

  @TempDir Path root;

  private Cli run(String shell, List<String> options, Object... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "-c", shell, "sh"));
    command.addAll(ChildJvm.command(options, args));
    try (ChildJvm child = ChildJvm.start(root, command)) {
      return child.result();
    }
  }

  @Test
  void withoutFontsAllTrialsAreTrainedAndTheResultIsThere() throws Exception {
    // A JDK whose fonts cannot be loaded: the first use is an error, and each later one another.
    Path patch = Files.createDirectories(root.resolve("patch/sun/font"));
    Files.createFile(patch.resolve("SunFontManager.class"));
    Path run = root.resolve("run");
    Cli cli =
        run(
            "exec \"$@\"",
            List.of("--patch-module", "java.desktop=" + root.resolve("patch")),
            List.of("train", "-q", "--epochs", "1", "--trials", "2", "--out", run),
            Cli.SMALL);
    assertThat(cli.code()).describedAs(cli.toString()).isZero();
    assertThat(cli.outLines()).hasSize(3);
    assertThat(cli.errLines()).hasSize(1);
    assertThat(cli.err()).startsWith("ep: Cannot draw ").contains("has no fonts");
    assertThat(run.resolve("summary.json")).exists();
    assertThat(run.resolve("trial-2/model.safetensors")).exists();
  }

  /** The temporary folder is not needed. */
  @Test
  void withoutATemporaryFolderTheCurvesAreDrawn() throws Exception {
    Path run = root.resolve("run");
    Cli cli =
        run(
            "exec \"$@\"",
            List.of("-Djava.io.tmpdir=" + root.resolve("missing")),
            List.of("train", "-q", "--epochs", "1", "--out", run),
            Cli.SMALL);
    assertThat(cli.code()).describedAs(cli.toString()).isZero();
    assertThat(cli.errLines()).allMatch(line -> line.startsWith("WARNING: java.io.tmpdir"));
    assertThat(run.resolve("curve.png")).exists();
  }

  @Test
  void interruptedAfterAnEpochItSaysOneLineAndTheCurvesAreFresh() throws Exception {
    Path run = root.resolve("run");
    Cli.ok("train", SLOW, "--epochs", "1", "-q", "--out", run);
    byte[] before = Files.readAllBytes(run.resolve("curve.svg"));
    List<String> command =
        ChildJvm.command(List.of(), "train", "--resume", run, "--epochs", "500", "-q");
    try (ChildJvm child = ChildJvm.start(root, command)) {
      child.await(() -> epochs(run) >= 2);
      child.terminate();
      Cli ended = child.result();
      assertThat(ended.code()).isEqualTo(128 + 15);
      assertThat(ended.errLines())
          .containsExactly("ep: stopped; go on with: ep train --resume " + run);
    }
    assertThat(run.resolve("curve.svg")).content().contains("</svg");
    assertThat(Files.readAllBytes(run.resolve("curve.svg"))).isNotEqualTo(before);
    assertThat(Files.getLastModifiedTime(run.resolve("curve.png")))
        .isGreaterThanOrEqualTo(Files.getLastModifiedTime(run.resolve("metrics.csv")));
  }

  private static int epochs(Path run) {
    try {
      return Files.readAllLines(run.resolve("metrics.jsonl")).size();
    } catch (IOException notYet) {
      return 0;
    }
  }

  @Test
  void theRealStreams() throws Exception {
    Cli full = run("exec \"$@\" >/dev/full", List.of(), "presets");
    assertThat(full.code()).isEqualTo(1);
    assertThat(full.errLines()).hasSize(1);
    assertThat(full.err()).startsWith("ep: Cannot write to standard output (");

    Cli gone = run("exec 3>&1; { \"$@\"; echo $? >&3; } | :", List.of(), "presets", "--json");
    assertThat(gone.err()).isEmpty();
    assertThat(gone.out()).isEqualTo(Output.READER_GONE + "\n");
  }
}
