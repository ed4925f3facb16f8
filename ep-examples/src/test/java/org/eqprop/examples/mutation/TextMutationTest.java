package org.eqprop.examples.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.eqprop.core.StoreException;
import org.eqprop.examples.bench.BenchJson;
import org.eqprop.examples.bench.BenchResult;
import org.eqprop.examples.bench.BenchRow;
import org.eqprop.examples.bench.BenchTables;
import org.eqprop.examples.bench.Comparison;
import org.eqprop.examples.run.Config;
import org.eqprop.examples.run.Configs;
import org.eqprop.examples.run.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged results of {@code ep bench} and configurations. */
class TextMutationTest {
  private static final int MUTANTS = 400;

  private static final String TOML =
      """
      # a whole configuration
      preset = "p-conv"
      convention = "exact"
      method = "ep"
      hidden = [12]
      channels = [6, 4]
      kernel = 3
      padding = 1
      pool = 2
      mode = "fast"
      schedule = "alternating"
      tolerance = 0.01
      omega = 1.25
      momentum = 0.5
      convolution = "direct"
      activation = "hard-sigmoid"
      epsilon = 0.5
      t = 20
      k = 5
      beta = 0.25
      estimate = "centered"
      epochs = 3
      batch = 10
      lr = [0.1, 0.2, 0.3, 0.4]
      seed = 7
      data = "digits"
      limit = 100
      validation = 10
      """;

  @TempDir private Path folder;

  @Test
  void benchResults() throws IOException {
    Path whole = folder.resolve("whole.json");
    new BenchJson("2026-01-01T00:00:00Z", "cpu")
        .row("one", 2e6, 1000, 16, 20, 24, 22)
        .others(0.01, 0.1, 0)
        .latency("latency p-1h", 70)
        .write(whole);
    BenchResult before = BenchResult.read(whole);
    String original = Files.readString(whole);
    Mutator mutator = new Mutator(21);
    Judge judge = new Judge(folder.resolve("a.json"), StoreException.class);
    for (int i = 0; i < MUTANTS; i++) {
      judge.judge(
          utf8(mutator.text(original)),
          file -> {
            BenchResult after = BenchResult.read(file);
            for (BenchRow row : after.rows()) {
              assertThat(Arrays.stream(row.costs()).allMatch(c -> c > 0 && c < 1e300)).isTrue();
              assertThat(row.threads()).isPositive();
            }
            assertThat(after.machine().label()).isNotBlank();
            assertThat(BenchTables.of(Comparison.of(before, after, 0.05)).text()).isNotNull();
          });
    }
    assertThat(judge.refused()).isGreaterThan(MUTANTS / 4);
    assertThat(judge.accepted()).isGreaterThan(MUTANTS / 20);
  }

  @Test
  void configurations() throws IOException {
    Mutator mutator = new Mutator(22);
    Judge judge = new Judge(folder.resolve("a.toml"), UsageException.class);
    for (int i = 0; i < MUTANTS; i++) {
      judge.judge(
          utf8(mutator.text(TOML)),
          file -> {
            Config config = Configs.resolve(null, file, Configs.JSON.createObjectNode());
            assertThat(config.t()).isBetween(1, 1_000_000);
            assertThat(config.k()).isBetween(1, 1_000_000);
            assertThat(config.epochs()).isBetween(1, 1_000_000);
            assertThat(config.beta()).isPositive().isFinite();
            assertThat(config.lr()).allMatch(rate -> rate >= 0 && rate < 1e39);
          });
    }
    assertThat(judge.refused()).isGreaterThan(MUTANTS / 4);
    assertThat(judge.accepted()).isGreaterThan(MUTANTS / 20);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
