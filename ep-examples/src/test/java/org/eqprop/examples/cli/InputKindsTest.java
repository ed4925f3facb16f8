package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every place where a command reads a file, given something that is none. */
@DisabledOnOs(OS.WINDOWS) // has neither such devices nor named pipes
class InputKindsTest {
  @TempDir static Path shared;
  @TempDir Path root;

  @BeforeAll
  static void prepare() throws IOException {
    Cli.ok("train", Cli.SMALL, "--epochs", "1", "--out", shared.resolve("run"));
    Benchmarks.result(shared.resolve("r.json"), 20);
  }

  static Stream<Arguments> inputs() {
    return Stream.of(
            "evaluate INPUT",
            "verify INPUT",
            "predict INPUT SHARED/r.json",
            "predict SHARED/run INPUT",
            "bench compare INPUT SHARED/r.json --html ROOT/p.html",
            "bench compare SHARED/r.json INPUT --html ROOT/p.html",
            "train --data ROOT/set --out ROOT/run",
            "train -q --data ROOT/labels-of-set --out ROOT/run")
        .flatMap(
            command ->
                Stream.of("pipe", "folder", "/dev/zero", "/dev/null")
                    .map(kind -> Arguments.of(command, kind)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("inputs")
  void oneSentenceAndNoWaiting(String command, String kind) throws Exception {
    Path input = root.resolve("input");
    if (command.contains("labels-of-set")) {
      input = IdxSet.write(root.resolve("labels-of-set"), 8).resolve(IdxSet.TEST_LABELS);
      Files.delete(input);
    } else if (command.contains("set")) {
      input = IdxSet.write(root.resolve("set"), 8).resolve(IdxSet.TRAIN_IMAGES);
      Files.delete(input);
    }
    switch (kind) {
      case "pipe" -> new ProcessBuilder("mkfifo", input.toString()).start().waitFor();
      case "folder" -> Files.createDirectory(input);
      default -> Files.createSymbolicLink(input, Path.of(kind));
    }
    String words =
        command
            .replace("INPUT", input.toString())
            .replace("SHARED", shared.toString())
            .replace("ROOT", root.toString());

    Cli run =
        assertTimeoutPreemptively(
            Duration.ofSeconds(30), () -> Cli.run(List.of(words.split(" ", -1))));

    assertThat(run.code()).describedAs(run.toString()).isIn(Ep.USAGE, Ep.FAILURE);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).matches("ep: [A-Z/].*\\.\n").doesNotContain("Exception", "happen");
    assertThat(run.out()).isEmpty();
    if (kind.equals("pipe") || kind.equals("/dev/zero")) {
      assertThat(run.err())
          .containsPattern("it is a (pipe|device), not a file")
          .doesNotContain("is missing", "fetch it again");
    }
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void aConfigurationMayComeThroughAPipe(String kind) throws Exception {
    Path pipe = root.resolve("pipe");
    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    Thread writer =
        Thread.startVirtualThread(
            () -> {
              try {
                Files.writeString(pipe, kind);
              } catch (IOException thrown) {
                throw new AssertionError(thrown);
              }
            });
    Path run = root.resolve("run");
    Cli.ok("train", "--config", pipe, Cli.SMALL, "--out", run);
    writer.join();
    assertThat(Cli.json(run.resolve("config.json")).get("epochs").asInt()).isEqualTo(2);
  }

  static List<String> configurations() {
    return List.of("epochs = 2\n");
  }
}
