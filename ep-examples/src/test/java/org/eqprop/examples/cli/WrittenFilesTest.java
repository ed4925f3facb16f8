package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file that a command writes, with something else in its place. */
@DisabledOnOs(OS.WINDOWS) // has neither such devices nor named pipes
class WrittenFilesTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir static Path shared;
  @TempDir Path root;

  /** What is in the place of a file. */
  enum Place {
    /** A link to a file elsewhere: that file is updated, the link stays. */
    LINK,
    /** A link to the null device: written to. */
    NULL_DEVICE,
    /** A link to a device that is always full. */
    FULL_DEVICE,
    PIPE,
    FOLDER;

    void take(Path file, Path elsewhere) throws IOException, InterruptedException {
      if (this == LINK) {
        if (Files.exists(file)) {
          Files.move(file, elsewhere);
        } else {
          Files.writeString(elsewhere, "old");
        }
        Files.createSymbolicLink(file, elsewhere);
        return;
      }
      Files.deleteIfExists(file);
      switch (this) {
        case NULL_DEVICE -> Files.createSymbolicLink(file, Path.of("/dev/null"));
        case FULL_DEVICE -> Files.createSymbolicLink(file, Path.of("/dev/full"));
        case PIPE -> new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
        default -> Files.writeString(Files.createDirectory(file).resolve("inside"), "old");
      }
    }
  }

  @BeforeAll
  static void prepare() throws IOException {
    Cli.ok("train", Cli.SMALL, "--epochs", "1", "--out", shared.resolve("run"));
    Benchmarks.result(shared.resolve("r.json"), 20);
  }

  static Stream<Arguments> files() {
    List<Arguments> all = new ArrayList<>();
    for (Place place : Place.values()) {
      for (String file :
          List.of(
              "config.json",
              "metrics.csv",
              "metrics.jsonl",
              "model.safetensors",
              "checkpoint.safetensors",
              "summary.json",
              "curve.svg",
              "curve.png",
              "curve.pdf")) {
        all.add(Arguments.of("train", file, place));
      }
      for (String file :
          List.of(
              "toy.json",
              "toy.csv",
              "toy-curves.csv",
              "toy-curves.svg",
              "toy-bars.svg",
              "toy-bars.png")) {
        all.add(Arguments.of("gdu", file, place));
      }
      all.add(Arguments.of("bench", "page.html", place));
    }
    return all.stream();
  }

  private List<Object> words(String command, Path folder) throws IOException {
    Path result = shared.resolve("r.json");
    return switch (command) {
      case "train" -> List.of("train", "--resume", copyRun(folder), "--epochs", "2", "-q");
      case "gdu" ->
          List.of("gdu", "toy", "-q", "-T", "10", "-K", "2", "--hidden", "4", "--out", folder);
      default ->
          List.of("bench", "compare", "-q", result, result, "--html", folder.resolve("page.html"));
    };
  }

  private static Path copyRun(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(shared.resolve("run"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    return folder;
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("files")
  void theKindStaysAndNothingHangs(String command, String name, Place place) throws Exception {
    Path folder = Files.createDirectory(root.resolve("folder"));
    List<Object> words = words(command, folder);
    Path file = folder.resolve(name);
    Path elsewhere = root.resolve("elsewhere");
    place.take(file, elsewhere);
    String before = kind(file);

    Cli run = assertTimeoutPreemptively(LIMIT, () -> Cli.run(words.toArray()));

    assertThat(kind(file)).isEqualTo(before);
    assertThat(run.errLines())
        .describedAs(run.toString())
        .allMatch(line -> line.matches("ep: [A-Z/].*[.]"))
        .noneMatch(line -> line.contains("should not happen") || line.contains("Exception"));
    switch (place) {
      case LINK -> {
        assertThat(run.code()).describedAs(run.toString()).isZero();
        assertThat(elsewhere).content().isNotEqualTo("old");
      }
      case NULL_DEVICE -> assertThat(run.code() == 0).isEqualTo(run.err().isEmpty());
      default -> {
        assertThat(run.code()).isNotZero();
        assertThat(run.errLines()).isNotEmpty();
        assertThat(run.err()).contains(name.startsWith("config") ? folder.toString() : name);
      }
    }
    if (place == Place.FOLDER) {
      assertThat(file.resolve("inside")).hasContent("old");
    }
    if (name.matches(".*(svg|png|html)|summary.json|toy.*")) {
      assertThat(run.out()).isNotBlank();
    }
    try (Stream<Path> files = Files.walk(root)) {
      assertThat(files).noneMatch(path -> path.toString().endsWith(".part"));
    }
  }

  private static String kind(Path path) throws IOException {
    return Files.isSymbolicLink(path)
        ? "link to " + Files.readSymbolicLink(path)
        : Files.readAttributes(path, "unix:mode", LinkOption.NOFOLLOW_LINKS).toString();
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void thePageNeverTakesThePlaceOfWhatItIsMadeOf(String page) throws IOException {
    Path before = Benchmarks.result(root.resolve("before.json"), 20);
    Path after = Benchmarks.result(root.resolve("after.json"), 21);
    Files.createSymbolicLink(root.resolve("link"), before);
    Files.createLink(root.resolve("second-name"), after);
    String old = Files.readString(before) + Files.readString(after);

    Cli run = Cli.run("bench", "compare", before, after, "--html", root.resolve(page));

    assertThat(run.code()).isEqualTo(Ep.USAGE);
    assertThat(run.err())
        .startsWith("ep: " + root.resolve(page) + " is a result that is compared; choose another");
    assertThat(run.out()).isEmpty();
    assertThat(Files.readString(before) + Files.readString(after)).isEqualTo(old);
  }

  static List<String> inputs() {
    return List.of("before.json", "after.json", "link", "second-name");
  }
}
