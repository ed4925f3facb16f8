package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a user gets wrong ends with a code that is not 0 and one sentence that says what and
 * where, prints no result, and leaves every file as it was. A class of tests has the rows of a
 * command in {@code rows}.
 */
abstract class BadInput {
  static final int USAGE = 2;

  static final int FAILURE = 1;

  @TempDir static Path shared;
  @TempDir Path root;

  /** Makes files below a folder and says which arguments go with them. */
  @FunctionalInterface
  interface Setup {
    List<String> arguments(Path root) throws IOException;
  }

  /**
   * A mistake.
   *
   * @param name what is wrong
   * @param code the exit code
   * @param parts what the message has to contain; ROOT stands for the folder
   */
  record Row(String name, int code, Setup setup, List<String> parts) {
    Row(String name, int code, Setup setup, String... parts) {
      this(name, code, setup, List.of(parts));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void trainARun() {
    Cli.ok("train", Cli.SMALL, "--epochs", "1", "--out", shared.resolve("run"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void oneSentenceAndNothingElse(Row row) throws IOException {
    List<String> arguments = row.setup.arguments(root);
    Map<String, String> before = content(root);

    Cli run = Cli.run(arguments);

    assertThat(run.code()).describedAs(run.toString()).isEqualTo(row.code);
    assertOneSentence(run, row);
    assertThat(run.out()).isEmpty();
    assertThat(content(root)).isEqualTo(before);
  }

  void assertOneSentence(Cli run, Row row) {
    List<String> lines = run.errLines();
    assertThat(lines.get(0)).matches("ep: [A-Za-z'/-].*[.?]").doesNotContain("should not happen");
    for (String part : row.parts) {
      assertThat(lines.get(0)).contains(part.replace("ROOT", root.toString()));
    }
    assertThat(lines.get(0)).doesNotContain("Exception", "org.eqprop", "java.");
    if (lines.size() > 1) {
      assertThat(lines).hasSize(2);
      assertThat(lines.get(1)).matches("See 'ep[ a-z0-9]* --help'\\.");
    }
  }

  static Row given(int code, String line, String... parts) {
    Setup setup =
        root -> {
          List<String> words =
              new ArrayList<>(line.isEmpty() ? List.of() : List.of(line.split(" ", -1)));
          if (line.startsWith("train")) {
            words.addAll(List.of("--out", root + "/run"));
          }
          return words;
        };
    return new Row("ep " + line, code, setup, parts);
  }

  /** Damage to a run. */
  @FunctionalInterface
  interface Damage {
    void to(Path run) throws IOException;
  }

  static byte[] half(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  static Damage flip(String file) {
    return run -> {
      byte[] bytes = Files.readAllBytes(run.resolve(file));
      bytes[bytes.length * 2 / 3] ^= 1;
      Files.write(run.resolve(file), bytes);
    };
  }

  static Damage cut(String file) {
    return run -> Files.write(run.resolve(file), half(Files.readAllBytes(run.resolve(file))));
  }

  static Damage empty(String file) {
    return run -> Files.write(run.resolve(file), new byte[0]);
  }

  static Damage fresh(String file) {
    return run -> fresh(run.resolve(file));
  }

  static Path fresh(Path file) throws IOException {
    Files.delete(file);
    return file;
  }

  static Damage binary(String file) {
    return run -> Files.write(run.resolve(file), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
  }

  static Damage replace(String file, String regex, String by) {
    return run -> {
      String text = Files.readString(run.resolve(file));
      String changed = regex.equals(".*") ? by + "\n" : text.replace(regex, by);
      assertThat(changed).isNotEqualTo(text);
      Files.writeString(run.resolve(file), changed);
    };
  }

  static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  static List<String> small(Path root, String out) {
    List<String> words = new ArrayList<>(List.of("train", "--epochs", "1"));
    words.addAll(Cli.SMALL);
    words.addAll(List.of("--out", root.resolve(out).toString()));
    return words;
  }

  static String copyRun(Path root) throws IOException {
    return copy(shared.resolve("run"), root.resolve("run")).toString();
  }

  /** Copies the files of a folder into a new one. */
  static Path copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  /** Every file and folder below {@code root}, with its content. */
  static Map<String, String> content(Path root) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      files
          .filter(file -> !file.endsWith(".lock"))
          .forEach(file -> content.put(file.toString(), hex(file)));
    }
    return content;
  }

  static String hex(Path file) {
    try {
      return Files.isDirectory(file)
          ? "folder"
          : HexFormat.of().formatHex(Files.readAllBytes(file));
    } catch (IOException thrown) {
      throw new UncheckedIOException(thrown);
    }
  }
}
