package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eqprop.examples.run.Config;
import org.eqprop.examples.run.Configs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ep train} as a newcomer meets it: no argument at all but a seed. */
class DefaultTrainingTest {
  /** Test errors in percent that the documentation promises. */
  private static final double LAST = 2.5;

  /** An epoch's test error is at most this much above that of the epoch before. */
  private static final double JUMP = 5;

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void theDefaultLearnsTheDigitsWithoutJumps(long seed) throws IOException {
    Path run = root.resolve("run");
    Cli train = Cli.ok("train", "--seed", seed, "--json", "--out", run);

    List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
    double before = 100;
    for (String line : lines) {
      double error = Configs.JSON.readTree(line).get("testError").asDouble();
      assertThat(error).as(line).isLessThanOrEqualTo(before + JUMP);
      before = error;
    }
    assertThat(before).isLessThanOrEqualTo(LAST);
    assertThat(lines).hasSize(config().epochs());
    assertThat(train.json().get("preset").asText()).isEqualTo("digits");
    assertThat(train.json().get("warnings")).isEmpty();
    assertThat(train.err()).doesNotContain("warning");
  }

  @ParameterizedTest
  @CsvSource({
    "data, digits, digits",
    "data, Digits, digits",
    "data, mnist, p-1h",
    "data, some/folder, p-1h",
    "method, bptt, digits",
    "convention, program, digits",
    "preset, eb-1h, eb-1h",
  })
  void theDefaultPresetFollowsFromTheData(String name, String value, String preset) {
    assertThat(config(name, value).preset()).isEqualTo(preset);
  }

  @Test
  void sizesOfFullLayersChooseTheFullyConnectedPreset() {
    ObjectNode given = Configs.JSON.createObjectNode();
    given.putArray("hidden").add(20);
    Config config = Configs.resolve(null, null, given);
    assertThat(config.preset()).isEqualTo("p-1h");
    assertThat(config.hidden()).containsExactly(20);
  }

  @Test
  void theDigitsPresetIsTheSameForAllData() {
    Config digits = config();
    ObjectNode given = Configs.JSON.createObjectNode().put("data", "mnist");
    Config mnist = Configs.resolve("digits", null, given);
    ObjectNode one = Configs.JSON.valueToTree(digits);
    ObjectNode other = Configs.JSON.valueToTree(mnist);
    one.remove("data");
    other.remove("data");
    assertThat(other).isEqualTo(one);
  }

  /** As Table 1 has them, and as the digits always had them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mnist  | p-1h  | [512]      | sigmoid4     | 30  | 10 | 0.1 | 30 | 20 | [0.04, 0.08]
          mnist  | eb-2h | [512, 512] | sigmoid4     | 500 | 40 | 0.5 | 50 | 20 | [0.01, 0.1, 0.4]
          mnist  | p-conv| []         | hard-sigmoid | 200 | 10 | 0.4 | 40 | 20 | [0.015, 0.035, 0.15]
          digits | p-1h  | [256]      | sigmoid4     | 30  | 10 | 0.1 | 50 | 5  | [0.04, 0.08]
          digits | p-conv| []         | hard-sigmoid | 100 | 10 | 0.4 | 50 | 20 | [0.015, 0.035, 0.15]
          """)
  void thePapersPresetsStayAsTheyAre(
      String data,
      String preset,
      String hidden,
      String sigma,
      int t,
      int k,
      double beta,
      int epochs,
      int batch,
      String lr) {
    Config config =
        Configs.resolve(preset, null, Configs.JSON.createObjectNode().put("data", data));
    assertThat(config.hidden()).hasToString(hidden);
    assertThat(config.activation().id()).isEqualTo(sigma);
    assertThat(List.of(config.t(), config.k(), config.epochs(), config.batch()))
        .containsExactly(t, k, epochs, batch);
    assertThat(config.beta()).isEqualTo(beta);
    assertThat(config.lr()).hasToString(lr);
  }

  @Test
  void presetsShowTheDefaultAndSayThatItIsNotThePapers() {
    List<String> lines = Cli.ok("presets").outLines();
    assertThat(lines)
        .anyMatch(line -> line.contains("digits") && line.contains("conv [32]"))
        .anyMatch(line -> line.startsWith("digits is not from the paper"));
  }

  private static Config config() {
    return Configs.resolve(null, null, Configs.JSON.createObjectNode());
  }

  private static Config config(String name, String value) {
    return Configs.resolve(null, null, Configs.JSON.createObjectNode().put(name, value));
  }
}
