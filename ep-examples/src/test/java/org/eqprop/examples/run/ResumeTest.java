package org.eqprop.examples.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.eqprop.core.internal.file.AtomicFiles;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.settle.Context;
import org.eqprop.core.store.Model;
import org.eqprop.examples.data.Datasets;
import org.eqprop.examples.data.FoundData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that was stopped or killed, and resumed, leaves the same files as one that was not. */
class ResumeTest {
  /** 60 samples in batches of 7: nine batches an epoch, the last one short. */
  static final int BATCHES = 9;

  private static final int EPOCHS = 3;

  @TempDir Path root;
  private Path whole;

  @BeforeEach
  void nameTheRunWithoutInterruption() {
    whole = root.resolve("whole");
  }

  private static boolean never() {
    return false;
  }

  /** What a kill leaves: nothing after it is run. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8, 9, 10, 14, 26, 27})
  void stoppedOnceAfterAnyBatch(int batches) throws IOException {
    Path run = root.resolve("run");
    Config config = config("p-1h", "one-sided");
    train(whole, config);

    boolean complete = create(run, config, 1, new StopAfter(batches)) != null;
    if (batches < BATCHES * EPOCHS) {
      assertThat(complete).isFalse();
      assertThat(position(run)).isEqualTo((batches / BATCHES) + "/" + batches % BATCHES);
      complete = resume(run, null, ResumeTest::never) != null;
    }

    assertThat(complete).isTrue();
    assertSameRun(run, whole);
  }

  /** The sign of β is drawn for each update, so it has to be taken up again too. */
  @ParameterizedTest
  @CsvSource({
    "p-1h, random-sign, 1",
    "p-1h, centered, 4",
    "p-2h, one-sided, 2",
    "eb-1h, random-sign, 4",
    "eb-2h, one-sided, 7",
    "p-conv, one-sided, 3"
  })
  void stoppedAgainAndAgain(String preset, String estimate, int every) throws IOException {
    assertStoppedAgainAndAgain(config(preset, estimate), every);
  }

  @ParameterizedTest
  @ValueSource(strings = {"p-2h", "eb-1h", "p-conv"})
  void stoppedAgainAndAgainInModeFast(String preset) throws IOException {
    assertStoppedAgainAndAgain(fast(config(preset, "one-sided")), 2);
  }

  private void assertStoppedAgainAndAgain(Config config, int every) throws IOException {
    Path run = root.resolve("run");
    train(whole, config);

    int starts = 1;
    RunSummary summary = create(run, config, 1, new StopAfter(every));
    while (summary == null && starts < BATCHES * EPOCHS) {
      summary = resume(run, null, new StopAfter(every));
      starts++;
    }

    assertThat(summary).isNotNull();
    assertThat(starts).isEqualTo((BATCHES * EPOCHS + every - 1) / every);
    assertSameRun(run, whole);
  }

  @Test
  void killedAtAnyBatchWithoutACheckpointWithinTheEpoch() throws IOException {
    assertKilledRunGoesOn(Duration.ofDays(1), List.of(1, 8, 9, 13, 1, 12, 9));
  }

  @Test
  void killedAtAnyBatchWithACheckpointAfterEach() throws IOException {
    assertKilledRunGoesOn(Duration.ZERO, List.of(1, 2, 8, 3, 5, 1, 4));
  }

  @Test
  void stoppedWithinATrial() throws IOException {
    Config config = config("p-1h", "one-sided");
    create(whole, config, 2, ResumeTest::never);
    Path run = root.resolve("run");

    assertThat(create(run, config, 2, new StopAfter(BATCHES * EPOCHS - 1 + 4))).isNull();
    assertThat(position(run.resolve("trial-1"))).isEqualTo(EPOCHS + "/0");
    assertThat(position(run.resolve("trial-2"))).isEqualTo("0/4");
    RunSummary summary = resume(run, null, ResumeTest::never);

    assertThat(summary).isNotNull();
    assertThat(summary.trials()).hasSize(2);
    assertSameRun(run.resolve("trial-1"), whole.resolve("trial-1"));
    assertSameRun(run.resolve("trial-2"), whole.resolve("trial-2"));
  }

