package org.eqprop.examples.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.eqprop.core.StoreException;
import org.eqprop.core.settle.Context;
import org.eqprop.examples.data.Datasets;
import org.eqprop.examples.data.FoundData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Clocks that step backwards, and folders that cannot be written. */
class StopwatchTest {
  @Test
  void stepsBackwardsCountAsNoTime() {
    AtomicLong clock = new AtomicLong(1000);
    Stopwatch watch = new Stopwatch(clock::get);
    List<Long> seen = new ArrayList<>();
    for (long now : new long[] {1000, 1300, 200, 250, -700, -700, 300}) {
      clock.set(now);
      seen.add(watch.nanos());
    }
    assertThat(seen).containsExactly(0L, 300L, 300L, 350L, 350L, 350L, 1350L);
  }

  @Test
  void itRunsByTheClockOfTheJvm() throws InterruptedException {
    Stopwatch watch = new Stopwatch();
    Thread.sleep(20);
    assertThat(watch.nanos()).isGreaterThan(10_000_000);
  }

  @Test
  void aTrainingRunHasNoNegativeTimes(@TempDir Path root) {
    ObjectNode options = Configs.JSON.createObjectNode();
    options.put("epochs", 2).put("limit", 60).put("t", 4).put("k", 2);
    options.putArray("hidden").add(13);
    Config config = Configs.resolve("p-1h", null, options);
    Path path = root.resolve("run");
    Experiment.create(path, config, 1).close();
    try (Context context = new Context(1);
        RunFolder folder = RunFolder.open(path)) {
      FoundData data = new Datasets().find("digits", null);
      TrainingRun run =
          new TrainingRun(folder, config, 2, data, context, Watcher.SILENT, () -> false);
      AtomicLong clock = new AtomicLong();
      run.clock(() -> clock.addAndGet(-1_000_000_000));
      assertThat(run.run()).isTrue();
      assertThat(run.metrics()).hasSize(2);
      for (EpochMetrics line : run.metrics()) {
        assertThat(line.seconds()).isZero();
        assertThat(line.samplesPerSecond()).isPositive().isFinite();
      }
    }
  }

  @Test
  void aFolderThatCanBeWrittenStaysAsItWas(@TempDir Path folder) {
    Folders.requireWritable(folder);
    assertThat(folder).isEmptyDirectory();
  }

  /** Nobody can make files there, not even the administrator. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFolderThatCannotBeWrittenIsSaidBeforeTheWork() {
    Path folder = Path.of("/proc/self");
    assertThat(Files.isDirectory(folder)).isTrue();
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Folders.requireWritable(folder))
        .withMessageStartingWith("Cannot write to the folder /proc/self (")
        .withMessageEndingWith("); make it writable, or choose another one.");
  }
}
