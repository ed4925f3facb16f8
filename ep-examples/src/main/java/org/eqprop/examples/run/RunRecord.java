package org.eqprop.examples.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eqprop.core.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * What the folder of a single run tells of it, read without opening it.
 *
 * @param config its configuration
 * @param metrics of the epochs done, oldest first
 * @param summary its result, or null if it is not done
 */
public record RunRecord(Config config, List<EpochMetrics> metrics, @Nullable RunSummary summary) {
  private static final List<String> FILES =
      List.of(Experiment.SUMMARY, "model.safetensors", Checkpoint.FILE);

  /** Copies the list. */
  public RunRecord {
    metrics = List.copyOf(metrics);
  }

  /**
   * Reads a run's folder.
   *
   * @return null if no run has begun there
   * @throws StoreException if a file is damaged
   */
  public static @Nullable RunRecord read(Path folder) {
    Path file = folder.resolve("config.json");
    if (!Files.exists(file)) {
      return null;
    }
    Config config = Configs.read(file);
    List<EpochMetrics> metrics = MetricsFiles.read(folder, config.epochs());
    boolean whole = FILES.stream().allMatch(name -> Files.isRegularFile(folder.resolve(name)));
    boolean over = metrics.size() == config.epochs() || config.keeping().isOver(metrics);
    boolean done = whole && over;
    return new RunRecord(config, metrics, done ? summary(folder) : null);
  }

  private static RunSummary summary(Path folder) {
    Path file = folder.resolve(Experiment.SUMMARY);
    try {
      RunSummary summary =
          Configs.JSON.readValue(TextFile.read(file, RunFolder.MOST_BYTES), RunSummary.class);
      if (summary != null) {
        return summary;
      }
    } catch (IOException thrown) {
      // Reported below.
    }
    throw new StoreException(
        "The file " + file + " is damaged; delete it, and the run's end writes it anew.");
  }

  /** Whether all epochs are done and saved. */
  public boolean isDone() {
    return summary != null;
  }
}
