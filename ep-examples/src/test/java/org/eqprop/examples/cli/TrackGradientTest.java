package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The quality of the gradient while a network trains. */
final class TrackGradientTest {
  @TempDir Path folder;

  private Cli train(String out, String options, Object... more) {
    List<String> words = List.of(options.split(" ", -1));
    return Cli.run(
        List.of("train", "p-1h", "--hidden", "16", "--limit", "200", "--batch", "20"),
        words,
        List.of("--out", folder.resolve(out)),
        List.of(more));
  }

  private static List<String[]> rows(Path run) throws IOException {
    return Files.readAllLines(run.resolve("gradient.csv")).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ep", "ep --mode fast", "bptt", "chl", "ep --optimizer adam"})
  void itIsMeasuredAndChangesNothing(String method) throws IOException {
    String options = "--epochs 3 --method " + method;
    Cli tracked = train("tracked", options, "--track-gradient", "every=2");
    assertThat(tracked.code()).as(tracked.err()).isZero();
    assertThat(train("plain", options).code()).isZero();
    assertThat(folder.resolve("tracked/model.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("plain/model.safetensors"));
    assertThat(folder.resolve("plain/gradient.csv")).doesNotExist();
    assertThat(folder.resolve("tracked/gradient.png")).isNotEmptyFile();
    assertThat(folder.resolve("tracked/gradient.svg")).isNotEmptyFile();
    List<String[]> rows = rows(folder.resolve("tracked"));
    assertThat(rows).allMatch(row -> Long.parseLong(row[0]) % 2 == 0);
    assertThat(rows.stream().map(row -> row[1]).distinct())
        .containsExactly("all", "weight.0", "bias.0", "weight.1", "bias.1");
    for (String[] row : rows) {
      if (row[1].equals("all")) {
        double cosine = Double.parseDouble(row[6]);
        assertThat(cosine).isBetween(method.equals("chl") ? 0.3 : 0.8, 1.0000001);
        if (method.equals("bptt")) {
          assertThat(Double.parseDouble(row[3])).as("BPTT beside itself").isZero();
        } else {
          assertThat(Double.parseDouble(row[3])).isBetween(1e-6, 2.0);
        }
      }
    }
  }

  @Test
  void aStoppedRunGoesOnInTheSameFile() throws IOException {
    assertThat(train("whole", "--epochs 4 --track-gradient 3").code()).isZero();
    assertThat(train("part", "--epochs 2 --track-gradient 3").code()).isZero();
    Path part = folder.resolve("part");
    Path whole = folder.resolve("whole");
    // what a killed process leaves behind the checkpoint, and a line that it did not finish
    List<String> lines = Files.readAllLines(whole.resolve("gradient.csv"));
    Files.writeString(part.resolve("gradient.csv"), String.join("\n", lines) + "\n17,weight.0,0.9");
    assertThat(Cli.run("train", "--resume", part, "--epochs", "4").code()).isZero();
    assertThat(part.resolve("gradient.csv")).hasSameTextualContentAs(whole.resolve("gradient.csv"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--track-gradient every=0|'every=0' is not a number of updates from 1 to 999999999; write"
            + " every=100, for example",
        "--track-gradient often|'often' is not a number of updates",
        "--track-gradient 5 --method continual|track-gradient is 5, but the method continual has no"
            + " gradient of a batch",
        "--track-gradient 5 --method ep,continual|track-gradient is 5, but the method continual has"
            + " no gradient of a batch",
        "--track-gradient 5 -T 9 -K 10|track-gradient compares with backprop through the last K"
            + " steps, but K is 10 and T 9;",
      })
  void whatCannotBeTrackedIsRefused(String options, String sentence) {
    Cli run = train("none", options);
    assertThat(run.err()).contains(sentence);
    assertThat(run.code()).isEqualTo(Ep.USAGE);
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
