package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.settle.Anderson;
import org.eqprop.core.settle.Schedule;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Solver;
import org.eqprop.core.store.Model;
import org.eqprop.examples.run.Configs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --solver}: what runs keep of it, what it implies, what is refused. */
class SolverOptionsTest {
  private static final List<String> SMALL = List.of("--limit", "100", "-T", "60", "--batch", "20");

  @TempDir private Path root;

  private Path train(String name, String preset, String options) {
    return train(name, preset, options, 1);
  }

  private Path train(String name, String preset, String options, int epochs) {
    Path run = root.resolve(name);
    List<String> more = List.of(options.split(" ", -1));
    String hidden = preset.endsWith("2h") ? "24,24" : "24";
    Cli.ok("train", preset, SMALL, "--hidden", hidden, "--epochs", epochs, more, "--out", run);
    return run;
  }

  private static Solver solver(Path run) {
    return model(run).settling().solver();
  }

  private static Model model(Path run) {
    return Model.read(run.resolve("model.safetensors"), KernelsSelector.kernels());
  }

  private static JsonNode last(Path run) throws IOException {
    return Configs.JSON.readTree(Files.readAllLines(run.resolve("metrics.jsonl")).getLast());
  }

  @ParameterizedTest
  @CsvSource({
    "p-1h, --schedule synchronous, synchronous, synchronous, 0, 0",
    "p-1h, --schedule alternating, alternating, alternating, 0, 0",
    "p-1h, --solver alternating, alternating, alternating, 0, 0",
    "p-1h, --omega 0.7, over-relaxed, synchronous, 0.7, 0",
    "p-1h, --solver over-relaxed --omega 1.2 --schedule alternating, over-relaxed, alternating,"
        + " 1.2, 0",
    "p-1h, --solver heavy-ball --momentum 0.2, heavy-ball, synchronous, 0, 0.2",
    "p-1h, --mode fast, over-relaxed, alternating, 1.4, 0",
    "p-1h, --mode fast --solver synchronous, synchronous, synchronous, 0, 0",
    "eb-1h, --mode fast, heavy-ball, synchronous, 0.5, 0.6",
    "eb-1h, --mode fast --solver anderson, anderson, synchronous, 0, 0",
    "p-1h, --mode fast --solver anderson, anderson, alternating, 0, 0",
    "p-1h, --mode fast --solver spiking, spiking, synchronous, 0, 0"
  })
  void aSolverAndItsSettingsAgree(
      String preset, String options, String solver, String schedule, double omega, double momentum)
      throws IOException {
    Path run = train("run", preset, options);
    JsonNode config = Configs.JSON.readTree(run.resolve("config.json").toFile());
    assertThat(config.get("solver").asText()).isEqualTo(solver);
    assertThat(config.get("schedule").asText()).isEqualTo(schedule);
    assertThat(config.get("omega").asDouble()).isEqualTo(omega);
    assertThat(config.get("momentum").asDouble()).isEqualTo(momentum);
    assertThat(solver(run).name()).isEqualTo(solver);
  }

  @Test
  void theOldOptionsAndTheSolverTheyImplyTrainTheSameModel() {
    Path implied = train("implied", "p-1h", "--omega 1.2 --schedule alternating --tolerance 1e-3");
    Path named =
        train(
            "named",
            "p-1h",
            "--solver over-relaxed --omega 1.2 --schedule alternating --tolerance 1e-3");
    Path other =
        train("other", "p-1h", "--solver anderson --schedule alternating --tolerance 1e-3");
    assertThat(named.resolve("model.safetensors"))
        .hasSameBinaryContentAs(implied.resolve("model.safetensors"));
    assertThat(solver(other)).isEqualTo(new Anderson(Schedule.ALTERNATING, 0, 5));
  }

