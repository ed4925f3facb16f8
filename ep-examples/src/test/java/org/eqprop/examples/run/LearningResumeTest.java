package org.eqprop.examples.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.eqprop.core.StoreException;
import org.eqprop.core.settle.Context;
import org.eqprop.core.store.Safetensors;
import org.eqprop.examples.run.ResumeCheck.Accepted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run goes on to the same bits with each setting of learning, initial weights and poolings. */
class LearningResumeTest {
  private static final int EPOCHS = 3;

  /** In the second epoch, whose nine batches have the numbers 10 to 18. */
  private static final int MIDDLE = 13;

  @TempDir private Path root;

  private static Config config(String settings) {
    ObjectNode options = Configs.JSON.createObjectNode();
    options.put("epochs", EPOCHS).put("limit", 60).put("batch", 7).put("t", 8).put("k", 4);
    String[] words = settings.split(" ", -1);
    if (words[0].equals("p-conv")) {
      options.putArray("channels").add(5).add(3);
    } else {
      var sizes = options.putArray("hidden").add(13);
      if (words[0].endsWith("2h")) {
        sizes.add(11);
      }
    }
    for (int i = 1; i < words.length; i++) {
      String[] pair = words[i].split("=", -1);
      if (pair[0].equals("init-gain")) {
        var gains = options.putArray(pair[0]);
        List.of(pair[1].split(",", -1)).forEach(gain -> gains.add(Double.valueOf(gain)));
      } else if (pair[1].matches("[0-9]+")) {
        options.put(pair[0], Integer.parseInt(pair[1]));
      } else if (pair[1].matches("[0-9.e-]+")) {
        options.put(pair[0], Double.parseDouble(pair[1]));
      } else {
        options.put(pair[0], pair[1]);
      }
    }
    return Configs.resolve(words[0], null, options);
  }

  private static BooleanSupplier after(int batches) {
    int[] left = {batches};
    return () -> --left[0] <= 0;
  }

  private static boolean create(Path path, Config config, int threads, BooleanSupplier stop) {
    try (Context context = new Context(threads);
        Experiment experiment = Experiment.create(path, config, 1)) {
      return experiment.run(context, Watcher.SILENT, stop) != null;
    }
  }

