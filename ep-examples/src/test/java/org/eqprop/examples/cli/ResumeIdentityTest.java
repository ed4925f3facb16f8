package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.store.Model;
import org.eqprop.examples.run.Configs;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run goes on only as the run it was: configuration, trials and epochs. */
class ResumeIdentityTest {
  /** Every entry of a configuration with another value; those of no effect have none. */
  private static final Map<String, String> OTHERS = new TreeMap<>();

  static {
    String others =
        """
        preset="p-2h" convention="exact" method="bptt" data="nosuch" setting="energy-based"
        hidden=[17] channels=[4] kernel=3 padding=1 pool=2 mode="fast" schedule="alternating"
        tolerance=0.1 omega=1.5 momentum=0.5 convolution="winograd" activation="tanh"
        output="linear" nudge="inside" clamp=true epsilon=0.5 t=11 k=4 beta=0.2
        estimate="centered" batch=9 lr=[0.04,0.09] seed=2 limit=59 validation=10 labels="0..10"
        transpose=true dataSha256="%1$s" epochs= dataPath= track-gradient= patience= snapshots= test-share=0.3 split-seed=2
        label-column="x" normalise="scale" augment-flip=true augment-crop=2 augment-shift=1
        solver="anderson" solverOptions=
        adam-beta1=0.8 adam-beta2=0.9 adam-epsilon=1e-7 cost="cross-entropy" decay="decoupled"
        lr-factor=0.5 lr-schedule="exponential" lr-step=3 optimizer="adam"
        optimizer-momentum=0.8 untied="vector-field" warm-up=2 weight-decay=0.1
        start="previous" init="orthogonal" init-gain=[2.0] init-sha256="%1$s" stride=2 pooling="average" pool-stride=1
        """
            .formatted("0".repeat(64));
    for (String entry : others.strip().split("\\s+", -1)) {
      String[] pair = entry.split("=", 2);
      OTHERS.put(pair[0], pair[1]);
    }
  }

  @TempDir static Path shared;
  private static Path once;
  private static Path twice;

  @TempDir Path root;

  @BeforeAll
  static void train() {
    once = shared.resolve("once");
    twice = shared.resolve("twice");
    Cli.ok("train", Cli.SMALL, "--epochs", "1", "--quiet", "--out", once);
    Cli.ok("train", Cli.SMALL, "--epochs", "2", "--quiet", "--out", twice);
  }

  @Test
  void everyEntryHasItsCase() {
    List<String> entries = config(once).propertyStream().map(Map.Entry::getKey).toList();
    assertThat(OTHERS.keySet()).isEqualTo(new TreeSet<>(entries));
  }

  static Stream<String> entries() {
    return OTHERS.keySet().stream().filter(key -> !OTHERS.getOrDefault(key, "").isEmpty());
  }

  @ParameterizedTest
  @MethodSource("entries")
  void aChangedEntryIsRefusedByItsName(String key) throws IOException {
    Path run = copy(once);
    set(run, key, Configs.JSON.readTree(OTHERS.get(key)));
    Map<String, String> before = BadInput.content(run);

    Cli resumed = Cli.run("train", "--quiet", "--resume", run, "--epochs", "2");

    assertThat(resumed.code()).isNotZero();
    assertThat(resumed.errLines()).hasSize(1);
    Map<String, String> words =
        Map.of(
            "dataSha256", "is not what",
            "channels", "kernel is 0",
            "lr-schedule", "lr-factor is 0.0",
            "optimizer", "adam-epsilon is 0.0");
    assertThat(resumed.err()).contains(words.getOrDefault(key, key));
    assertThat(resumed.out()).isEmpty();
    assertThat(BadInput.content(run)).isEqualTo(before);
  }

  /** Fewer labels than the data has are a change of the configuration, not of the data. */
  @Test
  void fewerLabelsAreRefusedAsMoreAre() throws IOException {
    Path run = copy(once);
    set(run, "labels", Configs.JSON.readTree("\"0..8\""));

    Cli resumed = Cli.run("train", "--resume", run, "--epochs", "2");

    assertThat(resumed.code()).isNotZero();
    assertThat(resumed.err())
        .contains("has changed: labels is \"0..8\" and was \"0..9\"; put it back");
  }

  @Test
  void theSentenceNamesEachEntryWithBothValuesAndTheWayOut() throws IOException {
    Path run = copy(once);
    set(run, "lr", Configs.JSON.readTree("[0.05, 0.08]"));
    set(run, "seed", Configs.JSON.readTree("2"));

    Cli resumed = Cli.run("train", "--resume", run, "--epochs", "2");

    assertThat(resumed.err())
        .isEqualTo(
            "ep: The configuration of "
                + run
                + " has changed: lr is [0.05,0.08] and was [0.04,0.08], seed is 2 and was 1; put it"
                + " back, or go on with --accept-changed-config."
                + System.lineSeparator());
  }

