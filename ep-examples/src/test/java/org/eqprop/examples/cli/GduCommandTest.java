package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ep gdu} on tiny networks. */
final class GduCommandTest {
  @TempDir Path folder;

  private static JsonNode json(String... words) {
    return Cli.ok((Object[]) words).json();
  }

  @Test
  void printsARowForEachLayerWeightAndBias() {
    Cli run = Cli.run("gdu", "toy", "-T", "1500", "-K", "10", "--hidden", "12");
    assertThat(run.code()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines.get(0)).startsWith("toy 10-12-5, energy-based").contains("K 10");
    assertThat(lines.stream().skip(4).limit(8).map(line -> line.split(" ", 2)[0]))
        .containsExactly("s0", "s1", "W01", "W0x", "W1x", "b01", "b0x", "b1");
    assertThat(run.out()).contains("RelMSE program", "RelMSE paper", "cosine", "same sign");
    assertThat(run.err()).contains("Comparing toy").contains("uniform noise");
  }

  @ParameterizedTest
  @CsvSource({"eb-1h, 2", "eb-3h, 4", "p-2h, 3"})
  void comparesImages(String net, int layers) throws IOException {
    JsonNode result =
        json(
            "gdu",
            net,
            "--data",
            "digits",
            "--hidden",
            "8",
            "-T",
            "400",
            "-K",
            "5",
            "--batch",
            "3",
            "--batches",
            "2",
            "--json",
            "--quiet");
    assertThat(result.get("network").asText()).isEqualTo(net);
    assertThat(result.get("rows")).hasSize(3 * layers);
    for (JsonNode row : result.get("rows")) {
      assertThat(row.get("relMseProgram").asDouble()).isBetween(0.0, 2.0);
      assertThat(row.get("relMsePaper").asDouble()).isBetween(0.0, 2.0);
      assertThat(row.get("sameSign").asDouble()).isBetween(0.0, 1.0);
    }
  }

  @Test
  void conventionsAreThoseOfTheDocuments() throws IOException {
    String[] words = {"gdu", "p-1h", "--data", "digits", "--hidden", "4", "-T", "9", "-K", "2"};
    JsonNode paper = json(and(words, "--json"));
    assertThat(paper.get("epsilon").asDouble()).isEqualTo(1);
    assertThat(paper.get("nudge").asText()).isEqualTo("outside");
    JsonNode program = json(and(words, "--json", "--convention", "program"));
    assertThat(program.get("epsilon").asDouble()).isEqualTo(0.2);
    JsonNode exact = json(and(words, "--json", "--convention", "exact"));
    assertThat(exact.get("nudge").asText()).isEqualTo("inside");
    words[1] = "eb-1h";
    assertThat(json(and(words, "--json", "--convention", "program")).get("output").asText())
        .isEqualTo("linear");
    String[] toy = {"gdu", "toy", "--hidden", "4", "-T", "9", "-K", "2"};
    assertThat(json(and(toy, "--json", "--convention", "program")).get("output").asText())
        .isEqualTo("activation");
  }

  private static String[] and(String[] words, String... more) {
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }

  @Test
  void threadsDoNotMatter() {
    String[] words = {
      "gdu", "eb-2h", "--data", "digits", "--hidden", "7", "-T", "300", "-K", "4", "--batch", "5"
    };
    Cli one = Cli.run((Object[]) and(words, "--json", "--threads", "1"));
    Cli three = Cli.run((Object[]) and(words, "--json", "--threads", "3"));
    assertThat(three.out()).isEqualTo(one.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"toy", "eb-1h", "p-1h"})
  void float32AgreesWithFloat64(String net) throws IOException {
    String[] words = {
      "gdu",
      net,
      "--hidden",
      "12",
      "-T",
      "1500",
      "-K",
      "8",
      "--beta",
      "0.05",
      "--json",
      "--batch",
      "2",
      "--estimate",
      "centered"
    };
    words = net.equals("toy") ? words : and(words, "--data", "digits");
    JsonNode wide = json(words).get("rows");
    JsonNode narrow = json(and(words, "--precision", "float32")).get("rows");
    for (int i = 0; i < wide.size(); i++) {
      double difference =
          narrow.get(i).get("relMseProgram").asDouble()
              - wide.get(i).get("relMseProgram").asDouble();
      assertThat(Math.abs(difference)).as(wide.get(i).toString()).isBetween(1e-12, 2e-3);
    }
  }

  @Test
  void writesFiles() throws IOException {
    Cli run =
        Cli.run("gdu", "toy", "-T", "200", "-K", "6", "--hidden", "7", "--out", folder.toString());
    assertThat(run.code()).isZero();
    assertThat(folder)
        .isDirectoryContaining("glob:**toy.json")
        .isDirectoryContaining("glob:**toy-curves.svg")
        .isDirectoryContaining("glob:**toy-bars.svg");
    assertThat(ImageIO.read(folder.resolve("toy-curves.png").toFile()).getWidth()).isPositive();
    assertThat(ImageIO.read(folder.resolve("toy-bars.png").toFile()).getWidth()).isPositive();
    assertThat(Files.readAllLines(folder.resolve("toy.csv"))).hasSize(1 + 8);
    assertThat(Files.readAllLines(folder.resolve("toy-curves.csv"))).hasSize(1 + 5 * 5 * 6);
    assertThat(run.err()).contains("Written: ");
  }

