package org.eqprop.examples.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkpoints that take long to write are written seldom, and as often as asked for otherwise. */
class CheckpointIntervalTest {
  @ParameterizedTest
  @CsvSource({"20000, 0, 20000", "20000, 600, 20000", "20000, 1800, 60000", "0, 60000, 0"})
  void theIntervalGrowsWithTheTimeOfWriting(long usual, long took, long interval) {
    long nanos =
        TrainingRun.interval(
            TimeUnit.MILLISECONDS.toNanos(usual), TimeUnit.MILLISECONDS.toNanos(took));
    assertThat(TimeUnit.NANOSECONDS.toMillis(nanos)).isEqualTo(interval);
  }
}
