package org.eqprop.examples.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.eqprop.core.settle.Context;
import org.eqprop.examples.data.Datasets;
import org.eqprop.examples.data.TrainTest;
import org.jspecify.annotations.Nullable;

/**
 * One training run, or several trials of it; with the method {@code both} the same with equilibrium
 * propagation and with backpropagation through time, in folders {@code ep} and {@code bptt} of one
 * folder, from the same initial weights through the same batches. Can be stopped and taken up again
 * as a whole.
 */
public final class Experiment implements AutoCloseable {
  private final RunFolder folder;
  private final Config config;
  private final int trials;
  private final int epochs;
  private final TrainTest data;

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
      Trials.describe(folder, config, trials);
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
      return new Experiment(folder, config, Trials.count(folder), all, data);
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
   * @return a summary for each method, or null if it was stopped before the end
   */
  public @Nullable List<RunSummary> run(Context context, Watcher watcher, BooleanSupplier stop) {
    if (config.methods().size() == 1) {
      Trials only = new Trials(folder, config, trials, epochs, data);
      List<List<EpochMetrics>> metrics = only.run(context, watcher, stop);
      return metrics == null ? null : List.of(only.summary(metrics));
    }
    Map<String, List<List<EpochMetrics>>> metrics = new LinkedHashMap<>();
    List<RunSummary> summaries = new ArrayList<>();
    for (String method : config.methods()) {
      watcher.methodStarted(method);
      Config own = config.withMethod(method);
      try (RunFolder place = Trials.subfolder(folder, method, own, trials)) {
        Trials some = new Trials(place, own, trials, epochs, data);
        List<List<EpochMetrics>> found = some.run(context, watcher, stop);
        if (found == null) {
          return null;
        }
        metrics.put(method, found);
        summaries.add(some.summary(found));
      }
      Curves.compare(
          folder.path(), config.preset() + " on " + config.data(), metrics, watcher::complaint);
    }
    folder.writeJson("summary.json", summaries);
    return List.copyOf(summaries);
  }

  @Override
  public void close() {
    folder.close();
  }
}