  @Test
  void writesFigure3() throws IOException {
    JsonNode all =
        json(
            "gdu",
            "figure3",
            "--data",
            "digits",
            "--hidden",
            "6",
            "-T",
            "30",
            "-K",
            "3",
            "--batch",
            "2",
            "--json",
            "--out",
            folder.toString());
    assertThat(all).hasSize(6);
    assertThat(all.findValuesAsText("network"))
        .containsExactly("eb-1h", "eb-2h", "eb-3h", "p-1h", "p-2h", "p-3h");
    assertThat(all.get(0).get("unsteady").asInt()).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("figure3.svg")))
        .contains("eb-3h", "prototypical setting", ">3x</text");
    assertThat(Files.readAllLines(folder.resolve("figure3.csv"))).hasSize(1 + 2 * (6 + 9 + 12));
  }

  @Test
  void severalSeedsGiveMediansAndTheirSpread() throws IOException {
    List<Object> words =
        List.of("gdu", "toy", "-T", "200", "-K", "6", "--hidden", "7", "--seeds", "3");
    Cli run = Cli.ok(words, "--out", folder.toString());
    assertThat(run.out()).contains("seed 1 to 3: medians.", "least", "greatest");
    assertThat(Files.readAllLines(folder.resolve("toy.csv"))).hasSize(1 + 3 * 8);
    JsonNode third =
        json("gdu", "toy", "-T", "200", "-K", "6", "--hidden", "7", "--seed", "3", "--json");
    JsonNode all = Cli.ok(words, "--json").json();
    assertThat(all).hasSize(3);
    assertThat(all.get(2).get("rows")).isEqualTo(third.get("rows"));
    assertThat(Cli.run("gdu", "toy", "--seeds", "0").err())
        .startsWith("ep: --seeds is 0; it must be from 1 to 1000.");
    assertThat(Cli.run("gdu", "p-1h", "--sweep-beta", "--seeds", "2").err())
        .startsWith("ep: --seeds does not go with --sweep-beta; leave it out.");
  }

  @Test
  void figuresOfAPaperAreCheckedBeforeTheWork() {
    assertThat(Cli.run("gdu", "toy", "--figure-width", "5", "--out", folder.toString()).err())
        .startsWith("ep: --figure-width is 5.0; it must be from 30 to 500 mm.");
    assertThat(Cli.run("gdu", "toy", "--font-size", "99", "--out", folder.toString()).err())
        .startsWith("ep: --font-size is 99.0; it must be from 4 to 30 points.");
    assertThat(Cli.run("gdu", "toy", "--font", "Comic Serif 7", "--out", folder.toString()).err())
        .startsWith("ep: There is no font 'Comic Serif 7' on this machine");
  }

  @ParameterizedTest
  @CsvSource({"eb-1h, one-sided, 1", "p-1h, one-sided, 1", "eb-1h, centered, 2"})
  void sweepsBeta(String net, String estimate, double slope) throws IOException {
    JsonNode sweep =
        json(
            "gdu",
            net,
            "--sweep-beta",
            "--estimate",
            estimate,
            "--data",
            "digits",
            "--hidden",
            "12",
            "-T",
            "3000",
            "-K",
            "8",
            "--batch",
            "2",
            "--json",
            "--out",
            folder.toString());
    assertThat(sweep.get("betas")).hasSize(6);
    for (JsonNode row : sweep.get("rows")) {
      if (!net.startsWith("p") || !row.get("kind").asText().equals("layer")) {
        assertThat(row.get("slope").asDouble())
            .as(row.toString())
            .isBetween(0.9 * slope, 1.1 * slope);
      }
    }
    assertThat(Files.readString(folder.resolve(net + "-beta.svg")))
        .contains(">, slope ", ">01</text");
  }

  @Test
  void theProgramsLinearOutputHasAFloor() throws IOException {
    JsonNode sweep =
        json(
            "gdu",
            "eb-1h",
            "--betas",
            "1e-3,1e-4",
            "--convention",
            "program",
            "--data",
            "digits",
            "--hidden",
            "12",
            "-T",
            "3000",
            "-K",
            "8",
            "--batch",
            "2",
            "--json");
    assertThat(sweep.get("rows").get(1).get("slope").asDouble()).isBetween(-0.1, 0.1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gdu eb-4h | Did you mean 'eb-1h'?",
        "gdu toy --sweep-beta --beta 0.1 | use --betas instead",
        "gdu figure2 --sweep-beta | A sweep needs one network; give its name",
        "gdu toy --betas 0.1 | at least two different betas",
        "gdu toy --betas 0.1,-1 | betas is -1.0",
        "gdu toy -T 3 | -K is 80 and -T 3",
        "gdu toy --precision float | Did you mean 'float64'?",
        "gdu toy --nudge inside | Only prototypical",
        "gdu p-1h --data digits --output linear | Only energy-based",
        "gdu eb-1h --data digits --output identity | must be activation or linear here.",
        "gdu p-1h --data digits --estimate random-sign | must be one-sided or centered here.",
        "gdu eb-2h --data digits --hidden 1,2,3 | eb-2h has 2 hidden layers",
        "gdu figure3 --data digits --hidden 1,2 | one size for all",
        "gdu toy --threads 0 | threads is 0",
        "gdu p-conv --data digits --padding 0 | kernel of 5x5 is larger than the map of 2x2",
        "gdu p-conv --data digits --pool 0 | pool is 0",
        "gdu p-1h --data digits --kernel 3 | but the network has no convolutions",
        "gdu toy --channels 3 --kernel 1 --pool 1 | one hidden layer and no convolutions",
        "gdu figure4 --sweep-beta | A sweep needs one network; give its name",
      })
  void saysWhatIsWrong(String words, String sentence) {
    Cli run = Cli.run((Object[]) words.split(" "));
    assertThat(run.code()).as(run.err()).isEqualTo(Ep.USAGE);
    assertThat(run.err()).startsWith("ep: ").contains(sentence);
    assertThat(run.out()).isEmpty();
  }
}
