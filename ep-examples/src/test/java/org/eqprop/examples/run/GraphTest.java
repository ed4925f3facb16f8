package org.eqprop.examples.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.eqprop.bptt.gdu.Comparison;
import org.eqprop.bptt.gdu.Gdu;
import org.eqprop.bptt.reference.EquilibriumSteps.Estimate;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.core.StoreException;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Context;
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.tensor.Shape;
import org.eqprop.examples.run.ResumeCheck.Accepted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks from files: the bits of presets, gradients, and runs that go on. */
class GraphTest {
  private static final String DENSE =
      """
      [[layers]]
      name = "s0"
      [[layers]]
      name = "s1"
      units = 24
      [[layers]]
      name = "x"
      [[connections]]
      to = "s0"
      from = "s1"
      [[connections]]
      to = "s1"
      from = "x"
      """;

  private static final String CONVOLUTIONAL =
      """
      [[layers]]
      name = "s0"
      [[layers]]
      name = "s1"
      shape = [4, 4, 4]
      [[layers]]
      name = "x"
      [[connections]]
      to = "s0"
      from = "s1"
      [[connections]]
      to = "s1"
      from = "x"
      type = "conv-pool"
      kernel = 3
      padding = 1
      pool = 2
      """;

  @TempDir Path root;

  static List<String> graphs() {
    return GraphFiles.names();
  }

  private Config config(String name, String entries, String graph) throws IOException {
    Path file = GraphFiles.write(root.resolve(name + ".toml"), entries, graph);
    return Configs.resolve(null, file, Configs.JSON.createObjectNode());
  }

  private static boolean train(Path path, Config config, BooleanSupplier stop) {
    try (Context context = new Context(1);
        Experiment experiment = Experiment.create(path, config, 1)) {
      return experiment.run(context, Watcher.SILENT, stop) != null;
    }
  }

