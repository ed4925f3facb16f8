package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.eqprop.examples.data.Dataset;
import org.eqprop.examples.data.Datasets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ep data show} tells and draws. */
class DataShowTest {
  @TempDir private Path root;

  @Test
  void theNumbersAreThoseOfTheSamples() throws IOException {
    Files.writeString(root.resolve("train.csv"), "1,2,dog\n3,4,cat\n5,6,cat\n");
    Files.writeString(root.resolve("test.csv"), "9,9,cat\n");

    JsonNode shown = Cli.ok("data", "show", root, "--json").json();

    assertThat(shown.get("train").asInt()).isEqualTo(3);
    assertThat(shown.get("test").asInt()).isEqualTo(1);
    assertThat(shown.get("shape").asText()).isEqualTo("1x1x2");
    assertThat(shown.get("classes"))
        .hasToString(
            "[{\"label\":\"cat\",\"train\":2,\"test\":1},{\"label\":\"dog\",\"train\":1,\"test\":0}]");
    assertThat(shown.at("/least/0").asDouble()).isEqualTo(1);
    assertThat(shown.at("/most/0").asDouble()).isEqualTo(6);
    assertThat(shown.at("/mean/0").asDouble()).isCloseTo(3.5, within(1e-12));
    assertThat(shown.at("/deviation/0").asDouble()).isCloseTo(Math.sqrt(17.5 / 6), within(1e-12));
    JsonNode scaled = Cli.ok("data", "show", root, "--normalise", "scale", "--json").json();
    assertThat(scaled.at("/most/0").asDouble()).isEqualTo(1);
    assertThat(Cli.ok("data", "show", root).outLines())
        .contains(
            "samples      3 to train, 1 to test",
            "range        1.000 to 6.000",
            "mean         3.500",
            "classes      2 (training and test samples of each)",
            "        2       1  cat");
  }

  /** The digits are 8 x 8, so that each pixel is 4 x 4 of the sheet. */
  @Test
  void theSheetHasTheFirstImagesOfEachClass() throws IOException {
    Path file = root.resolve("sheet.png");
    Cli.ok("data", "show", "digits", "--sheet", file, "--limit", "200");

    BufferedImage sheet = ImageIO.read(file.toFile());
    assertThat(sheet.getWidth()).isEqualTo(10 * 34 + 2);
    assertThat(sheet.getHeight()).isEqualTo(10 * 34 + 2);
    Dataset digits = new Datasets().load("digits").train();
    int[] drawn = new int[10];
    float[] values = new float[64];
    for (int i = 0; i < 100; i++) {
      int row = digits.label(i);
      int column = drawn[row]++;
      if (column < 10) {
        digits.copyImage(i, values, 0);
        for (int p = 0; p < 64; p++) {
          int grey = Math.round(values[p] * 255);
          int x = 2 + column * 34 + p % 8 * 4 + 3;
          int y = 2 + row * 34 + p / 8 * 4;
          assertThat(sheet.getRGB(x, y) & 0xFFFFFF).isEqualTo(grey * 0x010101);
        }
      }
    }
  }

  @Test
  void whatCannotBeShownIsRefused() throws IOException {
    Path table = Files.writeString(root.resolve("rows.csv"), "1,2,a\n3,4,b\n");
    Cli drawn = Cli.run("data", "show", table, "--sheet", root.resolve("sheet.png"), "-q");
    assertThat(drawn.code()).isEqualTo(1);
    assertThat(drawn.err()).contains("are rows of 1x1x2, no images to draw.");
    Cli nothing = Cli.run("data", "show", root.resolve("none"));
    assertThat(nothing.code()).isEqualTo(1);
    assertThat(nothing.err()).contains("There is no data set and no folder");
    assertThat(Cli.run("data", "show").code()).isEqualTo(2);
  }
}
