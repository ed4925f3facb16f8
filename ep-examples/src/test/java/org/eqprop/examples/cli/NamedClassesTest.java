package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.store.Model;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of pictures by class, from training to prediction. */
class NamedClassesTest {
  private static final List<String> NAMES = List.of("blue", "dark red", "green");
  private static final List<Integer> COLOURS = List.of(0x0000F0, 0xB00000, 0x00E000);

  @TempDir static Path root;
  private static Path pictures;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    pictures = root.resolve("pictures");
    for (int i = 0; i < 60; i++) {
      write(pictures.resolve(NAMES.get(i % 3)).resolve(i + ".png"), COLOURS.get(i % 3) + i % 16);
    }
    run = root.resolve("run");
    Cli.ok(
        List.of("train", "--data", pictures, "--epochs", "20", "--batch", "4", "--hidden", "30"),
        List.of("--test-share", "0.25", "--split-seed", "7", "--quiet", "--out", run));
  }

  private static void write(Path file, int colour) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 16; i++) {
      image.setRGB(i % 4, i / 4, colour);
    }
    ImageIO.write(image, "png", file.toFile());
  }

  @Test
  void predictionsAreNames() throws IOException {
    for (int c = 0; c < 3; c++) {
      Path image = root.resolve(c + ".png");
      write(image, COLOURS.get(c));
      String[] fields = Cli.ok("predict", run, image).outLines().get(0).split("\t", -1);
      assertThat(fields).hasSize(5);
      assertThat(fields[1]).isEqualTo(NAMES.get(c));
      JsonNode label = Cli.ok("predict", run, image, "--json").json().get(0).get("label");
      assertThat(label.isTextual()).isTrue();
      assertThat(label.asText()).isEqualTo(NAMES.get(c));
    }
    assertThat(Model.read(run.resolve("model.safetensors"), KernelsSelector.kernels()).notes())
        .containsEntry("labels", "\"blue\" \"dark red\" \"green\"")
        .containsEntry("test-share", "0.25")
        .containsEntry("split-seed", "7");
  }

  @Test
  void evaluationTakesTheSameTestPart() {
    JsonNode test = Cli.ok("evaluate", run, "--json").json();
    assertThat(test.get("samples").asInt()).isEqualTo(15);
    assertThat(test.get("errors").asInt()).isZero();
    assertThat(test.get("sameDataAsTrained").asBoolean()).isTrue();
    assertThat(Cli.ok("evaluate", run, "--part", "train", "--json").json().get("samples").asInt())
        .isEqualTo(45);
    assertThat(Cli.ok("evaluate", run, "--data", pictures, "--json").json())
        .isEqualTo(
            ((com.fasterxml.jackson.databind.node.ObjectNode) test.deepCopy())
                .put("data", pictures.toString()));
  }

  /** Measured as green, the blue samples of a folder are errors of green. */
  @Test
  void evaluationTellsTheErrorsOfEachClass() throws IOException {
    Path other = root.resolve("mixed");
    for (int i = 0; i < 8; i++) {
      write(other.resolve("train/green").resolve(i + ".png"), COLOURS.get(2));
      write(other.resolve("test/green").resolve(i + ".png"), COLOURS.get(i < 3 ? 0 : 2));
    }
    write(other.resolve("test/blue/0.png"), COLOURS.get(0));

    JsonNode json = Cli.ok("evaluate", run, "--data", other, "--json", "--quiet").json();
    assertThat(json.get("errors").asInt()).isEqualTo(3);
    assertThat(json.get("classes"))
        .hasToString(
            "[{\"label\":\"blue\",\"samples\":1,\"errors\":0},"
                + "{\"label\":\"dark red\",\"samples\":0,\"errors\":0},"
                + "{\"label\":\"green\",\"samples\":8,\"errors\":3}]");
    assertThat(Cli.ok("evaluate", run, "--data", other, "--quiet").outLines())
        .contains("    0.00 %   blue (0 of 1)", "   37.50 %   green (3 of 8)");
  }

  @Test
  void aRunGoesOnWithTheSameSplit() {
    List<String> small =
        List.of("--hidden", "16", "-T", "10", "-K", "5", "--batch", "8", "--limit", "40");
    Path other = root.resolve("other");
    Cli.ok("train", "--data", pictures, small, "--epochs", "1", "--out", other);
    Cli.ok("train", "--resume", other, "--epochs", "2");
    Path whole = root.resolve("whole");
    Cli.ok("train", "--data", pictures, small, "--epochs", "2", "--out", whole);
    assertThat(Cli.json(other.resolve("config.json")))
        .isEqualTo(Cli.json(whole.resolve("config.json")));
    assertThat(other.resolve("checkpoint.safetensors").toFile().length())
        .isEqualTo(whole.resolve("checkpoint.safetensors").toFile().length());
    assertThat(Cli.json(other.resolve("summary.json")).get("error"))
        .isEqualTo(Cli.json(whole.resolve("summary.json")).get("error"));
  }

  @Test
  void sharesThatAreNoneAreRefused() {
    Cli share = Cli.run("train", "--data", pictures, "--test-share", "1");
    assertThat(share.code()).isEqualTo(2);
    assertThat(share.err()).contains("test-share is 1.0; it must be above 0 and below 1");
    Cli twice = Cli.run("train", "--test-share", "0.5");
    assertThat(twice.code()).isEqualTo(1);
    assertThat(twice.err()).contains("digits has a test part of its own; leave --test-share out.");
  }
}
