package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code ep reproduce} in a process of its own that is killed, stopped, or has a full disk. */
class ReproduceProcessTest {
  private static final int KILLS = 3;

  /** Four trainings of about a second. */
  private static final List<String> TABLE =
      List.of(
          ("reproduce table1 --only p-1h,p-conv --method ep --data digits "
                  + "--epochs 1 --trials 2 --limit 600 -q")
              .split(" ", -1));

  private static final List<String> TRIALS =
      List.of("p-1h-ep/trial-1", "p-1h-ep/trial-2", "p-conv-ep/trial-1", "p-conv-ep/trial-2");

  @TempDir Path root;

  @Test
  void killedAtAnyMomentItGoesOnToTheSameModelsAndFigures() throws Exception {
    Path out = root.resolve("out");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Integer> codes = new ArrayList<>();
    while (codes.isEmpty() || codes.get(codes.size() - 1) != 0) {
      boolean kill = codes.size() < KILLS;
      int trial = codes.size() % TRIALS.size();
      try (ChildJvm child =
          ChildJvm.start(root, ChildJvm.command(List.of(), TABLE, "--out", out))) {
        if (kill) {
          child.await(
              () ->
                  Files.exists(out.resolve(TRIALS.get(trial)).resolve("config.json"))
                      || Files.exists(out.resolve(TRIALS.get(3)).resolve("summary.json")));
          Thread.sleep(random.nextInt(500));
          child.kill();
        }
        Cli result = child.result();
        codes.add(result.code());
        assertThat(result.code())
            .describedAs("seed %s, %s, %s", seed, codes, result)
            .isIn(0, kill ? 137 : 0);
        assertThat(result.err()).describedAs("seed %s", seed).isEmpty();
      }
    }

    Path whole = root.resolve("whole");
    Cli.ok(TABLE, "--out", whole);
    assertSameTable(out, whole);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // there a process is ended without notice
  void askedToEndItSaysHowToGoOn() throws Exception {
    Path out = root.resolve("out");
    try (ChildJvm child = ChildJvm.start(root, ChildJvm.command(List.of(), TABLE, "--out", out))) {
      child.await(() -> Files.exists(out.resolve(TRIALS.get(2)).resolve("checkpoint.safetensors")));
      child.terminate();
      Cli ended = child.result();
      assertThat(ended.code()).isEqualTo(128 + 15);
      assertThat(ended.out()).isEmpty();
      assertThat(ended.errLines())
          .containsExactly("ep: stopped; go on with: ep reproduce table1 --resume " + out);
    }
    assertThat(Files.readString(out.resolve("report.md"))).contains("2 of 4 trials are done.");

    Cli.ok("reproduce", "table1", "--resume", out, "-q");
    Path whole = root.resolve("whole");
    Cli.ok(TABLE, "--out", whole);
    assertSameTable(out, whole);
  }

  /** A limit on the size of files stops a write halfway, as a full disk does. */
  @Test
  @DisabledOnOs(OS.WINDOWS) // has no such limit
  void aFullDiskIsOneSentenceAndNothingIsLost() throws Exception {
    Path out = root.resolve("out");
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "ulimit -f 40 && exec \"$@\"", "sh"));
    command.addAll(ChildJvm.command(List.of(), ReproduceBadInputTest.TABLE, "--out", out));
    try (ChildJvm child = ChildJvm.start(root, command)) {
      Cli failed = child.result();
      assertThat(failed.code()).describedAs(failed.toString()).isEqualTo(1);
      assertThat(failed.out()).isEmpty();
      assertThat(failed.errLines()).hasSize(1);
      assertThat(failed.err())
          .startsWith("ep: Cannot write " + out)
          .endsWith("); what was there is unchanged.\n");
    }
    Cli.ok(ReproduceBadInputTest.TABLE, "--out", out);
    Cli.ok(ReproduceBadInputTest.TABLE, "--out", root.resolve("whole"));
    assertThat(ReproduceCommandTest.figures(out))
        .isEqualTo(ReproduceCommandTest.figures(root.resolve("whole")));
  }

  private static void assertSameTable(Path actual, Path expected) throws IOException {
    assertThat(ReproduceCommandTest.figures(actual))
        .isEqualTo(ReproduceCommandTest.figures(expected));
    for (String trial : TRIALS) {
      for (String file : List.of("model.safetensors", "checkpoint.safetensors")) {
        assertThat(actual.resolve(trial).resolve(file))
            .hasSameBinaryContentAs(expected.resolve(trial).resolve(file));
      }
    }
  }
}
