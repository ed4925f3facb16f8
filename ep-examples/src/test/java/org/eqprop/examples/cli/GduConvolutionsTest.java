package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ep gdu} on a small p-conv. */
final class GduConvolutionsTest {
  @TempDir Path folder;

  /** Smaller than the digits' own: two layers of maps and a full one. */
  private static final List<String> CONVOLUTIONS =
      List.of("--data", "digits", "--channels", "5,4", "--kernel", "3", "--padding", "1");

  @Test
  void writesFigure4() throws IOException {
    JsonNode result =
        Cli.ok(
                List.of("gdu", "figure4", "-T", "300", "-K", "4", "--batch", "3", "--json"),
                CONVOLUTIONS,
                List.of("--out", folder))
            .json();
    assertThat(result.get("network").asText()).isEqualTo("p-conv");
    assertThat(result.get("activation").asText()).isEqualTo("hard-sigmoid");
    assertThat(result.get("kernel").asInt()).isEqualTo(3);
    assertThat(result.get("sizes").toString()).isEqualTo("[10,20,64,64]");
    assertThat(result.get("rows").findValuesAsText("label"))
        .containsExactly("s0", "s1", "s2", "W01", "W12", "W2x", "b0", "b1", "b2");
    assertThat(Files.readString(folder.resolve("figure4-bars.svg"))).contains("RelMSE");
    List<String> curves = Files.readAllLines(folder.resolve("figure4-curves.csv"));
    assertThat(curves).hasSize(1 + 6 * 5 * 4);
    assertThat(Files.readString(folder.resolve("figure4.svg")))
        .contains(">fc</text", ">conv</text", "neurons of h", "synapses of W");
    assertThat(curves).anyMatch(line -> line.matches("W12,\"[0-4],[0-3],[0-2],[0-2]\",.*"));
    assertThat(curves).anyMatch(line -> line.matches("s2,\"[0-3],[0-3],[0-3]\",.*"));
  }

  @Test
  void convolutionsAgreeInBothPrecisionsOnAnyNumberOfThreads() {
    List<String> words =
        List.of("gdu", "p-conv", "-T", "600", "-K", "6", "--beta", "0.05", "--batch", "3");
    JsonNode wide = Cli.ok(words, CONVOLUTIONS, "--json").json().get("rows");
    Cli one = Cli.ok(words, CONVOLUTIONS, "--json", "--precision", "float32", "--threads", "1");
    Cli three = Cli.ok(words, CONVOLUTIONS, "--json", "--precision", "float32", "--threads", "3");
    assertThat(three.out()).isEqualTo(one.out());
    for (int i = 0; i < wide.size(); i++) {
      double difference =
          one.json().get("rows").get(i).get("relMseProgram").asDouble()
              - wide.get(i).get("relMseProgram").asDouble();
      assertThat(Math.abs(difference)).as(wide.get(i).toString()).isBetween(1e-12, 2e-3);
    }
  }

  @Test
  void convolutionsNudgedInsideFallWithBeta() {
    JsonNode sweep =
        Cli.ok(
                List.of("gdu", "p-conv", "-T", "3000", "-K", "6", "--betas", "1e-4,1e-5,1e-6"),
                CONVOLUTIONS,
                List.of("--batch", "2", "--json"))
            .json();
    for (JsonNode row : sweep.get("rows")) {
      if (!row.get("kind").asText().equals("layer")) {
        assertThat(row.get("slope").asDouble()).as(row.toString()).isBetween(0.9, 1.1);
        assertThat(row.get("relMse").get(0).asDouble()).isLessThan(20 * 1e-4);
      }
    }
  }

  @Test
  void bordersThatAreDroppedAreNamed() {
    Cli run =
        Cli.ok(
            List.of("gdu", "p-conv", "--data", "digits", "--channels", "3", "--kernel", "3"),
            List.of("--padding", "0", "--pool", "4", "-T", "20", "-K", "2", "--batch", "1"));
    assertThat(run.err())
        .contains(
            "The pooling windows of 4x4 do not divide the map of 6x6: what is left over at its"
                + " lower and right border is dropped.");
  }
}
