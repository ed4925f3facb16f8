package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that cannot be meant says so; one that can be meant says nothing. */
class SanityTest {
  private static final String FILE = "warnings.json";

  @TempDir Path root;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          p-1h   | -T 1 --limit 60                    | unsettled | (T = 1) 100 % of the samples
          eb-1h  | -T 2 --epsilon 1 --limit 60        | unsettled | use a larger T
          p-1h   | --lr 100.0,100.0 --limit 200           | stuck     | no longer learns: it predicts class
          p-1h   | --lr 100.0,100.0 --limit 200 --activation hard-sigmoid | stuck | use smaller learning rates
          p-2h   | -T 20 --lr 99.0,99.0,99.0 --limit 200    | stuck     | of its hidden states are at the ends
          p-1h   | --lr 0.0,0.0 -T 8 -K 2 --batch 2       | guessing  | learned nothing: after 719 updates
          digits | --lr 0.0,0.0 --batch 2                 | guessing  | use other learning rates
          """)
  void aRunThatCannotBeMeantSaysSo(String preset, String words, String kind, String part)
      throws IOException {
    Path run = root.resolve("run");
    Cli train =
        Cli.ok(
            List.of("train", preset, "--epochs", "1", "--quiet", "--json"),
            List.of(words.split(" ", -1)),
            List.of("--out", run));

    JsonNode warning = of(train.json().get("warnings"), kind);
    String sentence = warning.get("sentence").asText();
    assertThat(sentence).contains(part).endsWith(".").doesNotContain("\n");
    assertThat(train.errLines()).contains("ep: warning: " + sentence);
    assertThat(train.errLines()).hasSize(train.json().get("warnings").size());
    assertThat(Cli.json(run.resolve("summary.json"))).isEqualTo(train.json());
  }

  private static JsonNode of(JsonNode warnings, String kind) {
    for (JsonNode warning : warnings) {
      if (warning.get("kind").asText().equals(kind)) {
        return warning;
      }
    }
    throw new AssertionError("no " + kind + " in " + warnings);
  }

  @Test
  void itIsSaidOnceWhileItTrainsAndOnceWithTheResult() {
    Cli train =
        Cli.ok(
            List.of("train", "p-1h", "-T", "1", "--limit", "60", "--epochs", "4"),
            List.of("--out", root.resolve("run")));
    List<String> said =
        train.errLines().stream().filter(line -> line.contains("free phase has not")).toList();
    assertThat(said).hasSize(2);
    assertThat(train.errLines().indexOf(said.get(0)))
        .isEqualTo(index(train, "epoch   1/4") + 1)
        .isLessThan(index(train, "epoch   2/4"));
    assertThat(train.errLines().lastIndexOf(said.get(1)))
        .isGreaterThan(index(train, "epoch   4/4"));
  }

  private static int index(Cli train, String start) {
    return train
        .errLines()
        .indexOf(
            train.errLines().stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow());
  }

  /** From the file that the run keeps; a damaged one costs nothing but the warning. */
  @Test
  void aRunThatIsDoneEndsWithItsWarningsAgain() throws IOException {
    Path run = root.resolve("run");
    List<String> words = List.of("p-1h", "-T", "1", "--limit", "60", "--epochs", "1", "--json");
    Cli first = Cli.ok("train", words, "--out", run);
    assertThat(Cli.ok("train", "--json", "--resume", run).json()).isEqualTo(first.json());

    for (String damaged : List.of("", "null", "[null]", "{}", "[{\"kind\": 1")) {
      Files.writeString(run.resolve(FILE), damaged);
      assertThat(Cli.ok("train", "--json", "--resume", run).json().get("warnings")).isEmpty();
    }
    Cli more = Cli.ok("train", "--json", "--resume", run, "--epochs", "2");
    assertThat(of(more.json().get("warnings"), "unsettled")).isNotNull();
  }

  @Test
  void trialsAreNamed() {
    Cli train =
        Cli.ok(
            List.of("train", "p-1h", "-T", "1", "--limit", "60", "--epochs", "1", "-q"),
            List.of("--trials", "2", "--out", root.resolve("run")));
    assertThat(train.err())
        .contains("ep: warning: Trial 1: The free phase", "ep: warning: Trial 2: The free phase");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          eb-1h | --output linear --clamp false --lr 5.0,5.0
          eb-1h | --output linear --clamp false --lr 50.0,50.0 -T 20 --limit 300
          eb-1h | --output identity --clamp false --lr 20.0,20.0 --limit 300
          """)
  void aLossBeyondAnySenseStopsAsDivergence(String preset, String words) {
    Path run = root.resolve("run");
    Cli train =
        Cli.run(
            List.of("train", preset, "--epochs", "2"),
            List.of(words.split(" ", -1)),
            List.of("--out", run));
    assertThat(train.code()).isEqualTo(Ep.FAILURE);
    assertThat(train.out()).isEmpty();
    assertThat(train.errLines().get(train.errLines().size() - 1))
        .startsWith("ep: The ")
        .contains("smaller learning rates", "epoch", "checkpoint is kept in " + run);
    assertThat(run.resolve("model.safetensors")).doesNotExist();
  }

  /** Every preset, as it is and with few steps, on little data for an epoch. */
  @ParameterizedTest
  @CsvSource({
    "eb-1h, 100", "eb-2h, 100", "eb-3h, 100", "p-1h, 30", "p-2h, 100", "p-3h, 180", "p-conv, 100",
    "digits, 20", "p-1h, 10", "p-2h, 20", "p-3h, 20", "p-conv, 20", "digits, 10", "eb-1h, 20",
  })
  void aSoundRunWarnsOfNothing(String preset, int steps) {
    Path run = root.resolve("run");
    Cli train =
        Cli.ok(
            List.of("train", preset, "-T", Integer.toString(steps), "--limit", "200"),
            List.of("--epochs", "1", "--json", "--out", run.toString()));
    assertThat(train.err()).doesNotContain("warning");
    assertThat(train.json().get("warnings")).isEmpty();
    assertThat(run.resolve(FILE)).doesNotExist();
  }

  /** A class in a set of one class is no wrong prediction; a few samples prove nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"--validation 20 --limit 80", "--limit 20"})
  void littleDataProvesNothing(String words) {
    Cli train =
        Cli.ok(
            List.of("train", "p-1h", "--lr", "0.0,0.0", "--epochs", "1", "--json"),
            List.of(words.split(" ", -1)),
            List.of("--out", root.resolve("run")));
    assertThat(train.json().get("warnings")).isEmpty();
  }
}