  @Test
  void fewerEpochsThanTheRunWasToHaveAreSaid() {
    Path run = root.resolve("run");
    create(run, config("p-1h", "one-sided"), 1, new StopAfter(2));
    try (Experiment fewer = Experiment.open(run, EPOCHS - 1)) {
      assertThat(fewer.remarks())
          .containsExactly(
              "The run was to have " + EPOCHS + " epochs; it ends after " + (EPOCHS - 1) + ".");
    }
    try (Experiment same = Experiment.open(run, EPOCHS)) {
      assertThat(same.remarks()).isEmpty();
    }
  }

  @Test
  void resumingACompleteRunChangesNothing() throws IOException {
    Config config = config("p-1h", "one-sided");
    train(whole, config);
    Map<String, String> before = content(whole);

    RunSummary again = resume(whole, null, ResumeTest::never);

    assertThat(again).isNotNull();
    assertThat(again.epochs()).isEqualTo(EPOCHS);
    assertThat(content(whole)).isEqualTo(before);
  }

  @Test
  void moreEpochsThanConfiguredAreAsIfConfiguredSo() throws IOException {
    train(whole, config("p-1h", "one-sided"));
    Path run = root.resolve("run");
    Config shorter = config("p-1h", "one-sided", 1);
    train(run, shorter);

    assertThat(resume(run, EPOCHS, new StopAfter(12))).isNull();
    RunSummary summary = resume(run, EPOCHS, ResumeTest::never);

    assertThat(summary).isNotNull();
    assertThat(summary.epochs()).isEqualTo(EPOCHS);
    assertSameRun(run, whole);
  }

  @Test
  void aRunKilledBeforeItsFirstCheckpointStartsAnew() throws IOException {
    Config config = config("p-1h", "one-sided");
    train(whole, config);
    Path run = root.resolve("run");
    Files.createDirectories(run);
    Files.copy(whole.resolve("config.json"), run.resolve("config.json"));
    Files.write(run.resolve("checkpoint.safetensors.part"), new byte[1000]);

    resume(run, null, ResumeTest::never);

    assertSameRun(run, whole);
  }

  /** A trial that was killed between its lock and its configuration. */
  @Test
  void aFolderKilledBeforeItsConfigurationIsTakenUp() throws IOException {
    Config config = config("p-1h", "one-sided");
    train(whole, config);
    Path run = root.resolve("run");
    Files.createDirectories(run);
    Files.createFile(run.resolve(".lock"));
    Files.writeString(run.resolve("config.json.part"), "{");
    Files.writeString(AtomicFiles.beside(run.resolve("config.json")), "{");

    train(run, config);

    assertSameRun(run, whole);
  }

  @Test
  void aRunThatIsBeingTrainedIsRefused() {
    Path run = root.resolve("run");
    try (Experiment first = Experiment.create(run, config("p-1h", "one-sided"), 1)) {
      assertThat(first.path()).isEqualTo(run);
      assertThatExceptionOfType(UsageException.class)
          .isThrownBy(() -> Experiment.open(run, null))
          .withMessage(
              "The run "
                  + run
                  + " is being trained by another process; wait until it ends, or stop it.");
    }
    Experiment.open(run, null).close();
  }

  private void assertKilledRunGoesOn(Duration checkpoints, List<Integer> kills) throws IOException {
    Config config = config("p-1h", "random-sign");
    train(whole, config);
    Path run = root.resolve("run");
    Experiment.create(run, config, 1).close();

    for (int batches : kills) {
      assertThat(runIn(run, checkpoints, killAfter(batches))).isFalse();
    }

    assertThat(runIn(run, checkpoints, Watcher.SILENT)).isTrue();
    assertSameRun(run, whole);
  }

