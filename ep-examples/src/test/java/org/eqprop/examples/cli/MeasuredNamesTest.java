package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.store.Model;
import org.eqprop.examples.run.Configs;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was measured has its own name, and samples their own count, wherever they are told. */
class MeasuredNamesTest {
  @TempDir Path root;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0    | 0  | 1437 samples
          60   | 0  | the first 60 of 1437 samples
          5000 | 0  | 1437 samples
          0    | 37 | 1400 of 1437 samples, 37 held out for validation
          60   | 20 | 40 of the first 60 of 1437 samples, 20 held out for validation
          """)
  void everyPlaceHasTheNameOfWhatWasMeasured(int limit, int validation, String samples)
      throws IOException {
    String own = validation > 0 ? "validation" : "test";
    String wrong = validation > 0 ? "test" : "validation";
    Path run = root.resolve("run");
    List<Object> args = new ArrayList<>(List.of("train", "--hidden", "8", "-T", "4", "-K", "2"));
    args.addAll(List.of("--epochs", "1", "--out", run));
    if (limit > 0) {
      args.addAll(List.of("--limit", limit));
    }
    if (validation > 0) {
      args.addAll(List.of("--validation", validation));
    }

    Cli train = Cli.ok(args.toArray());

    String epoch =
        train.errLines().stream().filter(l -> l.startsWith("epoch")).findFirst().orElseThrow();
    assertThat(train.err()).contains("on digits: " + samples + ", T 4");
    assertThat(epoch).contains("  " + own + " ").doesNotContain(wrong);
    assertThat(train.outLines().get(0)).startsWith(own + " error ");
    if (validation == 0) {
      assertThat(train.out()).doesNotContain(wrong);
    } else {
      assertThat(train.outLines().get(2)).startsWith("test error ");
      assertThat(train.outLines().get(3)).startsWith("best epoch   1: validation error ");
    }
    List<String> csv = Files.readAllLines(run.resolve("metrics.csv"));
    assertThat(csv.get(0))
        .contains("," + own + "Error," + own + "Loss,")
        .doesNotContain(wrong + "Error", wrong + "Loss");
    JsonNode line = Configs.JSON.readTree(Files.readString(run.resolve("metrics.jsonl")));
    assertThat(line.has(own + "Error")).isTrue();
    assertThat(line.has(wrong + "Error")).isFalse();
    JsonNode summary = Cli.json(run.resolve("summary.json"));
    assertThat(summary.get(own + "Error").get("mean")).isEqualTo(line.get(own + "Error"));
    assertThat(summary.has(wrong + "Error")).isFalse();
    assertThat(run.resolve("curve.svg"))
        .content()
        .contains(own + " error")
        .doesNotContain(wrong + " error");
    if (limit > 0) {
      assertThat(run.resolve("curve.svg")).content().contains("p-1h on digits, limit " + limit);
    }
    var notes = Model.read(run.resolve("model.safetensors"), KernelsSelector.kernels()).notes();
    assertThat(notes)
        .containsKey(own + "-error-percent")
        .doesNotContainKey(wrong + "-error-percent");
    assertThat(notes.getOrDefault("limit", "0")).isEqualTo(String.valueOf(limit));
    assertThat(notes.getOrDefault("validation", "0")).isEqualTo(String.valueOf(validation));
    assertThat(Cli.ok("train", "--resume", run, "--json").json()).isEqualTo(summary);
  }

  @ParameterizedTest
  @CsvSource({"0, test", "20, validation"})
  void theComparisonOfMethodsToo(int validation, String own) {
    Path run = root.resolve("run");

    Cli train =
        Cli.ok(
            List.of("train", "--method", "both", "--validation", validation, "--epochs", "1"),
            Cli.SMALL,
            List.of("--out", run));

    assertThat(train.out()).contains(own + " error", "p-1h on digits, limit 60, 1 epochs");
    assertThat(run.resolve("curve.svg")).content().contains("ep " + own, "bptt " + own);
  }
}