  private static void resume(Path path, Accepted accepted) {
    try (Context context = new Context(2);
        Experiment experiment = Experiment.open(path, null, null, accepted)) {
      assertThat(experiment.run(context, Watcher.SILENT, () -> false)).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p-1h optimizer=sgd weight-decay=0.01",
        "p-1h optimizer=sgd weight-decay=0.01 decay=decoupled",
        "p-1h optimizer=momentum",
        "p-1h optimizer=momentum weight-decay=0.01 decay=decoupled",
        "p-1h optimizer=nesterov optimizer-momentum=0.8",
        "p-1h optimizer=adam",
        "p-1h optimizer=adam adam-beta1=0.8 adam-beta2=0.99 adam-epsilon=1e-6 weight-decay=0.01",
        "p-1h optimizer=adamw",
        "p-1h lr-schedule=step lr-step=0.5",
        "p-1h lr-schedule=exponential",
        "p-1h lr-schedule=cosine",
        "p-1h warm-up=2",
        "p-1h optimizer=adam lr-schedule=cosine warm-up=1 cost=cross-entropy",
        "eb-1h cost=cross-entropy optimizer=momentum",
        "p-2h untied=vector-field optimizer=nesterov",
        "p-2h untied=kolen-pollack weight-decay=0.001",
        "p-2h untied=vector-field method=bptt optimizer=adam cost=cross-entropy",
        "p-conv cost=cross-entropy optimizer=adamw lr-schedule=cosine",
        "p-conv untied=vector-field optimizer=adam mode=fast",
        "p-1h init=orthogonal init-gain=2,0.5",
        "p-2h init=glorot-uniform untied=vector-field cost=cross-entropy init-gain=1,1.5,2",
        "p-conv stride=2 pool-stride=1 pooling=average init=orthogonal",
        "p-conv stride=2 pool=1 mode=fast init=glorot-uniform optimizer=adam",
        "p-conv pooling=average pool-stride=1 method=bptt",
        "p-1h method=continual optimizer=adam lr-schedule=cosine estimate=random-sign",
        "p-1h method=continual cost=cross-entropy optimizer=momentum",
        "p-2h method=chl",
        "eb-1h method=coupled mode=fast",
        "p-2h method=rbp mode=fast cost=cross-entropy",
        "p-2h start=predicted optimizer=momentum",
        "p-2h start=predicted untied=kolen-pollack cost=cross-entropy",
        "p-conv start=predicted mode=fast",
        "eb-1h-2017 optimizer=sgd",
      })
  void goesOnToTheSameBits(String settings) {
    Config config = config(settings);
    Path whole = root.resolve("whole");
    assertThat(create(whole, config, 1, () -> false)).isTrue();
    Path run = root.resolve("run");
    assertThat(create(run, config, 1, after(MIDDLE))).isFalse();

    resume(run, Accepted.NOTHING);

    // The checkpoint has the metrics of all epochs, too.
    for (String file : List.of("model.safetensors", Checkpoint.FILE)) {
      assertThat(run.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"momentum", "nesterov", "adam", "adamw"})
  void whatAnOptimizerRemembersMatters(String optimizer) throws IOException {
    Config config = config("p-1h optimizer=" + optimizer);
    Path whole = root.resolve("whole");
    create(whole, config, 1, () -> false);
    Path run = root.resolve("run");
    create(run, config, 1, after(MIDDLE));

    forget(run.resolve(Checkpoint.FILE), false);
    resume(run, Accepted.NOTHING);

    assertThat(Safetensors.read(run.resolve("model.safetensors")).floats("weight.1"))
        .isNotEqualTo(Safetensors.read(whole.resolve("model.safetensors")).floats("weight.1"));
  }

  @Test
  void aCheckpointWithoutItIsRefused() throws IOException {
    Path run = root.resolve("run");
    create(run, config("p-1h optimizer=adam"), 1, after(MIDDLE));
    forget(run.resolve(Checkpoint.FILE), true);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> resume(run, Accepted.NOTHING))
        .withMessageContaining("has no state.mean.weight.0, which the optimizer needs to go on");
  }

  /** Has a checkpoint's optimizer remember nothing: zeros, or no tensors. */
  private static void forget(Path file, boolean altogether) throws IOException {
    Safetensors known = Safetensors.read(file);
    Safetensors without = new Safetensors();
    known.metadata().forEach(without.metadata()::put);
    without.metadata().remove(Safetensors.CHECKSUM);
    int forgotten = 0;
    for (String name : known.names()) {
      boolean state = name.startsWith("state.");
      forgotten += state ? 1 : 0;
      if (!state || !altogether) {
        float[] values = known.floats(name);
        without.put(name, known.shape(name), state ? new float[values.length] : values);
      }
    }
    assertThat(forgotten).isPositive();
    without.write(file);
  }

  @Test
  void checkpointsOfPlainDescentSayNothingNew() {
    Path run = root.resolve("run");
    create(run, config("p-1h"), 1, after(MIDDLE));
    Safetensors checkpoint = Safetensors.read(run.resolve(Checkpoint.FILE));

    assertThat(checkpoint.names())
        .containsExactlyInAnyOrder("weight.0", "bias.0", "weight.1", "bias.1");
    assertThat(checkpoint.metadata()).doesNotContainKeys("note.updates", "cost");
    assertThat(checkpoint.metadata().get("note.config"))
        .contains("\"lr\"")
        .doesNotContain(
            "optimizer", "cost", "lr-schedule", "adam", "decay", "warm-up", "untied", "init");
  }

  @Test
  void anotherOptimizerIsAnotherConfiguration() throws IOException {
    Path run = root.resolve("run");
    create(run, config("p-1h"), 1, after(MIDDLE));
    Path file = run.resolve("config.json");
    Files.writeString(
        file, Files.readString(file).replace("\"weight-decay\" : 0.0", "\"weight-decay\" : 0.5"));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> resume(run, Accepted.NOTHING))
        .withMessageContaining("weight-decay is 0.5 and was 0.0");
    resume(run, new Accepted(true, false));
  }
}