  /** Trains in the folder as far as the watcher lets it. */
  static boolean runIn(Path path, Duration checkpoints, Watcher watcher) {
    FoundData data = new Datasets().find("digits", null);
    try (Context context = new Context(2);
        RunFolder folder = RunFolder.open(path)) {
      Config config = folder.config();
      TrainingRun run =
          new TrainingRun(
              folder, config, config.epochs(), data, context, watcher, ResumeTest::never);
      run.checkpointEvery(checkpoints);
      return run.run();
    } catch (Killed killed) {
      return false;
    }
  }

  static Watcher killAfter(int batches) {
    return new Watcher() {
      private int left = batches;

      @Override
      public void progress(long samples, double error) {
        if (--left == 0) {
          throw new Killed();
        }
      }
    };
  }

  /** Asks to stop once so many batches are done. */
  static final class StopAfter implements BooleanSupplier {
    private int left;

    StopAfter(int batches) {
      left = batches;
    }

    @Override
    public boolean getAsBoolean() {
      left--;
      return left <= 0;
    }
  }

  static Config config(String preset, String estimate) {
    return config(preset, estimate, EPOCHS);
  }

  private static Config config(String preset, String estimate, int epochs) {
    ObjectNode options = Configs.JSON.createObjectNode();
    options.put("estimate", estimate).put("epochs", epochs);
    options.put("limit", 60).put("batch", 7).put("t", 8).put("k", 4);
    Config own = Preset.named(preset).config(Convention.PAPER, ModeType.EXACT, "digits");
    var sizes = options.putArray("hidden");
    for (int n = 0; n < own.hidden().size(); n++) {
      sizes.add(13 + n);
    }
    if (!own.convolutions().isEmpty()) {
      options.putArray("channels").add(5).add(3);
    }
    return Configs.resolve(preset, null, options);
  }

  static Config fast(Config config) {
    return Configs.withAll(
        config, Map.of("solver", "alternating", "schedule", "alternating", "tolerance", 0.02));
  }

  static void train(Path path, Config config) {
    assertThat(create(path, config, 1, ResumeTest::never)).isNotNull();
  }

  static @Nullable RunSummary create(Path path, Config config, int trials, BooleanSupplier stop) {
    try (Context context = new Context(1);
        Experiment experiment = Experiment.create(path, config, trials)) {
      return only(experiment.run(context, Watcher.SILENT, stop));
    }
  }

  static @Nullable RunSummary resume(Path path, @Nullable Integer epochs, BooleanSupplier stop) {
    try (Context context = new Context(2);
        Experiment experiment = Experiment.open(path, epochs)) {
      return only(experiment.run(context, Watcher.SILENT, stop));
    }
  }

  private static @Nullable RunSummary only(@Nullable List<RunSummary> summaries) {
    return summaries == null ? null : summaries.get(0);
  }

  /** Epochs and batches done, by the checkpoint. */
  private static String position(Path run) {
    Map<String, String> notes =
        Model.read(run.resolve(Checkpoint.FILE), KernelsSelector.kernels()).notes();
    return notes.get("epoch") + "/" + notes.get("batch");
  }

  static void assertSameRun(Path actual, Path expected) throws IOException {
    for (String file : List.of("model.safetensors", Checkpoint.FILE)) {
      assertThat(actual.resolve(file)).hasSameBinaryContentAs(expected.resolve(file));
    }
    for (String file : List.of("metrics.csv", "metrics.jsonl")) {
      assertThat(timeless(actual.resolve(file))).isEqualTo(timeless(expected.resolve(file)));
    }
  }

  /** Lines without the two values that tell the time. */
  private static List<String> timeless(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> line.replaceAll(",[^,]*,[^,]*$", ""))
        .toList();
  }

  private static Map<String, String> content(Path run) throws IOException {
    return Map.of(
        "model", hex(run.resolve("model.safetensors")),
        "checkpoint", hex(run.resolve(Checkpoint.FILE)),
        "config", hex(run.resolve("config.json")),
        "metrics", hex(run.resolve("metrics.csv")),
        "lines", hex(run.resolve("metrics.jsonl")));
  }

  private static String hex(Path file) throws IOException {
    return HexFormat.of().formatHex(Files.readAllBytes(file));
  }
}
