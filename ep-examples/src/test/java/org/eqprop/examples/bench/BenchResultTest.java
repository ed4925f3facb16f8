package org.eqprop.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.StoreException;
import org.eqprop.examples.run.Configs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchResultTest {
  @TempDir private Path folder;
  private final List<String> complaints = new ArrayList<>();

  @Test
  void timesAreTheLeastOfAForkAndSharesThoseOfThePeakAroundEachIteration() throws IOException {
    Path file =
        new BenchJson("2026-01-01T00:00:00Z", "cpu")
            .row("product", 2e6, 1000, 0, 20, 24, 22)
            .write(folder.resolve("a.json"));
    BenchRow row = BenchResult.read(file).row("product").orElseThrow();
    assertThat(row.micros()).containsExactly(20, 24, 22);
    assertThat(row.time()).isEqualTo(22);
    assertThat(row.gigaflops()).isCloseTo(2e3 / 22, offset(0.01));
    assertThat(row.costs()).containsExactly(new double[] {4, 4.8, 4.4}, offset(1e-12));
    assertThat(row.spread()).isCloseTo(0.2, offset(1e-12));
    // iterations take 1, 1.05 and 1.1 times as long, with peaks of 200, 180 and 160 around them
    assertThat(row.possible())
        .containsExactly(new double[] {21 * 0.18, 25.2 * 0.18, 23.1 * 0.18}, offset(1e-9));
    assertThat(row.share()).isCloseTo(2 / (23.1 * 0.18), offset(1e-9));
    assertThat(BenchResult.read(file).row("nothing")).isEmpty();
  }

  @Test
  void forksDuringWhichOthersWereBusyDoNotCountIfThreeRemain() throws IOException {
    Path file =
        new BenchJson("2026-01-01T00:00:00Z", "cpu")
            .row("mostly quiet", 0, 1000, 0, 20, 90, 22, 21)
            .others(0.01, 0.8, 0.1, 0)
            .row("mostly not", 0, 1000, 0, 20, 90, 22, 21)
            .others(0.01, 0.8, 0.3, 0)
            .write(folder.resolve("a.json"));
    BenchResult result = BenchResult.read(file);
    assertThat(result.row("mostly quiet").orElseThrow().micros()).containsExactly(20, 22, 21);
    assertThat(result.row("mostly not").orElseThrow().micros()).hasSize(4);
  }

  @Test
  void forksWhosePeakWasMeasuredBadlyDoNotCountIfThreeRemain() throws IOException {
    Path file =
        new BenchJson("2026-01-01T00:00:00Z", "cpu")
            .row("one", 0, 1000, 0, 20, 21, 22, 23)
            .peaks(200, 170, 190, 210)
            .row("two", 0, 1000, 0, 20, 21, 22, 23)
            .peaks(200, 150, 160, 210)
            .row("a slower clock", 0, 1000, 0, 20, 21, 22, 23)
            .peaks(200, 185, 200, 210)
            .write(folder.resolve("a.json"));
    BenchResult result = BenchResult.read(file);
    assertThat(result.row("one").orElseThrow().micros()).containsExactly(20, 22, 23);
    assertThat(result.row("one").orElseThrow().peaks()).containsExactly(200, 190, 210);
    assertThat(result.row("two").orElseThrow().micros()).hasSize(4);
    assertThat(result.row("a slower clock").orElseThrow().micros()).hasSize(4);
  }

  @Test
  void whatJmhItselfAllocatesIsTakenOff() throws IOException {
    Path file =
        new BenchJson("2026-01-01T00:00:00Z", "cpu")
            .row("clean", 0, 7, 0, 1, 1)
            .row("one object", 0, 1000, 16, 1, 1)
            .write(folder.resolve("a.json"));
    BenchResult result = BenchResult.read(file);
    assertThat(result.row("clean").orElseThrow().bytes()).isZero();
    assertThat(result.row("one object").orElseThrow().bytes()).isCloseTo(16, offset(1e-9));
    assertThat(BenchTables.of(result).text()).contains("B/op");
  }

  /** JMH does not always know the bytes of each iteration. */
  @Test
  void anIterationWithoutBytesIsPassedOver() throws IOException {
    Path file =
        new BenchJson("2026-01-01T00:00:00Z", "cpu")
            .row("a step", 0, 1000, 16, 1, 1)
            .withoutLastBytes()
            .write(folder.resolve("a.json"));
    BenchResult result = BenchResult.read(file);
    assertThat(result.row("a step").orElseThrow().bytes()).isCloseTo(16, offset(1e-9));
  }

  @Test
  void anIterationWithoutOperationsIsRefused() throws IOException {
    Path file =
        new BenchJson("2026-01-01T00:00:00Z", "cpu")
            .row("a step", 0, 1000, 16, 1, 1)
            .withoutLastOperations()
            .write(folder.resolve("a.json"));
    assertThatThrownBy(() -> BenchResult.read(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("results[1] lacks an iteration's operations");
  }

  @Test
  void latenciesHaveTheirMediansAndPercentiles() throws IOException {
    Path file =
        new BenchJson("2026-01-01T00:00:00Z", "cpu")
            .latency("latency p-1h", 70)
            .write(folder.resolve("a.json"));
    BenchResult result = BenchResult.read(file);
    BenchRow row = result.row("latency p-1h").orElseThrow();
    assertThat(row.micros()).containsExactly(70, 70);
    assertThat(row.bytes()).isNaN();
    assertThat(BenchTables.latencies(result).text())
        .contains("p-1h")
        .contains("210")
        .contains("3.00");
    assertThat(BenchTables.of(result).rows()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{}", "{\"format\":1}", "{\"format\":1,\"results\":[{}]}", "{x"})
  void otherFilesAreRefusedInOneSentence(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), text);
    assertThatThrownBy(() -> BenchResult.read(file))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageEndingWith(".");
    assertThat(BenchResult.all(folder, complaints::add)).isEmpty();
    assertThat(complaints).hasSize(1);
    assertThat(complaints.get(0)).contains(file.toString()).endsWith("It is passed over.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /machine                 | time      | "yesterday" | machine.time is "yesterday"; it must be a time in UTC
          /machine                 | time      | ""          | machine.time is ""; it must be a text
          /machine                 | time      | 1           | machine.time is 1; it must be a text
          /results/1/primaryMetric | scoreUnit | "ms/op"     | primaryMetric.scoreUnit is "ms/op"; it must be "us/op"
          /results/1/primaryMetric | scoreUnit | null        | primaryMetric.scoreUnit is null; it must be a text
          """)
  void aValueThatMakesNoSenseIsRefused(String place, String name, String value, String part)
      throws IOException {
    Path file = folder.resolve("a.json");
    new BenchJson("2026-01-02T00:00:00Z", "cpu").row("a", 1, 1).write(file);
    JsonNode tree = Configs.JSON.readTree(Files.readString(file));
    ((ObjectNode) tree.at(place)).set(name, Configs.JSON.readTree(value));
    Files.writeString(file, Configs.JSON.writeValueAsString(tree));
    assertThatThrownBy(() -> BenchResult.read(file))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith(file + " is not a sound result of ep bench: ")
        .hasMessageContaining(part)
        .hasMessageEndingWith(".");
  }

  @Test
  void aFolderIsReadOldestFirst() throws IOException {
    new BenchJson("2026-01-02T00:00:00Z", "cpu").row("a", 1, 1).write(folder.resolve("a.json"));
    new BenchJson("2026-01-01T00:00:00Z", "cpu").row("a", 1, 1).write(folder.resolve("b.json"));
    assertThat(BenchResult.all(folder, complaints::add))
        .extracting(result -> result.machine().time())
        .containsExactly("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z");
    assertThat(BenchResult.all(folder.resolve("none"), complaints::add)).isEmpty();
  }

  @Test
  void aBaselineIsTheNewestOfSuchAMachineOrElseTheNewest() throws IOException {
    write("2026-01-01T00:00:00Z", "slow");
    write("2026-01-02T00:00:00Z", "fast");
    write("2026-01-03T00:00:00Z", "slow");
    write("2026-01-04T00:00:00Z", "fast");
    assertThat(baseline("slow")).isEqualTo("2026-01-03T00:00:00Z");
    assertThat(baseline("fast")).isEqualTo("2026-01-04T00:00:00Z");
    assertThat(baseline("unknown")).isEqualTo("2026-01-04T00:00:00Z");
    assertThat(BenchResult.newestFor(machine("slow"), folder.resolve("none"), complaints::add))
        .isEmpty();
  }

  /** Processors of one name have vectors of 256 bits here and of 512 there. */
  @Test
  void aBaselineHasTheKernelsOfTheResultIfAnyHas() throws IOException {
    write("2026-01-01T00:00:00Z", "cpu", "simd-256");
    write("2026-01-02T00:00:00Z", "cpu", "simd-512");
    write("2026-01-03T00:00:00Z", "other", "simd-256");
    write("2026-01-04T00:00:00Z", "other", "simd-512");
    assertThat(baseline("cpu", "simd-256")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(baseline("cpu", "simd-512")).isEqualTo("2026-01-02T00:00:00Z");
    assertThat(baseline("unknown", "simd-256")).isEqualTo("2026-01-03T00:00:00Z");
    assertThat(baseline("cpu", "scalar")).isEqualTo("2026-01-04T00:00:00Z");
  }

  private void write(String time, String processor, String kernels) throws IOException {
    new BenchJson(time, processor)
        .kernels(kernels)
        .row("a", 1, 1)
        .write(folder.resolve(time.charAt(9) + ".json"));
  }

  private String baseline(String processor, String kernels) {
    BenchMachine machine = new BenchMachine("", "", processor, 2, "", "", kernels, 0, 0);
    return BenchResult.newestFor(machine, folder, complaints::add).orElseThrow().machine().time();
  }

  private void write(String time, String processor) throws IOException {
    new BenchJson(time, processor).row("a", 1, 1).write(folder.resolve(time.charAt(9) + ".json"));
  }

  private String baseline(String processor) {
    return BenchResult.newestFor(machine(processor), folder, complaints::add)
        .orElseThrow()
        .machine()
        .time();
  }

  private static BenchMachine machine(String processor) {
    return new BenchMachine("", "", processor, 2, "", "", "simd-512", 0, 0);
  }
}
