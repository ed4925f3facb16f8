package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eqprop.examples.run.GraphFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks from files, through every command. */
class GraphCommandsTest {
  private static final Path EXAMPLE = Path.of("..", "docs", "examples", "skip.toml");
  private static final String ADAM = GraphFiles.SMALL + "optimizer = \"adam\"\n";

  @TempDir Path root;

  private Path train(String run, Object... words) {
    Path path = root.resolve(run);
    Cli.ok(
        List.of("train"),
        List.of(words).stream().flatMap(w -> Cli.words(w).stream()).toList(),
        List.of("--out", path.toString()));
    return path;
  }

  private static void assertSameModel(Path run, Path other) {
    assertThat(run.resolve("model.safetensors"))
        .hasSameBinaryContentAs(other.resolve("model.safetensors"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"skip", "toy"})
  void anyGraphIsTrainedEvaluatedAndTrainedAgainFromItsConfiguration(String graph)
      throws IOException {
    Path file = GraphFiles.write(root.resolve("my net.toml"), ADAM, GraphFiles.graph(graph));
    Path run = train("run", file);
    assertThat(Cli.ok("evaluate", run).out()).contains("error");
    assertSameModel(train("again", "--config", run.resolve("config.json")), run);
    assertThat(Cli.json(run.resolve("config.json")).get("network").asText()).isEqualTo("my-net");
    JsonNode summary = Cli.json(run.resolve("summary.json"));
    assertThat(summary.get("preset").asText()).isEqualTo("my-net");
  }

  /** Everything that the options can set goes with a graph, a loop of odd length included. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--mode fast",
        "--mode fast --setting energy-based --untied kolen-pollack --weight-decay 1e-3",
        "--schedule alternating --convention exact --lr-schedule cosine",
        "--solver anderson --tolerance 1e-4 --untied vector-field",
        "--method both --trials 2",
        "--optimizer nesterov --lr 0.1,0.1,0.1,0.1,0.1 --init orthogonal --init-gain 1,2,1,2,1"
      })
  void itTakesTheOptionsOfTraining(String options) throws IOException {
    Path file = GraphFiles.write(root.resolve("net.toml"), ADAM, GraphFiles.graph("skip"));
    Path run = train("run", file, List.of(options.split(" ", -1)));
    String inner = options.contains("both") ? "bptt/trial-2" : "";
    assertThat(Cli.ok("evaluate", run.resolve(inner)).out()).contains("error");
  }

  @Test
  void aReadOutReadsTheFirstLayer() throws IOException {
    String graph = GraphFiles.graph("skip").replaceFirst("\"out\"", "\"out\"\nunits = 9");
    Path file = GraphFiles.write(root.resolve("n.toml"), ADAM + "cost = \"cross-entropy\"", graph);
    Path run = train("run", file);
    Cli.ok("evaluate", run);
    assertThat(Cli.json(run.resolve("config.json")).get("lr")).hasSize(6);
    Cli.ok("train", "--resume", run, "--epochs", "3");
    assertSameModel(train("whole", file, "--epochs", "3"), run);
  }

  @Test
  void oneConnectionMayBeUntied() throws IOException {
    String graph = GraphFiles.graph("chain");
    graph = graph.replace("from = \"h2\"\n", "from = \"h2\"\nuntied = \"vector-field\"\n");
    Path file = GraphFiles.write(root.resolve("n.toml"), ADAM, graph);
    Path run = train("run", file);
    Cli.ok("evaluate", run);
    assertThat(Files.readString(run.resolve("metrics.jsonl")))
        .containsPattern("angles\":\\[[^,]+]");
    String all = graph.replace("untied = \"vector-field\"", "untied = \"none\"");
    Path other = GraphFiles.write(root.resolve("m.toml"), ADAM + "untied = \"vector-field\"", all);
    Path mixed = train("mixed", other);
    assertThat(Files.readString(mixed.resolve("metrics.jsonl")))
        .containsPattern("angles\":\\[[^,]+]");
    Path type =
        GraphFiles.write(
            root.resolve("n2.toml"),
            ADAM + "network = \"n\"",
            graph.replace("untied =", "type = \"untied\"\nof = \"dense\"\nrule ="));
    assertSameModel(train("typed", type), run);
  }

  @Test
  void theExampleOfTheDocumentationIsTrained() throws IOException {
    Path run = train("run", EXAMPLE, "--limit", "300", "--epochs", "12");
    assertThat(Cli.json(run.resolve("summary.json")).at("/trainError/mean").asDouble())
        .isLessThan(20);
    assertThat(Files.readString(Path.of("..", "docs", "networks.md")))
        .contains(Files.readString(EXAMPLE).strip());
    Cli quiet =
        Cli.ok("train", EXAMPLE, "--limit", "30", "--epochs", "1", "--out", root.resolve("b"));
    assertThat(quiet.err())
        .contains("Training skip (prototypical, layers out, h1 64, h2 64, x; 5 connections)");
  }

  @Test
  void bordersThatAreDroppedAreNamed() throws IOException {
    String graph =
        GraphFiles.layers("h").replace("units = 12", "shape = [4, 2, 2]")
            + GraphFiles.links("out h", "h x")
            + "type = \"conv-pool\"\nkernel = 3\npadding = 1\npool = 3\n";
    Path file = GraphFiles.write(root.resolve("n.toml"), ADAM, graph);
    assertThat(Cli.ok("train", file, "--mode", "fast", "--out", root.resolve("run")).err())
        .contains("The pooling windows of 3x3 do not divide the map of 8x8");
  }

  @Test
  void partsAreListed() {
    JsonNode info = Cli.ok("info", "--json", "--threads", "1").json();
    assertThat(info.get("connections").findValuesAsText("name"))
        .containsExactlyInAnyOrder("dense", "untied", "conv-pool");
    assertThat(info.get("methods").findValuesAsText("name"))
        .containsExactlyInAnyOrder("ep", "continual", "chl", "coupled", "bptt", "rbp");
    assertThat(info.get("costs").findValuesAsText("name"))
        .containsExactlyInAnyOrder("squared-error", "cross-entropy");
    assertThat(info.get("solvers").findValuesAsText("name")).contains("synchronous", "anderson");
  }
}
