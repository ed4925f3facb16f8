package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every command with an output that cannot be written, and with a reader that has gone. */
class OutputTest {
  private static final String FULL = "No space left on device";

  @TempDir static Path shared;
  private static Benchmarks benchmarks;

  @TempDir Path root;

  @BeforeAll
  static void prepare() throws IOException {
    benchmarks = new Benchmarks(Files.createDirectory(shared.resolve("bench")));
    Cli.ok("train", Cli.SMALL, "--epochs", "1", "--out", shared.resolve("run"));
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    image.setRGB(3, 4, 0xFFFFFF);
    ImageIO.write(image, "png", shared.resolve("i.png").toFile());
    Benchmarks.result(shared.resolve("r.json"), 20);
    Path runs = Files.createDirectory(shared.resolve("self-test"));
    Benchmarks.result(runs.resolve("unchanged-0.json"), 20);
    Benchmarks.result(runs.resolve("unchanged-1.json"), 20);
    Benchmarks.result(runs.resolve("slowed.json"), 30);
  }

  @AfterAll
  static void tidy() {
    benchmarks.close();
  }

  /**
   * A command; RUN, SHARED and ROOT stand for folders, DATA and GOLDENS for what tests are given.
   */
  static List<String> commands() {
    String small = String.join(" ", Cli.SMALL);
    return List.of(
        "--help",
        "--version",
        "help",
        "help train",
        "train " + small + " --epochs 1 -q --out ROOT/run",
        "train " + small + " --epochs 1 --json -q --out ROOT/run",
        "train " + small + " --epochs 1 --trials 2 -q --out ROOT/run",
        "train " + small + " --epochs 1 --method both -q --out ROOT/run",
        "train " + small + " --epochs 1 --method both --json -q --out ROOT/run",
        "evaluate RUN",
        "evaluate RUN --json",
        "predict RUN SHARED/i.png",
        "predict RUN SHARED/i.png --json",
        "reproduce table1 --only p-1h --method ep --data digits --limit 60 --epochs 1 --trials 1 -q"
            + " --out ROOT/table",
        "reproduce table2 --help",
        "reproduce figure2 -q -T 20 -K 3 --hidden 6 --out ROOT/figure",
        "reproduce figure3 --help",
        "reproduce figure4 --help",
        "gdu toy -q -T 20 -K 3 --hidden 6",
        "gdu toy -q -T 20 -K 3 --hidden 6 --json --out ROOT/gdu",
        "gdu toy -q -T 20 -K 3 --hidden 6 --sweep-beta --betas 0.1,0.2",
        "verify GOLDENS/toy.safetensors",
        "verify GOLDENS/toy.safetensors --json",
        "presets",
        "presets --json",
        "data",
        "data --json",
        "data show digits --limit 60",
        "data show digits --limit 60 --json --sheet ROOT/sheet.png",
        "data download --help",
        "export RUN --to ROOT/weights.npz",
        "import --help",
        "info",
        "bench -q --out ROOT/b.json",
        "bench -q --json --out ROOT/b.json",
        "bench compare -q SHARED/r.json SHARED/r.json --html ROOT/p.html",
        "bench compare -q --json SHARED/r.json SHARED/r.json --html ROOT/p.html",
        "bench scaling -q --out ROOT/scaling",
        "bench self-test -q --runs 1 --out SHARED/self-test",
        "generate-completion");
  }

  private Cli run(String command, Writer out) {
    String words = command;
    if (command.contains("GOLDENS")) {
      String data = System.getenv("EP_DATA");
      assumeTrue(data != null, "EP_DATA is not set: " + command + " is not tried");
      Path goldens = Path.of(data).resolveSibling("goldens");
      words = command.replace("GOLDENS", goldens.toString());
      assumeTrue(Files.exists(goldens));
    }
    words = words.replace("RUN", "SHARED/run").replace("SHARED", shared.toString());
    return Cli.into(out, List.of(words.replace("ROOT", root.toString()).split(" ", -1)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aFullDiskIsOneSentence(String command) {
    Cli cli = run(command, new Broken(FULL));
    assertThat(cli.code()).isEqualTo(1);
    assertThat(cli.errLines())
        .containsExactly(
            "ep: Cannot write to standard output (No space left on device); send it to a place"
                + " that has room and can be written.");
    assertMainWorkIsDone(command);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aReaderThatHasGoneEndsItQuietly(String command) {
    Cli cli = run(command, new Broken("Broken pipe"));
    assertThat(cli.code()).isEqualTo(Output.READER_GONE);
    assertThat(cli.err()).isEmpty();
    assertMainWorkIsDone(command);
  }

  private void assertMainWorkIsDone(String command) {
    if (command.startsWith("train")) {
      assertThat(root.resolve("run/summary.json")).exists();
      assertThat(
              root.resolve(command.contains("trials") ? "run/trial-2/curve.png" : "run/curve.png"))
          .exists();
    } else if (command.contains("ROOT/gdu")) {
      assertThat(root.resolve("gdu/toy-bars.png")).exists();
    } else if (command.contains("ROOT/p.html")) {
      assertThat(root.resolve("p.html")).exists();
    } else if (command.contains("ROOT/scaling")) {
      assertThat(root.resolve("scaling/scaling.png")).exists();
    }
  }

  /** The result stands on the output, and in files that hold it, before anything is drawn. */
  @ParameterizedTest
  @MethodSource("commands")
  void theResultIsPrintedBeforeAnythingIsDrawn(String command) {
    StringWriter out =
        new StringWriter() {
          @Override
          public void write(String text, int from, int length) {
            try (Stream<Path> files = Files.walk(root)) {
              assertThat(files).noneMatch(file -> file.toString().matches(".*\\.(svg|png|html)"));
            } catch (IOException thrown) {
              throw new AssertionError(thrown);
            }
            super.write(text, from, length);
          }
        };
    Cli cli = run(command, out);
    assertThat(cli.code()).describedAs(cli.toString()).isZero();
    assertThat(cli.out()).isNotBlank();
    assertThat(cli.err()).isEmpty();
    assertMainWorkIsDone(command);
  }

  @Test
  void everyCommandIsTried() {
    Set<String> names = new TreeSet<>();
    collect(Ep.commandLine(), "", names);
    Set<String> tried = commands().stream().collect(Collectors.toSet());
    assertThat(names)
        .contains("bench compare", "train")
        .allMatch(name -> tried.stream().anyMatch(words -> (words + " ").startsWith(name + " ")));
  }

  private static void collect(CommandLine line, String prefix, Set<String> names) {
    line.getSubcommands()
        .forEach(
            (name, inner) -> {
              names.add(prefix + name);
              collect(inner, prefix + name + " ", names);
            });
  }

  /** Fails at every write. */
  private static final class Broken extends Writer {
    private final String reason;

    Broken(String reason) {
      this.reason = reason;
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
      throw new IOException(reason);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
      return "";
    }
  }
}
