package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Untied;
import org.eqprop.core.store.Model;
import org.eqprop.examples.run.Configs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cost, optimizer, schedule and untied weights by options, in files, and through the commands. */
class LearningOptionsTest {
  @TempDir private Path root;

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }

  private JsonNode configOf(String options) {
    Path run = root.resolve("run");
    Cli.ok("train", words(options), "--limit", "40", "--epochs", "1", "--out", run);
    return Cli.json(run.resolve("config.json"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p-1h --optimizer-momentum 0.5 | --optimizer-momentum is 0.5, but the optimizer sgd does"
            + " not use it; leave it out, or choose momentum or nesterov.",
        "p-1h --optimizer momentum --adam-beta1 0.5 | --adam-beta1 is 0.5, but the optimizer"
            + " momentum does not use it; leave it out, or choose adam or adamw.",
        "p-1h --optimizer adamw --decay coupled | --decay is coupled, but the weight decay of adamw"
            + " is always decoupled; choose the optimizer adam instead.",
        "p-1h --decay decoupled | --decay is decoupled, but there is no weight decay; give"
            + " weight-decay too.",
        "p-1h --optimizer momentum --optimizer-momentum 1 | --optimizer-momentum is 1.0; it must be"
            + " at least 0 and below 1.",
        "p-1h --weight-decay -1 | --weight-decay is -1.0; it must be at least 0 and finite.",
        "p-1h --lr-step 3 | --lr-step is 3.0, but the learning rate schedule constant does not use"
            + " it; leave it out, or choose another lr-schedule.",
        "p-1h --lr-schedule exponential --lr-step 3 | --lr-step is 3.0, but the learning rate"
            + " schedule exponential does not use it; leave it out, or choose another lr-schedule.",
        "p-1h --lr-schedule step --lr-factor 0 | --lr-factor is 0.0; it must be above 0 and at most"
            + " 1.",
        "p-1h --warm-up -1 | --warm-up is -1.0; it must be at least 0 epochs (none) and finite.",
        "eb-1h --cost cross-entropy --output linear | --output is linear, but with cross-entropy"
            + " there is no output layer; leave it out, or choose the cost squared-error.",
      })
  void whatIsNotUsedIsRefused(String options, String sentence) {
    Cli run = Cli.run("train", words(options));
    assertThat(run.code()).isEqualTo(Ep.USAGE);
    assertThat(run.errLines()).containsExactly("ep: " + sentence);
  }

  @Test
  void unknownNamesAreRefusedWithAllThatThereAre() throws IOException {
    Cli option = Cli.run("train", "--optimizer", "adan");
    assertThat(option.code()).isEqualTo(Ep.USAGE);
    assertThat(option.err())
        .contains(
            "'adan' is no value of --optimizer; choose one of sgd, momentum, nesterov, adam,"
                + " adamw.");

    Path file = root.resolve("mine.toml");
    Files.writeString(file, "lr-schedule = \"cosin\"\n");
    Cli entry = Cli.run("train", "--config", file);
    assertThat(entry.code()).isEqualTo(Ep.USAGE);
    assertThat(entry.errLines())
        .containsExactly(
            "ep: In "
                + file
                + ", line 1, 'cosin' is no value of lr-schedule; choose one of constant, step,"
                + " exponential, cosine. Did you mean 'cosine'?");
  }

  @Test
  void eachOptimizerHasItsUsualValues() {
    JsonNode adamw = configOf("p-2h --hidden 16,8 --optimizer adamw");
    assertThat(adamw.get("lr")).hasToString("[0.001,0.001,0.001]");
    assertThat(adamw.get("weight-decay").asDouble()).isEqualTo(0.01);
    assertThat(adamw.get("decay").asText()).isEqualTo("decoupled");
    assertThat(adamw.get("adam-epsilon").asDouble()).isEqualTo(1e-8);
  }

  @Test
  void momentumKeepsThePresetsPace() {
    JsonNode momentum = configOf("p-1h --hidden 16 --optimizer momentum --lr-schedule cosine");
    assertThat(momentum.get("lr")).hasToString("[0.004,0.008]");
    assertThat(momentum.get("lr-step").asDouble()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                        | inside  | [0.1,0.2]",
        "--optimizer momentum      | inside  | [0.01,0.02]",
        "--nudge outside --lr 1,2. | outside | [1.0,2.0]"
      })
  void crossEntropyPullsInsideAndLearnsFaster(String options, String nudge, String rates) {
    JsonNode config = configOf("p-1h --hidden 16 --cost cross-entropy " + options);
    assertThat(config.get("nudge").asText()).isEqualTo(nudge);
    assertThat(config.get("lr")).hasToString(rates);
  }

  @Test
  void filesHaveTheNamesOfTheOptionsAndOptionsWin() throws IOException {
    Path file = root.resolve("mine.toml");
    Files.writeString(
        file,
        """
        preset = "p-1h"
        hidden = 16
        limit = 40
        epochs = 1
        cost = "cross-entropy"
        optimizer = "adam"
        lr_schedule = "step"
        lr-factor = 0.5
        """);
    Path run = root.resolve("run");
    Cli.ok("train", "--config", file, "--lr-factor", "0.25", "--out", run);
    JsonNode config = Cli.json(run.resolve("config.json"));
    assertThat(config.get("cost").asText()).isEqualTo("cross-entropy");
    assertThat(config.get("lr-schedule").asText()).isEqualTo("step");
    assertThat(config.get("lr-factor").asDouble()).isEqualTo(0.25);

    Path again = root.resolve("again");
    Cli.ok("train", "--config", run.resolve("config.json"), "--out", again);
    assertThat(again.resolve("model.safetensors"))
        .hasSameBinaryContentAs(run.resolve("model.safetensors"));
  }

  /** A run of the version before, whose configuration has none of these settings. */
  @Test
  void olderRunsAreReadAsPlainDescent() throws IOException {
    Path whole = root.resolve("whole");
    Path run = root.resolve("run");
    Cli.ok("train", "p-1h", Cli.SMALL, "--epochs", "2", "--out", whole);
    Cli.ok("train", "p-1h", Cli.SMALL, "--epochs", "1", "--out", run);
    Path file = run.resolve("config.json");
    ObjectNode config = (ObjectNode) Cli.json(file);
    int all = config.size();
    config.remove(words("cost optimizer optimizer-momentum adam-beta1 adam-beta2 adam-epsilon"));
    config.remove(words("weight-decay decay lr-schedule lr-step lr-factor warm-up untied"));
    assertThat(config.size()).isEqualTo(all - 13);
    Files.writeString(file, Configs.JSON.writeValueAsString(config));

    Cli.ok("train", "--resume", run, "--epochs", "2");

    assertThat(run.resolve("model.safetensors").toFile()).exists();
    assertThat(weights(run)).usingRecursiveComparison().isEqualTo(weights(whole));
  }

  private static List<float[]> weights(Path run) {
    return model(run).network().parameters().stream().map(p -> p.write()).toList();
  }

  private static Model model(Path run) {
    return Model.read(run.resolve("model.safetensors"), KernelsSelector.kernels());
  }

  @ParameterizedTest
  @CsvSource({
    "p-1h, 2, --hidden 64 --batch 10",
    "p-1h, 2, --hidden 64 --batch 10 --optimizer adam --lr 0.003",
    "eb-1h, 2, --hidden 64 --batch 10 --mode fast",
    "p-2h, 3, --hidden 64;48 --batch 10 --estimate centered --optimizer adam --lr 0.003",
    "digits, 2, --optimizer adam --lr 0.003",
  })
  void crossEntropyIsLearned(String preset, int trainables, String options) throws IOException {
    Path run = root.resolve("run");
    List<String> more =
        List.of(options.replace("0.003", "0.003" + ",0.003".repeat(trainables - 1)).split(" "));
    List<String> given = more.stream().map(word -> word.replace(';', ',')).toList();
    Cli.ok("train", preset, given, "--cost", "cross-entropy", "--epochs", "4", "--out", run);

    Model model = model(run);
    assertThat(model.network().trainables()).hasSize(trainables);
    assertThat(model.network().connections()).hasSize(trainables - 1);
    assertThat(model.network().cost().type()).isEqualTo("cross-entropy");
    JsonNode measured = Cli.ok("evaluate", run, "--json").json();
    JsonNode last = Configs.JSON.readTree(lastLine(run));
    assertThat(measured.get("errorPercent").asDouble())
        .isEqualTo(last.get("testError").asDouble())
        .isLessThan(15);
    assertThat(measured.get("loss").asDouble()).isEqualTo(last.get("testLoss").asDouble());
  }

  private static String lastLine(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).getLast();
  }

  /** The first rate is the read-out's: with 0 it stays as it was, and everything else moves. */
  @Test
  void theFirstRateIsTheReadOuts() {
    Path a = root.resolve("a");
    Path b = root.resolve("b");
    List<String> small = words("p-2h --hidden 16,8 --limit 40 --cost cross-entropy --lr 0,0.1,0.2");
    Cli.ok("train", small, "--epochs", "1", "--out", a);
    Cli.ok("train", small, "--epochs", "2", "--out", b);
    List<float[]> first = weights(a);
    List<float[]> second = weights(b);
    assertThat(first).hasSize(6);
    for (int p = 0; p < first.size(); p++) {
      boolean readOut = p >= 4;
      assertThat(Arrays.equals(first.get(p), second.get(p))).isEqualTo(readOut);
    }
  }

  @ParameterizedTest
  @CsvSource({"vector-field, p-2h, 2", "kolen-pollack, p-2h, 2", "vector-field, p-conv, 2"})
  void untiedWeightsAreReadAgainAndTheirAnglesAreAmongTheMetrics(
      String rule, String preset, int angles) throws IOException {
    Path run = root.resolve("run");
    List<String> sizes = preset.equals("p-2h") ? words("--hidden 16,8") : words("--channels 4,3");
    List<String> small = words("--limit 60 -T 10 -K 5 --epochs 2");
    Cli.ok("train", preset, sizes, small, "--untied", rule, "--out", run);
    assertThat(model(run).network().connections().stream().filter(c -> c instanceof Untied).count())
        .isEqualTo(angles);
    JsonNode last = Configs.JSON.readTree(lastLine(run)).get("angles");
    assertThat(last).hasSize(angles);
    last.forEach(angle -> assertThat(angle.asDouble()).isBetween(1.0, 179.0));
    List<String> csv = Files.readAllLines(run.resolve("metrics.csv"));
    assertThat(csv.get(0)).endsWith(",angles");
    String cell = csv.getLast().substring(csv.getLast().lastIndexOf(',') + 1);
    assertThat(cell.split(" ")).hasSize(angles).startsWith(last.get(0).asText());

    // Neither file is written anew: both say the same.
    Cli more = Cli.ok("train", "--resume", run, "--epochs", "3");
    assertThat(more.err()).doesNotContain("written anew");
    assertThat(Cli.ok("evaluate", run, "--json").json().get("errorPercent").asDouble())
        .isEqualTo(Configs.JSON.readTree(lastLine(run)).get("testError").asDouble());
  }

  @Test
  void tiedWeightsHaveNoAngles() throws IOException {
    Path run = root.resolve("run");
    Cli.ok("train", "p-1h", Cli.SMALL, "--epochs", "1", "--out", run);
    assertThat(Files.readString(run.resolve("metrics.csv"))).doesNotContain("angles");
    assertThat(lastLine(run)).doesNotContain("angles");
  }
}
