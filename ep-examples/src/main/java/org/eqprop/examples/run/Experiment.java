package org.eqprop.examples.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.eqprop.core.relax.Context;
import org.eqprop.examples.data.Datasets;
import org.eqprop.examples.data.TrainTest;
import org.jspecify.annotations.Nullable;

/**
 * One training run, or several trials of it with seeds of their own in folders {@code trial-1},
 * {@code trial-2}, … of one folder. Can be stopped and taken up again as a whole.
 */
public final class Experiment implements AutoCloseable {
  private static final String TRIALS = "trials.json";

  private final RunFolder folder;
  private final Config config;
  private final int trials;
  private final int epochs;
  private final TrainTest data;

  /** What a folder of several trials remembers beside the configuration of the first. */
  record Trials(int trials) {}

  private Experiment(RunFolder folder, Config config, int trials, int epochs, TrainTest data) {
    this.folder = folder;
    this.config = config;
    this.trials = trials;
    this.epochs = epochs;
    this.data = data;
  }

  /**
   * A new experiment; its data is read and its network made first, so that nothing is created if
   * that fails.
   *
   * @param out the folder, or null for the next free one in {@code runs}
   */
  public static Experiment create(@Nullable Path out, Config config, int trials) {
    TrainTest data = new Datasets().load(config.data());
    TrainingRun.check(config, data);
    TrainingRun.network(config, data.train());
    Path path = out == null ? RunFolder.next(Path.of("runs"), name(config)) : out;
    RunFolder folder = RunFolder.create(path);
    try {
      if (trials > 1) {
        folder.writeJson(TRIALS, new Trials(trials));
      }
      folder.writeConfig(config);
    } catch (RuntimeException thrown) {
      folder.close();
      throw thrown;
    }
    return new Experiment(folder, config, trials, config.epochs(), data);
  }

  /**
   * An experiment that exists.
   *
   * @param epochs to train in all, or null for as many as configured
   */
  public static Experiment open(Path path, @Nullable Integer epochs) {
    RunFolder folder = RunFolder.open(path);
    try {
      Config config = folder.config();
      int all = epochs == null ? config.epochs() : epochs;
      if (all < 1) {
        throw new UsageException("epochs is " + all + "; it must be at least 1.");
      }
      TrainTest data = new Datasets().load(config.data());
      int trials =
          Files.exists(folder.file(TRIALS)) ? folder.readJson(TRIALS, Trials.class).trials() : 1;
      return new Experiment(folder, config, trials, all, data);
    } catch (RuntimeException thrown) {
      folder.close();
      throw thrown;
    }
  }

  private static String name(Config config) {
    Path last = Path.of(config.data()).getFileName();
    return config.preset() + "-" + (last == null ? "data" : last.toString());
  }

  /** Where it is. */
  public Path path() {
    return folder.path();
  }

  /** The configuration of the first trial. */
  public Config config() {
    return config;
  }

  /** Number of trials. */
  public int trials() {
    return trials;
  }

  /** Epochs to train in all. */
  public int epochs() {
    return epochs;
  }

  /** The data. */
  public TrainTest data() {
    return data;
  }

  /**
   * Trains what is left to train.
   *
   * @return the summary, or null if it was stopped before the end
   */
  public @Nullable RunSummary run(Context context, Watcher watcher, BooleanSupplier stop) {
    List<EpochMetrics> last = new ArrayList<>();
    for (int trial = 0; trial < trials; trial++) {
      watcher.trialStarted(trial, trials);
      Config own = config.withSeed(config.seed() + trial);
      RunFolder place = trials == 1 ? folder : trialFolder(trial, own);
      try {
        TrainingRun run = new TrainingRun(place, own, epochs, data, context, watcher, stop);
        boolean complete = run.run();
        if (!run.metrics().isEmpty()) {
          Curves.write(place.path(), title(own), run.metrics(), watcher::complaint);
        }
        if (!complete) {
          return null;
        }
        last.add(run.metrics().get(run.metrics().size() - 1));
      } finally {
        if (place != folder) {
          place.close();
        }
      }
    }
    RunSummary summary = RunSummary.of(folder.path().toString(), config, last);
    folder.writeJson("summary.json", summary);
    return summary;
  }

  private RunFolder trialFolder(int trial, Config own) {
    Path path = folder.file("trial-" + (trial + 1));
    if (Files.exists(path.resolve("config.json"))) {
      return RunFolder.open(path);
    }
    RunFolder created = RunFolder.create(path);
    created.writeConfig(own);
    return created;
  }

  private static String title(Config config) {
    return config.preset() + " on " + config.data() + ", " + config.method();
  }

  @Override
  public void close() {
    folder.close();
  }
}
