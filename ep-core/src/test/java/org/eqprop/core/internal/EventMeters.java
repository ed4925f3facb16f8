package org.eqprop.core.internal;

import io.micrometer.core.instrument.MeterRegistry;
import jdk.jfr.consumer.RecordingStream;

/**
 * An example to copy: hands the library's events on to meters of Micrometer, from where Prometheus
 * and others have them. Make one when the program starts, and close it at its end.
 *
 * <p>An event reaches its meter about a second later. Prediction and training do not wait for it.
 */
final class EventMeters implements AutoCloseable {
  private final RecordingStream stream = new RecordingStream();

  EventMeters(MeterRegistry registry) {
    stream.enable("org.eqprop.Prediction").withoutThreshold();
    stream.enable("org.eqprop.TrainingBatch").withoutThreshold();
    stream.onEvent(
        "org.eqprop.Prediction",
        event -> {
          registry.timer("eqprop.prediction").record(event.getDuration());
          registry.summary("eqprop.prediction.steps").record(event.getDouble("steps"));
        });
    stream.onEvent(
        "org.eqprop.TrainingBatch",
        event -> {
          registry.timer("eqprop.training.batch").record(event.getDuration());
          registry.counter("eqprop.training.samples").increment(event.getInt("samples"));
          registry.summary("eqprop.training.loss").record(event.getDouble("loss"));
        });
    stream.startAsync();
  }

  @Override
  public void close() {
    stream.stop(); // waits for what was recorded so far
    stream.close();
  }
}
