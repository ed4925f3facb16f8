package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.store.Model;
import org.eqprop.examples.run.Config;
import org.eqprop.examples.run.Configs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTest {
  private static final String COLUMNS =
      "epoch,loss,trainError,testError,testLoss,residual,steps,converged,seconds,samplesPerSecond";

  @TempDir Path root;

  @Test
  void aRunOfTheDefaultsLeavesEverythingInItsFolder() throws IOException {
    Path run = root.resolve("run");

    Cli train = Cli.ok("train", "--epochs", "2", "--out", run);

    assertThat(names(run))
        .containsExactlyInAnyOrder(
            ".lock",
            "config.json",
            "metrics.csv",
            "metrics.jsonl",
            "model.safetensors",
            "checkpoint.safetensors",
            "curve.svg",
            "curve.png",
            "curve.pdf",
            "sessions.json",
            "summary.json");
    assertThat(Configs.JSON.readValue(run.resolve("config.json").toFile(), Config.class))
        .usingRecursiveComparison()
        .ignoringFields("source")
        .isEqualTo(
            Configs.resolve("digits", null, Configs.JSON.createObjectNode().put("epochs", 2)));
    assertThat(ImageIO.read(run.resolve("curve.png").toFile()).getWidth()).isPositive();
    assertThat(run.resolve("curve.svg")).content().contains("<svg", "digits on digits", "</svg");
    JsonNode last = metrics(run).get(1);
    assertThat(last.get("testError").asDouble()).isBetween(0.0, 40.0);
    assertThat(last.get("loss").asDouble())
        .isLessThan(0.5 * metrics(run).get(0).get("loss").asDouble());
    assertThat(train.outLines())
        .containsExactly(
            String.format(Locale.ROOT, "test error   %.2f %%", last.get("testError").asDouble()),
            String.format(Locale.ROOT, "train error  %.2f %%", last.get("trainError").asDouble()),
            "run          " + run);
    assertThat(train.err())
        .contains(
            "Training digits (a preset of its own, not the paper's; ",
            "1437 samples",
            run.toString(),
            "epoch   1/2",
            "epoch   2/2");
  }

  @Test
  void metricsHaveALineAnEpochWithTheSameValuesInBothFiles() throws IOException {
    Path run = small("run", "--epochs", "3");

    List<String> csv = Files.readAllLines(run.resolve("metrics.csv"));
    assertThat(csv).hasSize(4);
    assertThat(csv.get(0)).isEqualTo(COLUMNS);
    List<JsonNode> lines = metrics(run);
    assertThat(lines).hasSize(3);
    for (int e = 0; e < 3; e++) {
      List<String> values = new ArrayList<>();
      List<String> names = new ArrayList<>();
      lines.get(e).properties().forEach(p -> names.add(p.getKey()));
      lines.get(e).properties().forEach(p -> values.add(p.getValue().asText()));
      assertThat(String.join(",", names)).isEqualTo(COLUMNS);
      assertThat(csv.get(e + 1)).isEqualTo(String.join(",", values));
      assertThat(csv.get(e + 1)).startsWith((e + 1) + ",");
      assertThat(values.stream().map(Double::parseDouble)).allMatch(v -> v >= 0 && v < 1e9);
    }
  }

  @Test
  void jsonIsTheOnlyOutputWhenAskedFor() throws IOException {
    Path run = root.resolve("run");

    Cli train = Cli.ok("train", Cli.SMALL, "--epochs", "1", "--json", "--out", run);

    JsonNode json = train.json();
    assertThat(json).isEqualTo(Cli.json(run.resolve("summary.json")));
    assertThat(json.get("folder").asText()).isEqualTo(run.toString());
    assertThat(json.get("epochs").asInt()).isEqualTo(1);
    assertThat(json.get("trials")).hasSize(1);
    assertThat(json.get("testError").get("mean")).isEqualTo(metrics(run).get(0).get("testError"));
    assertThat(json.get("testError").get("deviation").asDouble()).isZero();
  }

  @Test
  void quietSaysNothingButTheResult() {
    Cli train =
        Cli.ok("train", Cli.SMALL, "--epochs", "1", "--quiet", "--out", root.resolve("run"));

    assertThat(train.err()).isEmpty();
    assertThat(train.outLines()).hasSize(3);
  }

  @Test
  void trialsAreSingleRunsWithSeedsOneApart() throws IOException {
    Path trials = root.resolve("trials");
    Cli train =
        Cli.ok(
            "train", Cli.SMALL, "--epochs", "2", "--seed", "7", "--trials", "2", "--out", trials);
    Path seven = small("seven", "--epochs", "2", "--seed", "7");
    Path eight = small("eight", "--epochs", "2", "--seed", "8");

    assertThat(trials.resolve("trial-1/model.safetensors"))
        .hasSameBinaryContentAs(seven.resolve("model.safetensors"));
    assertThat(trials.resolve("trial-2/model.safetensors"))
        .hasSameBinaryContentAs(eight.resolve("model.safetensors"));
    double a = metrics(seven).get(1).get("testError").asDouble();
    double b = metrics(eight).get(1).get("testError").asDouble();
    assertThat(a).isNotEqualTo(b);
    JsonNode spread = Cli.json(trials.resolve("summary.json")).get("testError");
    assertThat(spread.get("mean").asDouble()).isCloseTo((a + b) / 2, within(1e-9));
    assertThat(spread.get("deviation").asDouble())
        .isCloseTo(Math.abs(a - b) / Math.sqrt(2), within(1e-9));
    assertThat(train.outLines().get(0))
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "test error   %.2f %% ± %.2f",
                (a + b) / 2,
                Math.abs(a - b) / Math.sqrt(2)));
  }

  @Test
  void optionsWinOverTheFileAndTheFileOverThePreset() throws IOException {
    Path toml = root.resolve("mine.toml");
    Files.writeString(
        toml,
        """
        preset = "eb-1h"    # the command line names another
        epochs = 1
        limit = 60
        batch = 8
        t = 9
        k = 4
        lr = [0.5, 0.6]
        seed = 5
        beta = 1            # a whole number is a number
        """);
    Path run = root.resolve("run");

    Cli.ok("train", "p-1h", "--config", toml, "--lr", ".1,.2", "--seed", "6", "--out", run);

    JsonNode config = Cli.json(run.resolve("config.json"));
    assertThat(config.get("preset").asText()).isEqualTo("p-1h");
    assertThat(config.get("setting").asText()).isEqualTo("prototypical");
    assertThat(config.get("lr")).hasToString("[0.1,0.2]");
    assertThat(config.get("seed").asInt()).isEqualTo(6);
    assertThat(config.get("t").asInt()).isEqualTo(9);
    assertThat(config.get("k").asInt()).isEqualTo(4);
    assertThat(config.get("beta").asDouble()).isEqualTo(1.0);
    assertThat(config.get("batch").asInt()).isEqualTo(8);
    assertThat(config.get("epsilon").asDouble()).isEqualTo(1.0);
  }

  @Test
  void theFileCanNameThePreset() throws IOException {
    Path toml = root.resolve("mine.toml");
    Files.writeString(toml, "preset = \"p-2h\"\nhidden = [9, 8]\n");

    Path run = root.resolve("run");
    Cli.ok(
        "train", "--config", toml, "--epochs", "1", "--limit", "20", "--batch", "5", "--out", run);

    assertThat(Cli.json(run.resolve("config.json")).get("preset").asText()).isEqualTo("p-2h");
    Model model = Model.read(run.resolve("model.safetensors"), KernelsSelector.kernels());
    assertThat(model.network().layers().stream().map(layer -> layer.size()))
        .containsExactly(10, 9, 8, 64);
  }

  /** An option that had no effect would leave the weights as they are. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          p-1h  | --epsilon     | 0.5        | epsilon
          p-1h  | -T            | 2          | t
          p-1h  | -K            | 2          | k
          p-1h  | --beta        | 0.7        | beta
          p-1h  | --estimate    | random-sign| estimate
          p-1h  | --estimate    | centered   | estimate
          p-1h  | --epochs      | 2          | epochs
          p-1h  | --batch       | 7          | batch
          p-1h  | --lr          | 0.3,0.2    | lr
          p-1h  | --seed        | 2          | seed
          p-1h  | --limit       | 59         | limit
          p-1h  | --validation  | 10         | validation
          p-1h  | --hidden      | 17         | hidden
          p-1h  | --convention  | exact      | convention
          p-1h  | --convention  | program    | convention
          p-1h  | --nudge       | inside     | nudge
          p-1h  | --activation  | tanh       | activation
          p-1h  | --setting     | energy-based | setting
          eb-1h | --output      | linear     | output
          eb-1h | --output      | identity   | output
          eb-1h | --clamp       | false      | clamp
          """)
  void everyOptionReachesTheRun(String preset, String option, String value, String field) {
    Path plain = small("plain", preset);
    Path with = small("with", preset, option, value);

    String text = Cli.json(with.resolve("config.json")).get(field).toString();
    assertThat(text.replaceAll("[\\[\\]\"]", "")).isEqualTo(value);
    assertThat(Cli.json(plain.resolve("config.json")).get(field)).isNotNull();
    assertThat(weights(with)).isNotEqualTo(weights(plain));
  }

  @Test
  void validationSamplesComeFromTheTrainingSet() {
    Cli train =
        Cli.ok(
            "train",
            Cli.SMALL,
            "--validation",
            "20",
            "--epochs",
            "1",
            "--json",
            "--out",
            root.resolve("run"));

    assertThat(train.json().has("testError")).isFalse();
    double error = train.json().get("validationError").get("mean").asDouble();
    assertThat(error * 20 / 100).isCloseTo(Math.rint(error * 20 / 100), within(1e-9));
    double rate = train.json().get("trainError").get("mean").asDouble();
    assertThat(rate * 40 / 100).isCloseTo(Math.rint(rate * 40 / 100), within(1e-9));
  }

  /** Every preset, as a newcomer would try it, in every convention. */
  @ParameterizedTest
  @ValueSource(strings = {"eb-1h", "eb-2h", "eb-3h", "p-1h", "p-2h", "p-3h"})
  void everyPresetTrains(String preset) {
    for (String convention : List.of("paper", "program", "exact")) {
      Path run = root.resolve(convention);
      Cli train =
          Cli.ok(
              "train",
              preset,
              "--convention",
              convention,
              "--epochs",
              "1",
              "--limit",
              "20",
              "--validation",
              "8",
              "--batch",
              "4",
              "--out",
              run);
      assertThat(train.outLines()).hasSize(5);
      assertThat(Cli.json(run.resolve("config.json")).get("preset").asText()).isEqualTo(preset);
    }
  }

  @ParameterizedTest
  @CsvSource({"p-1h,2", "p-1h,3", "eb-1h,2", "p-2h,2"})
  void theNumberOfThreadsChangesNoBit(String preset, int threads) throws IOException {
    List<String> args =
        List.of("--limit", "203", "--epochs", "2", "-T", "20", "-K", "5", "--estimate", "centered");
    Path one = root.resolve("one");
    Path more = root.resolve("more");

    Cli.ok("train", preset, args, "--threads", "1", "--out", one);
    Cli.ok("train", preset, args, "--threads", threads, "--out", more);

    for (String file : List.of("model.safetensors", "checkpoint.safetensors", "config.json")) {
      assertThat(more.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
    }
    assertThat(timeless(more)).isEqualTo(timeless(one));
  }

  @Test
  void aFolderOfIdxFilesTrains() throws IOException {
    Path data = IdxSet.write(root.resolve("rows"), 9);
    Path run = root.resolve("run");

    Cli.ok(
        "train", "--data", data, "--epochs", "2", "--batch", "4", "--hidden", "20", "--out", run);

    Model model = Model.read(run.resolve("model.safetensors"), KernelsSelector.kernels());
    assertThat(model.network().input().shape()).hasToString("1x9x9");
    assertThat(model.notes()).containsEntry("data", data.toString()).containsEntry("epochs", "2");
  }

  private Path small(String name, Object... more) {
    Path run = root.resolve(name);
    List<Object> args = new ArrayList<>(List.of("train", "--quiet", "--out", run));
    List<String> given = Cli.words(more);
    if (!given.contains("--epochs")) {
      args.addAll(List.of("--epochs", "1"));
    }
    for (int i = 0; i < Cli.SMALL.size(); i += 2) {
      if (!given.contains(Cli.SMALL.get(i))) {
        args.addAll(Cli.SMALL.subList(i, i + 2));
      }
    }
    args.addAll(given);
    Cli.ok(args.toArray());
    return run;
  }

  private static List<List<float[]>> weights(Path run) {
    Model model = Model.read(run.resolve("model.safetensors"), KernelsSelector.kernels());
    return model.network().connections().stream()
        .map(c -> c.parameters().stream().map(p -> p.write()).toList())
        .toList();
  }

  private static List<JsonNode> metrics(Path run) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      lines.add(Configs.JSON.readTree(line));
    }
    return lines;
  }

  /** The metrics without the two columns that tell the time. */
  private static List<String> timeless(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.csv")).stream()
        .map(line -> line.replaceAll(",[^,]*,[^,]*$", ""))
        .toList();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
