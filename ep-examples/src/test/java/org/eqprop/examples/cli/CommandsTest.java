package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.eqprop.examples.data.Downloader;
import org.eqprop.examples.data.TinyServer;
import org.eqprop.examples.run.Config;
import org.eqprop.examples.run.Configs;
import org.eqprop.examples.run.Preset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands beside {@code ep train}. */
class CommandsTest {
  private static final int SIDE = 10;

  @TempDir static Path shared;
  private static Path run;
  private static Path set;

  @TempDir Path root;

  @BeforeAll
  static void trainUntilEveryRowIsRecognised() throws IOException {
    set = IdxSet.write(shared.resolve("rows"), SIDE);
    run = shared.resolve("run");
    Cli train =
        Cli.ok(
            List.of("train", "--data", set, "--epochs", "30", "--batch", "4", "--hidden", "30"),
            List.of("--lr", "0.1,0.2", "--out", run, "--json"));
    assertThat(train.json().get("testError").get("mean").asDouble()).isZero();
  }

  @Test
  void evaluateMeasuresWhatTrainingMeasured() throws IOException {
    Path digits = root.resolve("digits");
    Cli.ok("train", Cli.SMALL, "--epochs", "1", "--out", digits);
    List<String> lines = Files.readAllLines(digits.resolve("metrics.jsonl"));
    JsonNode last = Configs.JSON.readTree(lines.get(0));

    JsonNode json = Cli.ok("evaluate", digits, "--json").json();

    assertThat(json.get("data").asText()).isEqualTo("digits");
    assertThat(json.get("part").asText()).isEqualTo("test");
    assertThat(json.get("samples").asInt()).isEqualTo(360);
    assertThat(json.get("errorPercent").asDouble()).isEqualTo(last.get("testError").asDouble());
    assertThat(json.get("errors").asInt() / 3.6)
        .isCloseTo(last.get("testError").asDouble(), within(1e-9));
    assertThat(json.get("loss").asDouble()).isEqualTo(last.get("testLoss").asDouble());
    Cli text = Cli.ok("evaluate", digits.resolve("model.safetensors"), "--threads", "1");
    assertThat(text.err()).isEmpty();
    assertThat(text.outLines()).hasSize(3);
    assertThat(text.outLines().get(0))
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "error        %.2f %% (%d of 360, digits test)",
                last.get("testError").asDouble(),
                json.get("errors").asInt()));
  }

  @Test
  void evaluateTakesAnotherPartAnotherSetAndAnotherNumberOfSteps() throws IOException {
    JsonNode train = Cli.ok("evaluate", run, "--part", "train", "--json").json();
    assertThat(train.get("samples").asInt()).isEqualTo(40);
    assertThat(train.get("data").asText()).isEqualTo(set.toString());

    Path other = IdxSet.write(root.resolve("other"), SIDE);
    byte[] labels = IdxSet.labels(20);
    labels[8 + 3] = 4;
    Files.write(other.resolve(IdxSet.TEST_LABELS), labels);
    JsonNode one = Cli.ok("evaluate", run, "--data", other, "--json").json();
    assertThat(one.get("errors").asInt()).isEqualTo(1);
    assertThat(one.get("errorPercent").asDouble()).isEqualTo(5.0);

    double settled = Cli.ok("evaluate", run, "--json").json().get("residual").asDouble();
    double early = Cli.ok("evaluate", run, "-T", "3", "--json").json().get("residual").asDouble();
    assertThat(early).isGreaterThan(settled);
  }

  @Test
  void predictReadsAnIdxFile() {
    Cli predict = Cli.ok("predict", run, set.resolve(IdxSet.TEST_IMAGES));

    assertThat(predict.err()).isEmpty();
    assertThat(predict.outLines()).hasSize(20);
    for (int i = 0; i < 20; i++) {
      String[] fields = predict.outLines().get(i).split("\t", -1);
      assertThat(fields).hasSize(12);
      assertThat(fields[0]).isEqualTo(IdxSet.TEST_IMAGES + "#" + i);
      assertThat(fields[1]).isEqualTo(String.valueOf(i % 10));
      int best = 0;
      for (int c = 0; c < 10; c++) {
        best = Float.parseFloat(fields[2 + c]) > Float.parseFloat(fields[2 + best]) ? c : best;
      }
      assertThat(best).isEqualTo(i % 10);
    }
  }

  @Test
  void predictReadsDrawingsOfAnySizeAndTheirNegatives() throws IOException {
    List<Object> light = new ArrayList<>(List.of("predict", run, "--json"));
    List<Object> dark = new ArrayList<>(List.of("predict", run, "--json", "--invert"));
    for (int c = 0; c < 10; c++) {
      light.add(drawing("light-" + c + ".png", c, Color.BLACK, Color.WHITE, 7 * SIDE));
      dark.add(drawing("dark-" + c + ".png", c, Color.WHITE, Color.BLACK, 7 * SIDE));
    }

    JsonNode fromLight = Cli.ok(light.toArray()).json();
    JsonNode fromDark = Cli.ok(dark.toArray()).json();

    assertThat(fromLight).hasSize(10);
    for (int c = 0; c < 10; c++) {
      assertThat(fromLight.get(c).get("label").asInt()).isEqualTo(c);
      assertThat(fromLight.get(c).get("image").asText()).endsWith("light-" + c + ".png");
      assertThat(fromLight.get(c).get("scores")).hasSize(10);
      assertThat(fromLight.get(c).get("residual").asDouble()).isLessThan(0.1);
      assertThat(fromDark.get(c).get("scores")).isEqualTo(fromLight.get(c).get("scores"));
    }
  }

  @Test
  void predictInvertsIdxImagesToo() throws IOException {
    byte[] images = IdxSet.images(10, SIDE);
    for (int i = 16; i < images.length; i++) {
      images[i] = (byte) (255 - images[i]);
    }
    Path negatives = Files.write(root.resolve("negatives"), IdxSet.gzip(images));

    JsonNode json = Cli.ok("predict", run, negatives, "--invert", "--json").json();

    for (int i = 0; i < 10; i++) {
      assertThat(json.get(i).get("label").asInt()).isEqualTo(i);
    }
  }

  @Test
  void predictTakesSeveralFilesOfDifferentKinds() throws IOException {
    Path four = drawing("four.png", 4, Color.BLACK, Color.WHITE, SIDE);
    Path jpeg = drawing("seven.jpg", 7, Color.BLACK, Color.WHITE, 5 * SIDE);
    Path idx = Files.write(root.resolve("three"), IdxSet.images(3, SIDE));

    Cli predict = Cli.ok("predict", run.resolve("model.safetensors"), four, jpeg, idx);

    assertThat(predict.outLines().stream().map(line -> line.replaceAll("(\t.*?)\t.*", "$1")))
        .containsExactly(four + "\t4", jpeg + "\t7", "three#0\t0", "three#1\t1", "three#2\t2");
  }

  @Test
  void presetsAreListedWithWhatTheyResolveTo() throws IOException {
    Cli text = Cli.ok("presets");
    for (String name : Preset.names()) {
      assertThat(text.outLines()).anyMatch(line -> line.contains(name));
    }
    assertThat(text.outLines()).allMatch(line -> line.length() <= 100);

    JsonNode json =
        Cli.ok("presets", "--json", "--convention", "program", "--data", "digits").json();
    List<Config> configs = new ArrayList<>();
    for (JsonNode node : json) {
      configs.add(Configs.JSON.treeToValue(node, Config.class));
    }
    assertThat(configs)
        .containsExactlyElementsOf(
            Preset.names().stream()
                .map(
                    name ->
                        Configs.resolve(
                            name,
                            null,
                            Configs.JSON
                                .createObjectNode()
                                .put("convention", "program")
                                .put("data", "digits")))
                .toList());
  }

  @Test
  void theNameOfADataSetIsTakenInAnyCase() {
    JsonNode upper = Cli.ok("presets", "--json", "--data", "DIGITS").json();
    JsonNode lower = Cli.ok("presets", "--json", "--data", "digits").json();

    assertThat(upper.get(0).get("hidden")).isEqualTo(lower.get(0).get("hidden"));
    assertThat(upper.get(0).get("batch")).isEqualTo(lower.get(0).get("batch"));
  }

  @Test
  void infoTellsTheMachineAndTheKernels() {
    JsonNode json = Cli.ok("info", "--json", "--threads", "2").json();

    assertThat(json.get("kernels").asText()).startsWith("Kernels: ").endsWith(".");
    assertThat(json.get("vector width").asText()).matches("[0-9]+ bits");
    assertThat(json.get("threads").asInt()).isEqualTo(2);
    assertThat(json.get("java").asText()).contains(Runtime.version().toString());
    assertThat(json.get("peak, 1 thread").asText()).matches("[0-9]+\\.[0-9] GFLOP/s");
    assertThat(json.get("peak, 2 threads").asText()).matches("[0-9]+\\.[0-9] GFLOP/s");
  }

  @Test
  void dataListsWhatIsHere() {
    Cli text = Cli.ok("data");
    JsonNode json = Cli.ok("data", "--json").json();

    assertThat(text.outLines()).hasSize(3);
    assertThat(text.out()).contains("digits         embedded");
    assertThat(json.get("digits").asText()).isEqualTo("embedded");
    assertThat(json.has("mnist")).isTrue();
    assertThat(json.has("fashion-mnist")).isTrue();
  }

  @Test
  void aDownloadThatBringsSomethingElseLeavesNothing() throws IOException {
    try (TinyServer server = new TinyServer().start()) {
      server.reply("/mnist/train-images-idx3-ubyte.gz", new byte[9_912_422]);
      System.setProperty(Downloader.MIRROR_PROPERTY, server.address().toString());

      Cli download = Cli.run("data", "download", "mnist", "--out", root.resolve("mnist"));

      assertThat(download.code()).isEqualTo(1);
      assertThat(download.out()).isEmpty();
      assertThat(download.errLines()).hasSize(1);
      assertThat(download.err())
          .startsWith(
              "ep: Cannot download " + server.address() + "mnist/train-images-idx3-ubyte.gz")
          .contains("its SHA-256 differs", "into " + root.resolve("mnist") + " by hand.");
      assertThat(root.resolve("mnist")).isEmptyDirectory();
    } finally {
      System.clearProperty(Downloader.MIRROR_PROPERTY);
    }
  }

  /** Every command, {@code ep} itself included. */
  static Stream<String> commands() {
    return all(Ep.commandLine().getCommandSpec(), "").stream();
  }

  private static List<String> all(CommandSpec spec, String words) {
    List<String> names = new ArrayList<>(List.of(words));
    spec.subcommands()
        .forEach((name, sub) -> names.addAll(all(sub.getCommandSpec(), words + " " + name)));
    return names;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpDescribesTheCommandWithinAHundredColumns(String words) {
    List<Object> args = new ArrayList<>(List.of(words.trim().split(" ", -1)));
    args.removeIf(word -> word.equals(""));
    args.add("--help");

    Cli help = Cli.ok(args.toArray());

    assertThat(help.err()).isEmpty();
    assertThat(help.out()).contains("Usage: ep" + words);
    assertThat(help.outLines()).hasSizeGreaterThan(2);
    assertThat(help.outLines()).allMatch(line -> line.length() <= 100);
    CommandSpec spec = Ep.commandLine().getCommandSpec();
    for (Object word : args.subList(0, args.size() - 1)) {
      spec = spec.subcommands().get(word.toString()).getCommandSpec();
    }
    assertThat(String.join("", spec.usageMessage().description())).isNotBlank();
    for (OptionSpec option : spec.options()) {
      assertThat(String.join("", option.description()))
          .describedAs(option.longestName())
          .isNotBlank();
    }
  }

  /** What a help's examples name has to exist. */
  @ParameterizedTest
  @MethodSource("commands")
  void examplesInHelpHaveOptionsThatExist(String words) {
    CommandLine line = Ep.commandLine();
    for (String word : words.trim().split(" ", -1)) {
      line = word.isEmpty() ? line : line.getSubcommands().get(word);
    }
    for (String text : line.getCommandSpec().usageMessage().footer()) {
      if (text.startsWith("  ep ") && !text.contains("COMMAND")) {
        String example = text.strip().split("  ", 2)[0];
        CommandLine.ParseResult parsed =
            Ep.commandLine().parseArgs(example.substring(3).split(" ", -1));
        assertThat(parsed.hasSubcommand()).describedAs(example).isTrue();
      }
    }
  }

  @Test
  void helpIsAlsoACommand() {
    assertThat(Cli.ok("help").out()).isEqualTo(Cli.ok("--help").out());
    assertThat(Cli.ok("help", "train").out()).isEqualTo(Cli.ok("train", "--help").out());
    assertThat(Cli.ok("--version").out()).startsWith("eqprop ");
  }

  @Test
  void theCompletionIsABashScript() throws Exception {
    Cli completion = Cli.ok("generate-completion");

    assertThat(completion.out()).startsWith("#!/usr/bin/env bash");
    assertThat(completion.out()).contains("--validation", "predict", "complete -F", " ep");
    Path script = Files.writeString(root.resolve("ep.bash"), completion.out());
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash here");
    Process bash =
        new ProcessBuilder("/bin/bash", "-c", "source \"$0\" && complete -p ep", script.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(bash.waitFor()).isZero();
    assertThat(bash.inputReader().readLine()).endsWith(" ep");
  }

  /** Row {@code bright} of {@link #SIDE} in one colour, the rest in another. */
  private Path drawing(String name, int bright, Color paper, Color ink, int side)
      throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(paper);
    graphics.fillRect(0, 0, side, side);
    graphics.setColor(ink);
    graphics.fillRect(0, bright * side / SIDE, side, side / SIDE);
    graphics.dispose();
    Path file = root.resolve(name);
    assertThat(ImageIO.write(image, name.substring(name.length() - 3), file.toFile())).isTrue();
    return file;
  }
}