  @Test
  void anAcceptedChangeIsNotedInTheModelAndAskedForOnce() throws IOException {
    Path run = copy(once);
    set(run, "lr", Configs.JSON.readTree("[0.05, 0.08]"));

    Cli resumed = Cli.ok("train", "--resume", run, "--epochs", "2", "--accept-changed-config");
    Cli.ok("train", "--quiet", "--resume", run, "--epochs", "3");

    assertThat(resumed.err()).contains("lr is [0.05,0.08] and was [0.04,0.08]. Accepted.");
    assertThat(model(run).notes())
        .containsEntry("changes", "from epoch 2, batch 1: lr is [0.05,0.08] and was [0.04,0.08]");
    assertThat(run.resolve("model.safetensors"))
        .binaryContent()
        .isNotEqualTo(Files.readAllBytes(twice.resolve("model.safetensors")));
    assertThat(model(twice).notes()).doesNotContainKey("changes");
  }

  @Test
  void acceptingGoesWithResumeOnly() {
    Cli fresh = Cli.run("train", Cli.SMALL, "--accept-changed-data", "--out", root.resolve("run"));

    assertThat(fresh.code()).isEqualTo(BadInput.USAGE);
    assertThat(fresh.err()).contains("go with --resume only");
    assertThat(root.resolve("run")).doesNotExist();
  }

  @Test
  void epochsGivenOnResumingAreRecorded() throws IOException {
    Path run = copy(once);

    Cli.ok("train", "--quiet", "--resume", run, "--epochs", "2");

    assertThat(config(run)).isEqualTo(config(twice));
    assertThat(run.resolve("model.safetensors"))
        .hasSameBinaryContentAs(twice.resolve("model.safetensors"));
    Cli fewer = Cli.run("train", "--quiet", "--resume", run, "--epochs", "1");
    assertThat(fewer.code()).isEqualTo(BadInput.USAGE);
    assertThat(fewer.err())
        .contains("epochs is 1, but " + run + " has 2 already; give at least as many.");
  }

  @Test
  void configurationsOfTrialsAreReadAndKept() throws IOException {
    Path run = root.resolve("run");
    Cli.ok("train", Cli.SMALL, "--epochs", "1", "--trials", "2", "--quiet", "--out", run);
    Path second = run.resolve("trial-2");
    String original = Files.readString(second.resolve("config.json"));
    set(second, "beta", Configs.JSON.readTree("0.2"));

    Cli refused = Cli.run("train", "--quiet", "--resume", run, "--epochs", "2");
    assertThat(refused.code()).isEqualTo(BadInput.FAILURE);
    assertThat(refused.errLines()).hasSize(1);
    assertThat(refused.err())
        .contains(second + "/config.json does not say what", "beta is 0.1 and was 0.2");

    Files.writeString(second.resolve("config.json"), original);
    Cli.ok("train", "--quiet", "--resume", run, "--epochs", "2");
    for (Path folder : List.of(run, run.resolve("trial-1"), second)) {
      assertThat(config(folder).get("epochs").asInt()).isEqualTo(2);
    }
    assertThat(config(second).get("seed").asInt()).isEqualTo(2);
    set(run, "seed", Configs.JSON.readTree("7"));
    assertThat(Cli.run("train", "--quiet", "--resume", run).err()).contains("seed is");
  }

  /** Checkpoints of older versions have no such notes, their configurations no such entries. */
  @Test
  void aRunOfAnOlderVersionGoesOnToTheSameBits() throws IOException {
    Path run = copy(once);
    Path file = run.resolve("checkpoint.safetensors");
    Model made = Model.read(file, KernelsSelector.kernels());
    Map<String, String> notes = new TreeMap<>(made.notes());
    notes.keySet().removeIf(key -> key.matches("config|metrics|data.*"));
    new Model(made.network(), made.steps(), notes).write(file);
    ObjectNode old = config(run);
    old.remove(List.of("dataPath", "dataSha256", "labels", "transpose"));
    Files.writeString(run.resolve("config.json"), old.toString());

    Cli resumed = Cli.ok("train", "--resume", run, "--epochs", "2");

    assertThat(resumed.err()).contains("was begun by an older version");
    assertThat(config(run)).isEqualTo(config(twice));
    for (String name : List.of("model.safetensors", "checkpoint.safetensors")) {
      assertThat(run.resolve(name)).hasSameBinaryContentAs(twice.resolve(name));
    }
  }

  private Path copy(Path run) throws IOException {
    return BadInput.copy(run, root.resolve("copy"));
  }

  private static ObjectNode config(Path run) {
    return (ObjectNode) Cli.json(run.resolve("config.json"));
  }

  private static void set(Path run, String key, JsonNode value) throws IOException {
    Files.writeString(run.resolve("config.json"), config(run).set(key, value).toString());
  }

  private static Model model(Path run) {
    return Model.read(run.resolve("model.safetensors"), KernelsSelector.kernels());
  }
}