  private static void assertSameWeights(Path run, Path expected) {
    Safetensors found = Safetensors.read(run.resolve("model.safetensors"));
    Safetensors wanted = Safetensors.read(expected.resolve("model.safetensors"));
    assertThat(found.names()).isEqualTo(wanted.names());
    for (String name : wanted.names()) {
      assertThat(found.floats(name)).as(name).isEqualTo(wanted.floats(name));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "cost = \"cross-entropy\"", "untied = \"vector-field\"", "mode = \"fast\""})
  void aChainHasTheBitsOfItsPreset(String more) throws IOException {
    ObjectNode options = Configs.JSON.createObjectNode();
    options.put("epochs", 2).put("limit", 60).put("batch", 7).put("t", 9).put("k", 4);
    options.putArray("hidden").add(24);
    if (!more.isEmpty()) {
      String[] pair = more.replace("\"", "").split(" = ", -1);
      options.put(pair[0], pair[1]);
    }
    Config preset = Configs.resolve("p-1h", null, options);
    train(root.resolve("preset"), preset, () -> false);
    boolean readOut = more.contains("cross");
    String graph = readOut ? DENSE.replaceFirst("(?s).*?\"s0\"\n", "") : DENSE;
    graph = readOut ? graph.replaceFirst("(?s)\\[\\[conn.*?\"s1\"\n", "") : graph;
    String rates = "preset = \"p-1h\"\nlr = " + preset.lr() + "\n";
    Config own = config("own", GraphFiles.SMALL + rates + more, graph);
    train(root.resolve("own"), own, () -> false);
    assertSameWeights(root.resolve("own"), root.resolve("preset"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"exact", "fast"})
  void aConvolutionHasTheBitsOfItsPreset(String mode) throws IOException {
    ObjectNode options = Configs.JSON.createObjectNode();
    options.put("epochs", 2).put("limit", 60).put("batch", 7).put("t", 9).put("k", 4);
    options.put("kernel", 3).put("padding", 1).put("pool", 2).put("mode", mode);
    options.putArray("channels").add(4);
    options.putArray("lr").add(0.1).add(0.2);
    train(root.resolve("preset"), Configs.resolve("p-conv", null, options), () -> false);
    String entries = "preset = \"p-conv\"\nmode = \"" + mode + "\"\nlr = [0.1, 0.2]\n";
    Config own = config("own", GraphFiles.SMALL + entries, CONVOLUTIONAL);
    train(root.resolve("own"), own, () -> false);
    assertSameWeights(root.resolve("own"), root.resolve("preset"));
  }

  /** The estimate is the gradient on any graph, in float64; with the nudge outside σ it is not. */
  @ParameterizedTest
  @CsvSource({
    "chain, inside",
    "skip, inside",
    "toy, inside",
    "two-paths, inside",
    "blind, inside",
    "parallel, inside",
    "skip, energy",
    "toy, energy",
    "skip, outside"
  })
  void theEstimateIsTheGradient(String graph, String setting) throws IOException {
    boolean energy = setting.equals("energy");
    String entries =
        energy
            ? "setting = \"energy-based\"\nclamp = false\nepsilon = 0.1\nactivation = \"tanh\"\n"
            : "nudge = \"" + setting + "\"\nactivation = \"tanh\"\n";
    Config config = config(graph, entries + "optimizer = \"adam\"\n", GraphFiles.graph(graph));
    Network network = config.network(Shape.of(1, 3, 3), 4);
    network.initialise(5, KernelsSelector.kernels());
    double[] x = new Random(11).doubles(18).toArray();
    double[] y = new double[8];
    y[2] = 1;
    y[5] = 1;
    int k = energy ? 80 : 20;
    FreePhase free = FreePhase.run(Problem.of(network, x, y), energy ? 6000 : 2500, k);
    assertThat(free.residual()).isLessThan(1e-12);
    Comparison found = Gdu.compare(free, k, 1e-4, Estimate.CENTERED, Gdu.Definition.PROGRAM);
    boolean same = found.parameters().stream().allMatch(p -> p.relMse() < 1e-5);
    assertThat(same).as(found.toString()).isEqualTo(!setting.equals("outside"));
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void aRunThatIsStoppedGoesOnToTheSameBits(String graph) throws IOException {
    String entries = GraphFiles.SMALL + "optimizer = \"adam\"\n";
    Config config = config(graph, entries, GraphFiles.graph(graph));
    Path whole = root.resolve("whole");
    Path stopped = root.resolve("stopped");
    assertThat(train(whole, config, () -> false)).isTrue();
    int[] left = {13};
    assertThat(train(stopped, config, () -> --left[0] <= 0)).isFalse();
    try (Context context = new Context(2);
        Experiment rest = Experiment.open(stopped, null)) {
      rest.run(context, Watcher.SILENT, () -> false);
    }
    assertThat(stopped.resolve("model.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("model.safetensors"));
    Config again =
        Configs.resolve(null, whole.resolve("config.json"), Configs.JSON.createObjectNode());
    assertThat(again).isEqualTo(Configs.read(whole.resolve("config.json")));
    assertThat(again.title()).isEqualTo(graph);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"units\" : 12', '\"units\" : 13'",
    "'\"type\" : \"dense\"', '\"type\" : \"dense\", \"untied\" : \"vector-field\"'",
    "'\"name\" : \"h1\",', '\"name\" : \"h1\", \"activation\" : \"tanh\",'"
  })
  void aRunDoesNotGoOnWithAnotherGraph(String from, String to) throws IOException {
    String entries = GraphFiles.SMALL + "optimizer = \"adam\"\n";
    Path run = root.resolve("run");
    train(run, config("toy", entries, GraphFiles.graph("toy")), () -> true);
    Path file = run.resolve("config.json");
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replaceFirst(Pattern.quote(from), to));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Experiment.open(run, null, null, Accepted.NOTHING))
        .withMessageContaining("has changed")
        .withMessageContaining("--accept-changed-config");
  }

  @Test
  void otherConfigurationsSayNothingOfIt() throws IOException {
    ObjectNode tree =
        Configs.JSON.valueToTree(
            Configs.resolve("p-1h", null, Configs.JSON.createObjectNode().put("seed", 2)));
    assertThat(tree.has("layers") || tree.has("connections") || tree.has("network")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "chain, '', p-2h, 100",
    "toy, '', p-1h, 30",
    "toy, 'setting = \"energy-based\"', eb-1h, 100",
    "skip, 'setting = \"energy-based\"', eb-2h, 500",
    "skip, 'preset = \"p-3h\"', p-3h, 180"
  })
  void whatIsNotGivenIsThePresetsOfItsDepth(String graph, String more, String preset, int steps)
      throws IOException {
    Config config = config(graph, more + "\noptimizer = \"adam\"\n", GraphFiles.graph(graph));
    assertThat(config.preset()).isEqualTo(preset);
    assertThat(config.t()).isEqualTo(steps);
    assertThat(config.subject()).isEqualTo(graph + " on digits");
    assertThat(config.lr()).hasSize(config.graph().connections().size()).containsOnly(1e-3);
  }

  @Test
  void ratesAndGainsOfConnectionsAreThoseOfTheLists() throws IOException {
    String own = "lr = 0.5\ngain = 2\n[[connections]]";
    String graph = GraphFiles.graph("toy") + "lr = 0.5\ngain = 3\n";
    int first = graph.indexOf("[[connections]]") + 1;
    graph = graph.substring(0, first) + graph.substring(first).replace("[[connections]]", own);
    Config config = config("own", "", graph);
    assertThat(config.lr()).containsExactly(0.5, 0.5, 0.5);
    assertThat(config.initialWeights().gains()).containsExactly(2.0, 2.0, 3.0);
    String sized = graph.replaceFirst("name = \"out\"", "name = \"out\"\nunits = 7");
    Config readOut = config("other", "cost = \"cross-entropy\"\nlr = 9", sized);
    assertThat(readOut.lr()).containsExactly(9.0, 0.5, 0.5, 0.5);
    assertThat(readOut.initialWeights().gains()).containsExactly(1.0, 2.0, 2.0, 3.0);
    ObjectNode options = Configs.JSON.createObjectNode();
    options.putArray("lr").add(1).add(2).add(3);
    assertThat(Configs.resolve(null, root.resolve("own.toml"), options).lr())
        .containsExactly(1.0, 2.0, 3.0);
  }
}
