package org.eqprop.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.eqprop.core.data.Digits;
import org.eqprop.core.internal.event.Events;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.LivePredictor;
import org.eqprop.core.learn.PredictorBuilder;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.store.Model;
import org.eqprop.core.train.OnlineTraining;
import org.eqprop.core.train.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {
  @TempDir private Path folder;

  @Test
  void predictionsBatchesAndKernelsAreRecorded() throws Exception {
    Training training = Training.of(PaperNet.P_1H).hidden(16).epochs(1).threads(1);
    float[] input = new float[64];
    Digits.train().copyInput(0, input, 0);
    Path file = folder.resolve("events.jfr");
    int batches = (Digits.train().size() + 19) / 20;
    try (Recording recording = new Recording()) {
      for (String name : List.of("Prediction", "TrainingBatch", "KernelChoice")) {
        recording.enable("org.eqprop." + name).withoutThreshold();
      }
      recording.start();
      Model model = training.fit(Digits.train());
      var predictor = model.predictor();
      predictor.predict(input);
      new LivePredictor(model.predictors(), 2).publish(model.predictors());
      new PredictorBuilder(model.network(), 1, model.settling()).build().warmUp();
      model.predictors().batch().predict(new float[7 * 64], 7, new int[7]);
      try (OnlineTraining online = training.online(64, 10)) {
        online.learn(input, Digits.train().label(0));
      }
      recording.stop();
      recording.dump(file);
    }
    Map<String, List<RecordedEvent>> events =
        RecordingFile.readAllEvents(file).stream()
            .collect(Collectors.groupingBy(event -> event.getEventType().getName()));
    List<RecordedEvent> predictions = events.get("org.eqprop.Prediction");
    assertThat(predictions).hasSize(2);
    assertThat(values(predictions, event -> event.getInt("samples"))).containsExactly(1, 7);
    assertThat(predictions)
        .allSatisfy(
            event -> {
              assertThat(event.getDouble("steps")).isBetween(1d, 30d);
              assertThat(event.getFloat("residual")).isBetween(0f, 1f);
              assertThat(event.getString("kernels")).isEqualTo(KernelsSelector.kernels().name());
              assertThat(event.getDuration().toNanos()).isPositive();
            });
    List<RecordedEvent> learned = events.get("org.eqprop.TrainingBatch");
    assertThat(learned).hasSize(batches + 1);
    assertThat(learned.stream().mapToInt(event -> event.getInt("samples")).sum())
        .isEqualTo(Digits.train().size() + 1);
    assertThat(learned)
        .allSatisfy(
            event -> {
              assertThat(event.getDouble("loss")).isBetween(0d, 10d);
              assertThat(event.getInt("errors")).isBetween(0, 20);
              assertThat(event.getString("kernels")).isEqualTo(KernelsSelector.kernels().name());
            });
    assertThat(learned.getFirst().getInt("errors")).isPositive();
    assertThat(
            values(
                events.get("org.eqprop.KernelChoice"),
                event -> event.getString("user") + " " + event.getString("kernels")))
        .contains(
            "training " + KernelsSelector.kernels().name(),
            "prediction " + KernelsSelector.kernels().name());
  }

  private static <T> List<T> values(List<RecordedEvent> events, Function<RecordedEvent, T> value) {
    return events.stream().map(value).toList();
  }

  @Test
  void nothingBeginsWhileNobodyRecords() {
    assertThat(Events.predictions("any").begin()).isNull();
    assertThat(Events.batches("any").begin()).isNull();
  }
}
