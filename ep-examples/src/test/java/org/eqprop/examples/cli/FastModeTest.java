package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.settle.Schedule;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.store.Model;
import org.eqprop.examples.run.Configs;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --mode fast}: what it sets, what stays the same whatever the threads, what files keep. */
class FastModeTest {
  @TempDir private Path root;

  private JsonNode train(String preset, Path out, List<String> more) throws IOException {
    List<String> small = List.of("--limit", "120", "--epochs", "2", "-T", "60", "--batch", "20");
    Cli.ok(List.of("train", preset), small, more, List.of("--out", out));
    return Configs.JSON.readTree(Files.readAllLines(out.resolve("metrics.jsonl")).getLast());
  }

  @ParameterizedTest
  @CsvSource({
    "p-2h, ALTERNATING, 2e-3, direct",
    "eb-1h, SYNCHRONOUS, 3e-5, direct",
    "p-conv, ALTERNATING, 1.28e-3, winograd"
  })
  void settlesInFewerStepsToTheSameBitsOnAnyNumberOfThreads(
      String preset, Schedule schedule, double tolerance, String convolution) throws IOException {
    Path one = root.resolve("one");
    Path three = root.resolve("three");
    JsonNode metrics = train(preset, one, List.of("--mode", "fast", "--threads", "1"));
    train(preset, three, List.of("--mode", "fast", "--threads", "3"));
    assertThat(one.resolve("model.safetensors"))
        .hasSameBinaryContentAs(three.resolve("model.safetensors"));
    assertThat(metrics.get("steps").asDouble()).isBetween(2.0, 59.0);
    assertThat(metrics.get("converged").asDouble()).isBetween(90.0, 100.0);

    Model model = Model.read(one.resolve("model.safetensors"), KernelsSelector.kernels());
    assertThat(model.settling())
        .isEqualTo(
            preset.startsWith("p")
                ? Settling.of(schedule, tolerance, 1.4, 0)
                : Settling.of(schedule, tolerance, 0.5, 0.6));
    boolean winograd =
        model.network().connections().stream()
            .anyMatch(c -> convolution.equals(c.options().get("algorithm")));
    assertThat(winograd).isEqualTo(convolution.equals("winograd"));

    JsonNode measured = Cli.ok("evaluate", one, "--json").json();
    assertThat(measured.get("errorPercent").asDouble())
        .isEqualTo(metrics.get("testError").asDouble());
    assertThat(measured.get("steps").asDouble()).isBetween(2.0, 59.0);
    assertThat(measured.get("convergedPercent").asDouble()).isBetween(90.0, 100.0);
  }

  @ParameterizedTest
  @CsvSource({"p-1h", "eb-1h"})
  void exactTakesAllSteps(String preset) throws IOException {
    JsonNode metrics = train(preset, root.resolve("run"), List.of());
    assertThat(metrics.get("steps").asDouble()).isEqualTo(60);
  }

  @ParameterizedTest
  @CsvSource({
    "--schedule alternating, alternating, 0.0, 0.0, 0.0",
    "--tolerance 0.01, synchronous, 0.01, 0.0, 0.0",
    "--omega 0.7, synchronous, 0.0, 0.7, 0.0",
    "--momentum 0.3, synchronous, 0.0, 0.0, 0.3"
  })
  void eachPartIsAnOptionOfItsOwn(
      String options, String schedule, double tolerance, double omega, double momentum)
      throws IOException {
    Path run = root.resolve("run");
    train("p-1h", run, List.of(options.split(" ", -1)));
    JsonNode config = Configs.JSON.readTree(run.resolve("config.json").toFile());
    assertThat(config.get("mode").asText()).isEqualTo("exact");
    assertThat(config.get("schedule").asText()).isEqualTo(schedule);
    assertThat(config.get("tolerance").asDouble()).isEqualTo(tolerance);
    assertThat(config.get("omega").asDouble()).isEqualTo(omega);
    assertThat(config.get("momentum").asDouble()).isEqualTo(momentum);
  }
}
