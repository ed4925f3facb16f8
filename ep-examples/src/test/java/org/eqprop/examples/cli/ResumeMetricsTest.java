package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eqprop.examples.run.Configs;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics are those that training measured: lost or changed files are written anew. */
class ResumeMetricsTest {
  private static final String CSV = "metrics.csv";
  private static final String LINES = "metrics.jsonl";

  @TempDir static Path shared;
  private static Path whole;

  @TempDir Path root;

  @BeforeAll
  static void train() {
    whole = shared.resolve("run");
    Cli.ok("train", Cli.SMALL, "--epochs", "3", "--quiet", "--out", whole);
  }

  /** A change of one of the two files. */
  record Damage(String file, String kind) {
    void to(Path run) throws IOException {
      Path path = run.resolve(file);
      List<String> lines = new ArrayList<>(Files.readAllLines(path));
      switch (kind) {
        case "deleted" -> Files.delete(path);
        case "empty" -> Files.write(path, new byte[0]);
        case "binary" -> Files.write(path, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        case "null" -> Files.writeString(path, "null\n");
        case "cut" -> Files.write(path, BadInput.half(Files.readAllBytes(path)));
        case "last line lost" -> Files.write(path, lines.subList(0, lines.size() - 1));
        default -> {
          // The first digit of a field in the line of epoch 2.
          int line = file.equals(CSV) ? 2 : 1;
          lines.set(line, changed(lines.get(line)));
          Files.write(path, lines);
        }
      }
    }

    private String changed(String line) throws IOException {
      ObjectNode fields =
          (ObjectNode) Configs.JSON.readTree(Files.readAllLines(whole.resolve(LINES)).get(1));
      String value = fields.get(kind).asText();
      String other = value.startsWith("1") ? "2" : "1";
      String changed = line.replace(value, other + value.substring(1));
      assertThat(changed).isNotEqualTo(line);
      return changed;
    }

    @Override
    public String toString() {
      return file + ": " + kind;
    }
  }

  static Stream<Damage> damages() throws IOException {
    List<String> kinds =
        new ArrayList<>(List.of("deleted", "empty", "binary", "null", "cut", "last line lost"));
    kinds.addAll(
        List.of(
            "epoch",
            "loss",
            "trainError",
            "testError",
            "testLoss",
            "residual",
            "steps",
            "converged"));
    kinds.addAll(List.of("seconds", "samplesPerSecond"));
    return kinds.stream()
        .flatMap(kind -> Stream.of(new Damage(CSV, kind), new Damage(LINES, kind)));
  }

  @ParameterizedTest
  @MethodSource("damages")
  void filesThatSaySomethingElseAreRestored(Damage damage) throws IOException {
    Path run = BadInput.copy(whole, root.resolve("run"));
    Map<String, String> before = BadInput.content(run);
    String summary = Files.readString(run.resolve("summary.json"));
    damage.to(run);

    Cli resumed = Cli.ok("train", "--resume", run);

    assertThat(resumed.err())
        .contains("The metrics in " + run + " are not those of the checkpoint; metrics.jsonl and");
    for (String file : List.of(CSV, LINES)) {
      assertThat(BadInput.hex(run.resolve(file)))
          .isEqualTo(before.get(run.resolve(file).toString()));
    }
    assertThat(Files.readString(run.resolve("summary.json")).replace(run.toString(), ""))
        .isEqualTo(summary.replace(whole.toString(), ""));
  }

  /** The times are in no other place; everything else is. */
  @Test
  void whereBothFilesAreLostOnlyTheTimesAre() throws IOException {
    Path run = BadInput.copy(whole, root.resolve("run"));
    Files.delete(run.resolve(CSV));
    Files.delete(run.resolve(LINES));

    Cli.ok("train", "--quiet", "--resume", run);

    for (int line = 0; line < 3; line++) {
      ObjectNode expected = line(whole, line);
      ObjectNode actual = line(run, line);
      assertThat(actual.remove("seconds").asText()).isEqualTo("NaN");
      assertThat(actual.remove("samplesPerSecond").asText()).isEqualTo("NaN");
      expected.remove(List.of("seconds", "samplesPerSecond"));
      assertThat(actual).isEqualTo(expected);
    }
    Map<String, String> before = BadInput.content(run);
    Cli again = Cli.ok("train", "--resume", run);
    assertThat(again.err()).doesNotContain("written anew");
    for (String file : List.of(CSV, LINES)) {
      assertThat(BadInput.hex(run.resolve(file)))
          .isEqualTo(before.get(run.resolve(file).toString()));
    }
  }

  /** A kill between the metrics and the checkpoint leaves a line more; that is no change. */
  @ParameterizedTest
  @ValueSource(strings = {CSV, LINES})
  void aLineMoreIsNoChange(String file) throws IOException {
    Path run = BadInput.copy(whole, root.resolve("run"));
    List<String> lines = new ArrayList<>(Files.readAllLines(run.resolve(file)));
    lines.add(lines.get(lines.size() - 1));
    Files.write(run.resolve(file), lines);

    assertThat(Cli.ok("train", "--resume", run).err()).doesNotContain("written anew");
  }

  private static ObjectNode line(Path run, int line) throws IOException {
    String text = Files.readAllLines(run.resolve(LINES)).get(line);
    return (ObjectNode) Configs.JSON.readTree(text);
  }
}
