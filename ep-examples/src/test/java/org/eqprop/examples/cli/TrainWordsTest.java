package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

/** What {@code ep train} says, and the names that it takes. */
class TrainWordsTest {
  @TempDir private Path root;

  private Cli train(String words) {
    List<String> small = List.of("--limit", "60", "-T", "10", "-K", "4", "--epochs", "2");
    return Cli.ok("train", small, List.of(words.split(" ")), "--out", root.resolve("run"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p-1h --hidden 16",
        "p-1h --hidden 16 --validation 20",
        "p-1h --hidden 16 --mode fast --validation 20",
        "p-2h --hidden 16,8 --untied vector-field"
      })
  void anEpochIsALineOfEightyColumns(String words) {
    Cli train = train(words);
    assertThat(train.errLines())
        .filteredOn(line -> line.startsWith("epoch"))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).hasSizeBetween(50, 80))
        .allMatch(line -> line.matches("epoch +[12]/2  train .*  (test|validation) .*  loss .*"));
  }

  @Test
  void theHeaderHasAllThatWasChosen() {
    Cli train = train("p-2h --hidden 16,8 --lr 0.1,0.2,0.3 --batch 7 --validation 20");
    assertThat(train.errLines().getFirst())
        .contains("64-8-16-10", "lr [0.1, 0.2, 0.3]", "batch 7", "estimate random-sign")
        .contains("40 of the first 60 of 1437 samples, 20 held out for validation");
    Cli maps = Cli.ok("train", "--limit", "60", "--epochs", "1", "--out", root.resolve("maps"));
    assertThat(maps.errLines().getFirst()).contains("input 1x8x8", "channels [32]", "output 10");
  }

  @ParameterizedTest
  @CsvSource({
    "5, 1.0, p-1h, true",
    "4, 1.0, p-1h, false",
    "5, 0.5, p-1h, false",
    "5, 0.5, eb-1h, false"
  })
  void anOddNumberOfNudgedStepsIsWarnedOf(int k, double epsilon, String preset, boolean warned) {
    Cli train =
        Cli.ok(
            List.of("train", preset, "--limit", "20", "-T", "6", "--epochs", "1"),
            List.of("--hidden", "8", "-K", k, "--epsilon", epsilon, "--out", root.resolve("r")));
    assertThat(train.err().contains("ep: warning: K is 5 and epsilon 1")).isEqualTo(warned);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--layers 64,16,8,10", "layers.toml", "layers.json"})
  void layersAreHiddenInTheOtherOrder(String words) throws IOException {
    Files.writeString(root.resolve("layers.toml"), "preset = \"p-2h\"\nlayers = [64, 16, 8, 10]\n");
    Files.writeString(
        root.resolve("layers.json"), "{\"preset\": \"p-2h\", \"layers\": [64, 16, 8, 10]}");
    Cli train =
        words.startsWith("--") ? train("p-2h " + words) : train("--config " + root.resolve(words));
    assertThat(train.errLines().getFirst()).contains("64-16-8-10");
    assertThat(Cli.json(root.resolve("run/config.json")).get("hidden")).hasToString("[8,16]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          p-2h --layers 784,16,8,10      | layers is 784,16,8,10, but the data has 64 inputs and 10 classes; write 64,16,8,10.
          p-2h --layers 64,16,8,5        | write 64,16,8,10.
          --layers 64,10                 | '64,10' is no list of at least three layers
          --layers 64,x,10               | is no list of at least three layers
          --layers 64,9,10 --hidden 9    | leave --hidden and --channels out
          --config bad.toml              | line 2, layers is [64,10]; write the sizes of all layers
          --config both.toml             | hidden and layers both say what the layers are; keep one.
          --config other.toml            | layers is 99,16,8,10, but the data has 64 inputs
          """)
  void layersThatDoNotFitAreRefused(String words, String sentence) throws IOException {
    Files.writeString(root.resolve("bad.toml"), "preset = \"p-2h\"\nlayers = [64, 10]\n");
    Files.writeString(root.resolve("both.toml"), "layers = [64, 8, 10]\nhidden = [8]\n");
    Files.writeString(root.resolve("other.toml"), "preset = \"p-2h\"\nlayers = [99, 16, 8, 10]\n");
    List<String> given =
        Stream.of(words.split(" "))
            .map(word -> word.endsWith(".toml") ? root.resolve(word).toString() : word)
            .toList();
    Cli train = Cli.run("train", given, "--out", root.resolve("run"));
    assertThat(train.code()).isEqualTo(2);
    assertThat(train.errLines().getFirst()).startsWith("ep: ").contains(sentence);
    assertThat(root.resolve("run")).doesNotExist();
  }

  /** Every option but those of the command itself is known in a file by the name in the help. */
  @Test
  void namesInAFileAreThoseOfTheHelp() throws IOException {
    List<OptionSpec> options =
        Ep.commandLine().getSubcommands().get("train").getCommandSpec().options();
    List<String> known =
        List.of(
            "--config",
            "--trials",
            "--threads",
            "--out",
            "--resume",
            "--quiet",
            "--json",
            "--help",
            "--figure-width",
            "--font-size",
            "--font",
            "--log-error",
            "--accept-changed-config",
            "--accept-changed-data");
    int asked = 0;
    for (OptionSpec option : options) {
      if (option.hidden()) {
        continue;
      }
      for (String name : option.names()) {
        String bare = name.replaceFirst("^--?", "");
        Path file = root.resolve("x.toml");
        Files.writeString(file, bare + " = {}\n");
        Cli train = Cli.run("train", "--config", file, "--out", root.resolve("run"));
        assertThat(train.code()).as(name).isEqualTo(2);
        if (!known.contains(option.longestName())) {
          assertThat(train.err()).as(name).doesNotContain("There is no hyperparameter");
          asked++;
        } else if (!name.equals("--help") && name.startsWith("--")) {
          assertThat(train.err()).as(name).contains(bare + " is no hyperparameter");
        }
      }
    }
    assertThat(asked).isGreaterThan(50);
  }

  /** A run's own configuration, given again, is the same run. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "digits",
        "p-1h --hidden 16",
        "p-2h --hidden 16,8 --mode fast",
        "eb-1h --hidden 16 --mode fast",
        "p-1h --hidden 16 --optimizer adamw --lr-schedule cosine --warm-up 0.5",
        "p-1h --hidden 16 --cost cross-entropy",
        "p-1h --hidden 16 --method ep,bptt --convention exact",
        "eb-1h-2017 --hidden 16 --validation 20",
        "p-1h --hidden 16 --solver anderson --solver-options memory=3 --tolerance 0.01",
        "p-1h --hidden 16 --settle-momentum 0.2 --transpose"
      })
  void aRunsConfigurationCanBeGivenAgain(String words) {
    train(words);
    Path config = root.resolve("run/config.json");
    Cli.ok("train", "--config", config, "--out", root.resolve("again"), "-q");
    assertThat(root.resolve("again/config.json")).hasSameTextualContentAs(config);
  }

  @Test
  void theOldNameOfTheMomentumWorks() {
    train("p-1h --hidden 16 --momentum 0.25");
    assertThat(Cli.json(root.resolve("run/config.json")).get("momentum").asDouble())
        .isEqualTo(0.25);
    assertThat(Cli.ok("train", "--help").out())
        .contains("--settle-momentum")
        .doesNotContain(" --momentum");
  }

  @Test
  void errorsHaveALogarithmicAxisOnRequest() throws IOException {
    train("p-1h --hidden 16 --log-error --figure-width 86");
    assertThat(Files.readString(root.resolve("run/curve.svg"))).contains("width=\"243.78pt\"");
    assertThat(root.resolve("run/curve.pdf")).exists();
  }
}
