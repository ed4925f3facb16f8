package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.store.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: signals, a full disk, the environment. */
class ProcessTest {
  private static final String MODEL = "model.safetensors";
  private static final String CHECKPOINT = "checkpoint.safetensors";

  /** Half a second an epoch once the JVM is warm. */
  private static final List<String> SLOW =
      List.of("--limit", "600", "--hidden", "200", "-T", "60", "-K", "20");

  /** Half of that. */
  private static final List<String> BRISK =
      List.of("--limit", "300", "--hidden", "200", "-T", "60", "-K", "20");

  @TempDir Path root;

  /** Whatever the moment: between files, within one, before the first. */
  @Test
  void killedAndResumedUntilItIsDone() throws Exception {
    Path run = root.resolve("run");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> moments = new ArrayList<>();

    Cli end = null;
    Object[] args = {"train", BRISK, "--epochs", "4", "--quiet", "--out", run};
    for (int kills = 0; end == null; kills++) {
      boolean kill = kills < 3;
      try (ChildJvm child = ChildJvm.start(root, ChildJvm.command(List.of(), args))) {
        if (kill) {
          int epochs = kills;
          child.await(() -> epochs(run) >= epochs);
          Thread.sleep(random.nextInt(500));
          child.kill();
        }
        Cli result = child.result();
        moments.add(result.code() + " at " + position(run));

        end = result.code() == 0 ? result : null;
        assertThat(result.code()).describedAs("%s %s", moments, result).isIn(0, kill ? 137 : 0);
      }
      args = new Object[] {"train", "--quiet", "--resume", run};
    }

    Path whole = root.resolve("whole");
    Cli.ok("train", BRISK, "--epochs", "4", "--quiet", "--out", whole);
    assertThat(end.outLines()).describedAs("seed %s: %s", seed, moments).hasSize(3);
    assertSameRun(run, whole);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // there a process is ended without notice
  void askedToEndItSavesWhatItHasWithinTheEpoch() throws Exception {
    Path run = root.resolve("run");
    List<String> command =
        ChildJvm.command(List.of(), "train", SLOW, "--epochs", "2", "--quiet", "--out", run);
    try (ChildJvm child = ChildJvm.start(root, command)) {
      child.await(() -> Files.exists(run.resolve(CHECKPOINT)));
      child.terminate();
      Cli ended = child.result();

      assertThat(ended.code()).isEqualTo(128 + 15);
      assertThat(ended.errLines())
          .containsExactly("ep: stopped; go on with: ep train --resume " + run);
      assertThat(ended.out()).isEmpty();
    }
    assertThat(position(run)).matches("0/[1-9][0-9]*");

    Path whole = root.resolve("whole");
    Cli.ok("train", SLOW, "--epochs", "2", "--quiet", "--out", whole);
    Cli.ok("train", "--quiet", "--resume", run);
    assertSameRun(run, whole);
  }

  /** A limit on the size of files stops a write halfway, as a full disk does. */
  @Test
  @DisabledOnOs(OS.WINDOWS) // has no such limit
  void aDiskThatIsFullLeavesTheLastStateWhole() throws Exception {
    Path run = root.resolve("run");
    Cli.ok("train", "p-1h", "--limit", "60", "--epochs", "1", "--quiet", "--out", run);
    byte[] model = Files.readAllBytes(run.resolve(MODEL));
    byte[] checkpoint = Files.readAllBytes(run.resolve(CHECKPOINT));
    assertThat(model.length).isGreaterThan(50_000);

    // 40 blocks are 20 or 40 KB, depending on the shell.
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "ulimit -f 40 && exec \"$@\"", "sh"));
    command.addAll(
        ChildJvm.command(List.of(), "train", "--quiet", "--resume", run, "--epochs", "2"));
    try (ChildJvm child = ChildJvm.start(root, command)) {
      Cli failed = child.result();

      assertThat(failed.code()).isEqualTo(1);
      assertThat(failed.out()).isEmpty();
      assertThat(failed.errLines()).hasSize(1);
      assertThat(failed.err())
          .startsWith("ep: Cannot write " + run.resolve(MODEL) + " (")
          .endsWith("); what was there is unchanged.\n");
    }
    assertThat(run.resolve(MODEL)).hasBinaryContent(model);
    assertThat(run.resolve(CHECKPOINT)).hasBinaryContent(checkpoint);
    try (Stream<Path> files = Files.list(run)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
    }

    Path whole = root.resolve("whole");
    Cli.ok("train", "p-1h", "--limit", "60", "--epochs", "2", "--quiet", "--out", whole);
    Cli.ok("train", "--quiet", "--resume", run, "--epochs", "2");
    assertSameRun(run, whole);
  }

  @Test
  void aDataSetThatIsNotHereNamesTheFolderToPutItIn() throws Exception {
    List<String> command =
        ChildJvm.command(
            List.of("-Duser.home=" + root),
            "train",
            "--data",
            "mnist",
            "--out",
            root.resolve("run"));
    try (ChildJvm child = ChildJvm.start(root, command)) {
      Cli failed = child.result();

      assertThat(failed.code()).isEqualTo(1);
      assertThat(failed.out()).isEmpty();
      assertThat(failed.errLines()).hasSize(1);
      assertThat(failed.err())
          .startsWith("ep: The data set mnist is not on this machine (looked in ")
          .contains("run 'ep data download mnist', or put its four IDX files into " + root);
    }
    assertThat(root.resolve("run")).doesNotExist();
  }

  @Test
  void kernelsThatDoNotExistAreOneSentence() throws Exception {
    List<String> command =
        ChildJvm.command(
            List.of("-Deqprop.kernels=sse"), "predict", root.resolve("m"), root.resolve("p.png"));
    try (ChildJvm child = ChildJvm.start(root, command)) {
      Cli failed = child.result();

      assertThat(failed.code()).isEqualTo(2);
      assertThat(failed.errLines()).hasSize(1);
      assertThat(failed.err())
          .startsWith("ep: There are no kernels 'sse' (system property eqprop.kernels)");
    }
  }

  private static int epochs(Path run) {
    return Files.exists(run.resolve(CHECKPOINT))
        ? Integer.parseInt(position(run).replaceAll("/.*", ""))
        : -1;
  }

  /** Epochs and batches done, by the checkpoint. */
  private static String position(Path run) {
    Map<String, String> notes =
        Model.read(run.resolve(CHECKPOINT), KernelsSelector.kernels()).notes();
    return notes.get("epoch") + "/" + notes.get("batch");
  }

  private static void assertSameRun(Path actual, Path expected) throws IOException {
    assertThat(actual.resolve(MODEL)).hasSameBinaryContentAs(expected.resolve(MODEL));
    assertThat(actual.resolve(CHECKPOINT)).hasSameBinaryContentAs(expected.resolve(CHECKPOINT));
    assertThat(timeless(actual)).isEqualTo(timeless(expected));
  }

  private static List<String> timeless(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.csv")).stream()
        .map(line -> line.replaceAll(",[^,]*,[^,]*$", ""))
        .toList();
  }
}
