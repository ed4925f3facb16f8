package org.eqprop.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eqprop.bench.GemmBenchmark;
import org.eqprop.core.kernel.KernelsSelector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchMainTest {
  private static final Row.Times TIMES =
      new Row.Times(Duration.ofMillis(20), 2, Duration.ofMillis(10));

  @TempDir private Path folder;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream progress = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void twoRoundsOfOneRowGiveTwoForksWithTheirPeaks() throws IOException {
    Suite suite = Suite.named("quick", note -> {}).with(Pattern.compile("multiply 10x512x512"));
    Rounds rounds = new Rounds(new Suite(suite.rows(), TIMES, 2), progress);
    rounds.run();
    Path file = folder.resolve("a.json");
    ResultFile.write(file, "quick", Machine.here(folder), rounds, List.of());
    JsonNode root = new ObjectMapper().readTree(Files.readString(file));
    assertThat(root.get("machine").get("peak").asDouble()).isPositive();
    assertThat(root.get("machine").get("commit").asText()).isEmpty();
    assertThat(root.get("results")).hasSize(2);
    JsonNode row = root.get("results").get(1);
    assertThat(row.get("name").asText()).isEqualTo("multiply 10x512x512");
    assertThat(row.get("flop").asDouble()).isEqualTo(2.0 * 10 * 512 * 512);
    assertThat(row.has("jvm")).isFalse();
    assertThat(row.get("others")).hasSize(2);
    for (JsonNode data :
        List.of(
            row.get("primaryMetric").get("rawData"),
            row.get("secondaryMetrics").get("peak").get("rawData"),
            row.get("secondaryMetrics").get("operations").get("rawData"),
            row.get("secondaryMetrics").get("gc.alloc.rate.norm").get("rawData"))) {
      assertThat(data).hasSize(2);
      assertThat(data.get(0)).hasSize(2);
      data.forEach(fork -> fork.forEach(value -> assertThat(value.asDouble()).isPositive()));
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .contains("total 3", "fork 0 nothing", "fork 2 multiply 10x512x512");
  }

  @Test
  void aBenchmarkThatFailsIsNamedWithItsReason() {
    Row row = Row.of(GemmBenchmark.class, "multiply", Map.of("shape", "3x4"), 0);
    Rounds rounds = new Rounds(new Suite(List.of(row), TIMES, 1), progress);
    assertThatIllegalStateException()
        .isThrownBy(rounds::run)
        .withMessage(
            "The benchmark 'multiply 3x4' failed: A matrix product has three sizes, as in"
                + " 20x784x512, not '3x4'.");
  }

  @Test
  void namesAreUniqueAndEveryPresetIsThere() {
    List<String> notes = new ArrayList<>();
    for (String name : List.of("quick", "full", "scaling")) {
      List<String> names = Suite.named(name, notes::add).rows().stream().map(Row::name).toList();
      assertThat(new HashSet<>(names)).hasSameSizeAs(names);
    }
    assertThat(notes).hasSize(2);
    assertThat(notes.get(0)).contains("peer");
    assertThat(notes.get(1)).contains("ONNX Runtime is not measured");
    assertThat(Suite.named("full", note -> {}).rows().stream().map(Row::name))
        .contains("step eb-2h bptt exact 2", "step p-conv ep exact 1", "latency p-1h")
        .containsAll(Suite.named("quick", note -> {}).rows().stream().map(Row::name).toList());
    assertThatIllegalArgumentException().isThrownBy(() -> Suite.named("slow", notes::add));
  }

  @Test
  void rowsMatchInUpperAndLowerCase() {
    Suite all = Suite.named("quick", note -> {});
    assertThat(BenchMain.matching(all, "quick", "ADDOUTER").rows().stream().map(Row::name))
        .containsExactly("nothing", "addOuter 20x784x512");
    assertThatThrownBy(() -> BenchMain.matching(all, "quick", "foo"))
        .hasMessage(
            "No benchmark of the suite quick matches 'foo'; their names begin with multiply,"
                + " addOuter, prototypicalStep, bottomUp, topDown, step, predict.");
  }

  @ParameterizedTest
  @CsvSource({
    "simd-333, There are no kernels 'simd-333'",
    "simd-512, The kernels 'simd-512' cannot run here"
  })
  void kernelsThatCannotRunAreRefusedBeforeTheFirstFork(String kernels, String beginning)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:UseAVX=2",
                "-D" + KernelsSelector.PROPERTY + "=" + kernels,
                "-cp",
                System.getProperty("java.class.path"),
                BenchMain.class.getName(),
                "out=" + folder.resolve("none.json"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(said.lines()).hasSize(1).first().asString().startsWith("refused " + beginning);
    assertThat(folder.resolve("none.json")).doesNotExist();
  }

  @Test
  void memoryGrowsWithTheStepsThatBackpropagationGoesBack() {
    List<Footprint> all = Footprint.measure();
    long ep = bytes(all, "ep", 1);
    assertThat(bytes(all, "ep", 160)).isBetween(ep - ep / 5, ep + ep / 5);
    // states of 160 steps: 20 samples of 512 + 512 + 10 units, one float each
    long states = 159L * 20 * (512 + 512 + 10) * Float.BYTES;
    assertThat(bytes(all, "bptt", 160) - bytes(all, "bptt", 1)).isGreaterThan(states);
  }

  private static long bytes(List<Footprint> all, String method, int k) {
    return all.stream()
        .filter(one -> one.method().equals(method) && one.k() == k)
        .findFirst()
        .orElseThrow()
        .bytes();
  }

  @Test
  void otherProgramsAreWhatIsBusyBesidesThisOneAndItsChildren() {
    String system = "cpu  100 20 30 4000 50 6 7 8 900 9\ncpu0 1 2 3\n";
    String process = "1 (a b) c) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16";
    // 100 + 20 + 30 + 6 + 7 + 8, less 11 + 12 + 13 + 14
    assertThat(OtherLoad.others(system, process)).isEqualTo(171 - 50);
    assertThat(new OtherLoad().processors()).isNotNegative();
  }
}
