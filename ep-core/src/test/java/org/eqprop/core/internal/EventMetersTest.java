package org.eqprop.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.eqprop.core.data.Digits;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.train.Training;
import org.junit.jupiter.api.Test;

class EventMetersTest {
  @Test
  void eventsReachTheMeters() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    int samples = Digits.train().size();
    try (EventMeters meters = new EventMeters(registry)) {
      assertThat(meters).isNotNull();
      Predictor predictor =
          Training.of(PaperNet.P_1H).hidden(16).epochs(1).fit(Digits.train()).predictor();
      for (int i = 0; i < 25; i++) {
        predictor.predict(new float[64]);
      }
    }
    assertThat(registry.timer("eqprop.prediction").count()).isEqualTo(25);
    assertThat(registry.timer("eqprop.prediction").totalTime(TimeUnit.NANOSECONDS)).isPositive();
    assertThat(registry.summary("eqprop.prediction.steps").mean()).isBetween(1d, 30d);
    assertThat(registry.counter("eqprop.training.samples").count()).isEqualTo(samples);
    assertThat(registry.timer("eqprop.training.batch").count()).isEqualTo((samples + 19) / 20);
    assertThat(registry.summary("eqprop.training.loss").mean()).isBetween(0.01, 5d);
  }
}
