package org.eqprop.examples.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eqprop.core.StoreException;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.learn.Starts;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.settle.Context;
import org.eqprop.core.store.Safetensors;
import org.eqprop.examples.run.ResumeCheck.Accepted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs whose free phases start at the samples' last steady states go on with these. */
class ResumeStartsTest {
  @TempDir Path root;

  private static Config warm(Config config) {
    return Configs.withAll(config, Map.of("start", "previous"));
  }

  private static Config warm(String preset, String method, boolean fast) {
    Config config = ResumeTest.config(preset, "one-sided").withMethod(method);
    return warm(fast ? ResumeTest.fast(config) : config);
  }

  @ParameterizedTest
  @CsvSource({
    "p-2h, ep, false",
    "p-2h, ep, true",
    "p-2h, bptt, true",
    "eb-1h, ep, true",
    "eb-1h, bptt, false",
    "p-conv, ep, false",
    "p-conv, ep, true",
    "p-conv, bptt, false",
  })
  void stoppedAgainAndAgain(String preset, String method, boolean fast) throws IOException {
    Config config = warm(preset, method, fast);
    Path whole = root.resolve("whole");
    Path run = root.resolve("run");
    ResumeTest.train(whole, config);

    RunSummary summary = ResumeTest.create(run, config, 1, new ResumeTest.StopAfter(4));
    for (int starts = 1; summary == null && starts < 20; starts++) {
      summary = ResumeTest.resume(run, null, new ResumeTest.StopAfter(4));
    }

    assertThat(summary).isNotNull();
    ResumeTest.assertSameRun(run, whole);
    Path zero = root.resolve("zero");
    ResumeTest.train(zero, Configs.withAll(config, Map.of("start", "zero")));
    assertThat(run.resolve("model.safetensors"))
        .satisfies(
            model ->
                assertThat(weights(model))
                    .isNotEqualTo(weights(zero.resolve("model.safetensors"))));
  }

  private static List<Float> weights(Path model) {
    float[] values = Safetensors.read(model).floats("weight.0");
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  @Test
  void killedWithACheckpointAfterEachBatch() throws IOException {
    Config config = warm("p-2h", "ep", true);
    Path whole = root.resolve("whole");
    Path run = root.resolve("run");
    ResumeTest.train(whole, config);
    Experiment.create(run, config, 1).close();

    for (int batches : List.of(1, 2, 8, 3, 5)) {
      assertThat(ResumeTest.runIn(run, Duration.ZERO, ResumeTest.killAfter(batches))).isFalse();
    }

    assertThat(ResumeTest.runIn(run, Duration.ZERO, Watcher.SILENT)).isTrue();
    ResumeTest.assertSameRun(run, whole);
  }

  @Test
  void aRunThatStartedAtZeroHasNoStates() throws IOException {
    Config config = ResumeTest.config("p-2h", "one-sided");
    Path run = root.resolve("run");
    ResumeTest.create(run, config, 1, new ResumeTest.StopAfter(4));
    Path file = run.resolve("config.json");
    String text = Files.readString(file);
    Files.writeString(file, text.replace("\"start\" : \"zero\"", "\"start\" : \"previous\""));

    try (Context context = new Context(1);
        Experiment experiment = Experiment.open(run, null, null, new Accepted(true, false))) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> experiment.run(context, Watcher.SILENT, () -> false))
          .withMessage(
              "The file "
                  + run.resolve(Checkpoint.FILE)
                  + " has no state.start.0, where free phases start; start a new run, or go on with"
                  + " start = zero.");
    }
  }

  /** The states are in memory twice while they are written. */
  @Test
  void whatDoesNotFitIntoMemoryIsRefusedBefore() {
    Network network =
        Network.chain(
            new Prototypical(1, Prototypical.Nudge.OUTSIDE), Activation.TANH, 10, 512, 784);
    Context context = new Context(1);
    context.close(); // neither needs it
    assertThat(StartType.ZERO.starts(network, context, 1, 1_000_000_000)).isEqualTo(Starts.ZERO);
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> StartType.PREVIOUS.starts(network, context, 1, 10_000_000))
        .withMessageStartingWith(
            "start is previous, and the steady states of 10000000 training samples take 21120 MB;"
                + " at most ")
        .withMessageContaining(" MB are kept")
        .withMessageEndingWith("give a smaller limit, or more memory, as in EP_JAVA_OPTS=-Xmx8g.");
  }
}
