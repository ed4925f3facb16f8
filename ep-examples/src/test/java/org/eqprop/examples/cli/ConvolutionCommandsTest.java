package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.ConvolutionalChain;
import org.eqprop.core.store.Model;
import org.eqprop.examples.run.Configs;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** p-conv through the commands, smaller than it is. */
class ConvolutionCommandsTest {
  private static final List<String> SMALL =
      List.of("--channels", "6,5", "--limit", "300", "-T", "30", "--epochs", "12", "--seed", "3");

  @TempDir static Path shared;
  private static Path run;
  private static JsonNode summary;

  @TempDir Path root;

  @BeforeAll
  static void train() {
    run = shared.resolve("run");
    summary = Cli.ok("train", "p-conv", SMALL, "--out", run, "--json").json();
  }

  @Test
  void itLearns() throws IOException {
    List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
    double first = Configs.JSON.readTree(lines.get(0)).get("loss").asDouble();
    double last = Configs.JSON.readTree(lines.get(11)).get("loss").asDouble();
    assertThat(last).isLessThan(0.7 * first);
    assertThat(summary.get("testError").get("mean").asDouble()).isLessThan(60);
  }

  @Test
  void theConfigurationAndTheModelSayWhatTheConvolutionsAre() {
    JsonNode config = Cli.json(run.resolve("config.json"));
    assertThat(config.get("channels").toString()).isEqualTo("[6,5]");
    assertThat(config.get("kernel").asInt()).isEqualTo(5);
    assertThat(config.get("padding").asInt()).isEqualTo(2);
    assertThat(config.get("pool").asInt()).isEqualTo(2);
    assertThat(config.get("activation").asText()).isEqualTo("hard-sigmoid");

    Model model = Model.read(run.resolve("model.safetensors"), KernelsSelector.kernels());
    assertThat(model.network().layers().toString())
        .isEqualTo("[s0 (10), s1 (6x2x2), s2 (5x4x4), x (1x8x8)]");
    assertThat(model.network().connections().get(1).type()).isEqualTo(ConvolutionalChain.TYPE);
    assertThat(model.network().connections().get(1).options())
        .containsEntry("kernel", "5")
        .containsEntry("padding", "2")
        .containsEntry("pool", "2");
  }

  @Test
  void evaluateMeasuresWhatTrainingMeasured() {
    JsonNode json = Cli.ok("evaluate", run, "--json").json();
    assertThat(json.get("errorPercent").asDouble())
        .isEqualTo(summary.get("testError").get("mean").asDouble());
  }

  @Test
  void predictReadsImages() throws IOException {
    Path images = Files.write(root.resolve("some-images"), IdxSet.images(4, 8));
    assertThat(Cli.ok("predict", run, images).outLines()).hasSize(4);
  }

  @Test
  void presetsHaveThePapersAndTheDigits() {
    JsonNode paper = preset("mnist");
    assertThat(paper.get("channels").toString()).isEqualTo("[64,32]");
    assertThat(paper.get("hidden")).isEmpty();
    assertThat(paper.get("padding").asInt()).isZero();
    assertThat(paper.get("t").asInt()).isEqualTo(200);
    assertThat(paper.get("k").asInt()).isEqualTo(10);
    assertThat(paper.get("beta").asDouble()).isEqualTo(0.4);
    assertThat(paper.get("epsilon").asDouble()).isEqualTo(1);
    assertThat(paper.get("epochs").asInt()).isEqualTo(40);
    assertThat(paper.get("batch").asInt()).isEqualTo(20);
    assertThat(paper.get("lr").toString()).isEqualTo("[0.015,0.035,0.15]");
    assertThat(preset("digits").get("padding").asInt()).isEqualTo(2);
    assertThat(Cli.ok("presets").out()).contains("conv [64, 32]");
  }

  private static JsonNode preset(String data) {
    for (JsonNode config : Cli.ok("presets", "--json", "--data", data).json()) {
      if (config.get("preset").asText().equals("p-conv")) {
        return config;
      }
    }
    throw new AssertionError("no p-conv");
  }

  @Test
  void anyNumberOfFullLayersMayFollow() {
    Path out = root.resolve("run");
    Cli.ok(
        List.of("train", "p-conv", "--channels", "4", "--hidden", "12,9", "--pool", "3"),
        List.of("--lr", "0.1,0.1,0.1,0.1", "--limit", "60", "-T", "10", "--epochs", "1"),
        List.of("--setting", "energy-based", "--clamp", "true", "--epsilon", "0.3"),
        List.of("--out", out));
    Model model = Model.read(out.resolve("model.safetensors"), KernelsSelector.kernels());
    assertThat(model.network().layers()).hasSize(5);
  }

  @Test
  void bordersThatAreDroppedAreNamedBeforeAnyWork() {
    Cli train =
        Cli.ok(
            List.of("train", "p-conv", "--pool", "3", "--limit", "20", "--epochs", "1"),
            List.of("--channels", "3", "--lr", "0.1,0.1", "-T", "10"),
            List.of("--out", root.resolve("run")));
    assertThat(train.errLines().get(1))
        .isEqualTo(
            "The pooling windows of 3x3 do not divide the map of 8x8: what is left over at its"
                + " lower and right border is dropped.");
  }

  /** As they were written before there were convolutions. */
  @Test
  void aRunWithoutEntriesAboutConvolutionsGoesOn() throws IOException {
    Path out = root.resolve("run");
    Cli.ok("train", Cli.SMALL, "--epochs", "1", "--out", out);
    Path file = out.resolve("config.json");
    ObjectNode config = (ObjectNode) Cli.json(file);
    config.remove(List.of("channels", "kernel", "padding", "pool"));
    config.remove(List.of("stride", "pooling", "pool-stride"));
    Files.writeString(file, config.toPrettyString());
    Cli.ok("train", "--resume", out, "--epochs", "2");
    assertThat(Files.readAllLines(out.resolve("metrics.jsonl"))).hasSize(2);
  }
}
