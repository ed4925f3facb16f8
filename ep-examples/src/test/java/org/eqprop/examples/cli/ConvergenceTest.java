package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How estimates of the gradient approach their limits. */
final class ConvergenceTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"toy, 12", "p-1h, 11", "eb-1h, 12"})
  void eachPowerIsThatOfTheory(String net, int curves) {
    List<String> small =
        net.equals("toy")
            ? List.of()
            : List.of("--data", "digits", "--hidden", "30", "--batch", "3", "-K", "10");
    JsonNode result = Cli.ok("gdu", net, "--convergence", small, "--json").json();
    assertThat(result.get("curves")).hasSize(curves);
    for (JsonNode curve : result.get("curves")) {
      String name = curve.get("method").asText() + " " + curve.get("estimate").asText();
      double first = curve.get("error").get(0).asDouble();
      double last = curve.get("error").get(curve.get("error").size() - 1).asDouble();
      assertThat(last).as(name).isLessThan(first / 2);
      // events are rounded, and draws are few
      boolean ofChance = name.startsWith("uoro") || name.startsWith("spiking");
      JsonNode theory = curve.get("theory");
      if (!theory.isNull()) {
        double expected = theory.asDouble();
        assertThat(Math.abs(curve.get("power").asDouble() - expected))
            .as(name)
            .isLessThan(ofChance ? 0.25 : 0.1 * Math.abs(expected));
        assertThat(curve.get("points").asInt()).as(name).isGreaterThanOrEqualTo(3);
      }
    }
    assertThat(result.get("notes")).hasSize(net.equals("p-1h") ? 1 : 0);
  }

  /** The control: where the theorem does not hold, the estimate has another limit. */
  @Test
  void theWrongNudgeHasAnotherLimit() {
    List<String> small = List.of("--data", "digits", "--hidden", "9", "--batch", "3", "-K", "10");
    List<String> ep = List.of("p-1h", "--convergence", "--methods", "ep", "--json");
    JsonNode inside = Cli.ok("gdu", ep, small).json().get("curves").get(1).get("error");
    JsonNode outside =
        Cli.ok("gdu", ep, small, "--nudge", "outside").json().get("curves").get(1).get("error");
    int last = inside.size() - 1;
    assertThat(inside.get(last).asDouble()).isLessThan(1e-7);
    assertThat(outside.get(last).asDouble()).isGreaterThan(1e-3);
  }

  @Test
  void tableAndFilesAreWritten() {
    Path out = folder.resolve("out");
    Cli run = Cli.ok("gdu", "toy", "--convergence", "--methods", "rbp,coupled", "--out", out);
    assertThat(run.outLines())
        .anyMatch(line -> line.matches("rbp +terms +exact +K +1 to 64 .* - +-"))
        .anyMatch(line -> line.matches("coupled +share +its limit +η .* 1\\.0\\d +1\\.0"))
        .allMatch(line -> line.length() <= 100);
    for (String kind : List.of("json", "csv", "svg", "png")) {
      assertThat(out.resolve("toy-convergence." + kind)).isNotEmptyFile();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "toy --convergence --methods ep,bptt|There is no method with a curve of convergence,"
            + " 'bptt'; choose one of ep, holomorphic, rbp, continual, coupled, chl, uoro,"
            + " spiking.",
        "toy --convergence --methods ep,ep|--methods has a name twice; give each once.",
        "toy --convergence --precision float32|--convergence is measured in float64; leave"
            + " --precision out.",
        "toy --convergence --batches 2|--convergence takes one mini-batch; leave --batches out.",
        "figure3 --convergence|--convergence needs one network; give its name, such as p-1h,"
            + " instead of 'figure3'.",
        "toy --convergence --beta 1e-300|--beta is 1.0E-300; it must be at least 1e-12 here,",
        "toy --convergence --sweep-beta|--convergence and --sweep-beta do not go together; leave"
            + " one out.",
        "p-1h --data digits --convergence --methods chl|The method chl does not work here: chl is"
            + " the limit of a strong nudge in energy-based networks only."
      })
  void whatHasNoConvergenceIsRefused(String words, String sentence) {
    Cli run = Cli.run("gdu", List.of(words.split(" ", -1)));
    assertThat(run.err()).contains(sentence);
    assertThat(run.code()).isEqualTo(Ep.USAGE);
  }
}