  @ParameterizedTest
  @CsvSource({"eb-1h, synchronous, 1e-4", "p-2h, alternating, 1e-3"})
  void andersonTrainsInFewerStepsOnAnyNumberOfThreads(
      String preset, String schedule, String tolerance) throws IOException {
    String options = "--tolerance " + tolerance + " --schedule " + schedule;
    Path plain = train("plain", preset, options);
    String anderson = options + " --solver anderson --solver-options memory=4";
    Path one = train("one", preset, anderson + " --threads 1");
    Path three = train("three", preset, anderson + " --threads 3");
    assertThat(one.resolve("model.safetensors"))
        .hasSameBinaryContentAs(three.resolve("model.safetensors"));
    Settling kept = model(one).settling();
    assertThat(kept.tolerance()).isEqualTo(Double.parseDouble(tolerance));
    assertThat(kept.solver()).isEqualTo(Solver.named("anderson", kept.solver().options()));
    assertThat(kept.solver().options()).containsEntry("memory", "4");
    assertThat(last(one).get("steps").asDouble()).isLessThan(last(plain).get("steps").asDouble());
    JsonNode measured = Cli.ok("evaluate", one, "--json").json();
    assertThat(measured.get("errorPercent").asDouble())
        .isEqualTo(last(one).get("testError").asDouble());
  }

  @Test
  void aRunIsResumedWithItsSolverAndAFileMayNameIt() throws IOException {
    Path toml =
        Files.writeString(
            root.resolve("net.toml"),
            "solver = \"anderson\"\nsolverOptions = [\"memory=3\"]\ntolerance = 1e-3\n");
    Path whole = train("whole", "eb-1h", "--config " + toml, 2);
    Path parts = train("parts", "eb-1h", "--config " + toml);
    Cli.ok("train", "--resume", parts, "--epochs", "2");
    assertThat(parts.resolve("model.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("model.safetensors"));
    assertThat(solver(parts)).isEqualTo(new Anderson(Schedule.SYNCHRONOUS, 0, 3));
  }

  /** Runs from before there was a choice of solvers. */
  @Test
  void aRunWithoutASolverHasTheOneThatItsSettingsImply() throws IOException {
    Path whole = train("whole", "p-1h", "--mode fast", 2);
    Path old = train("old", "p-1h", "--mode fast");
    Path file = old.resolve("config.json");
    ObjectNode config = (ObjectNode) Configs.JSON.readTree(file.toFile());
    config.remove(List.of("solver", "solverOptions"));
    Configs.JSON.writeValue(file.toFile(), config);
    Cli.ok("train", "--resume", old, "--epochs", "2");
    assertThat(old.resolve("model.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("model.safetensors"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--solver andersen                         | 'anderson'?",
        "--solver synchronous --momentum 0.5       | The solver synchronous has no option"
            + " 'momentum'",
        "--solver synchronous --schedule alternating | but the solver is synchronous; give one of",
        "--solver over-relaxed                     | The solver over-relaxed needs an omega above"
            + " 0",
        "--solver heavy-ball                       | The solver heavy-ball needs a momentum above"
            + " 0",
        "--solver anderson --momentum 0.5          | The solver anderson has no option 'momentum'",
        "--solver anderson --solver-options m=4    | The solver anderson has no option 'm'; it has",
        "--solver anderson --solver-options memory=99 | The memory is 99; it must be from 1 to 20.",
        "--solver anderson --solver-options memory | 'memory' is not an option of a solver; write",
        "--solver anderson --solver-options omega=1 | omega and momentum are options of their own",
        "--solver-options memory=4                 | The solver synchronous has no option 'memory'"
      })
  void whatASolverDoesNotHaveIsRefusedInASentence(String options, String message) {
    Cli run =
        Cli.run("train", "p-1h", List.of(options.split(" ", -1)), "--out", root.resolve("no"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message).doesNotContain("Exception");
    assertThat(run.out()).isEmpty();
    assertThat(root.resolve("no")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--solver anderson | Free phase: solver anderson (schedule synchronous, memory 5), T"
            + " steps,",
        "--mode fast | Free phase: solver over-relaxed (schedule alternating, omega 1.4), until",
        "-q --mode fast | ''",
        "--mode exact | ''"
      })
  void theHeaderNamesWhatIsNotThePapers(String options, String start) {
    Cli run =
        Cli.ok(
            "train",
            List.of(("p-1h --hidden 8 --limit 40 --epochs 1 " + options).split(" ", -1)),
            List.of("--out", root.resolve("header").toString()));
    assertThat(run.err().contains("Free phase")).isEqualTo(!start.isEmpty());
    assertThat(run.err()).contains(start);
  }
}
