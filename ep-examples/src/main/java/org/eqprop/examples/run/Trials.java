package org.eqprop.examples.run;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eqprop.core.StoreException;
import org.eqprop.core.settle.Context;
import org.eqprop.examples.data.FoundData;
import org.eqprop.examples.report.Drawings;
import org.jspecify.annotations.Nullable;

/**
 * One training run in a folder, or several trials of it with seeds of their own in folders {@code
 * trial-1}, {@code trial-2}, … of that folder.
 */
final class Trials {
  /** Trials that a run has at most. */
  static final int MOST = 10_000;

  private static final String FILE = "trials.json";

  /** What a folder of several trials remembers beside the configuration of the first. */
  record Count(int trials) {}

  private final RunFolder folder;
  private final Config config;
  private final int count;
  private final int epochs;
  private final FoundData data;
  private final List<Warning> warnings = new ArrayList<>();
  private final List<Validated> validated = new ArrayList<>();

  Trials(RunFolder folder, Config config, int count, int epochs, FoundData data) {
    this.folder = folder;
    this.config = config;
    this.count = count;
    this.epochs = epochs;
    this.data = data;
  }

  /**
   * Trains what is left to train.
   *
   * @param figures is given the picture of each trial, to be drawn when all else is done
   * @return the metrics of each trial, or null if it was stopped before the end
   */
  @Nullable List<List<EpochMetrics>> run(
      Context context, Watcher watcher, BooleanSupplier stop, List<Consumer<Drawings>> figures) {
    List<List<EpochMetrics>> all = new ArrayList<>();
    for (int trial = 0; trial < count; trial++) {
      watcher.trialStarted(trial, count);
      Config own = config.withSeed(config.seed() + trial);
      RunFolder place = count == 1 ? folder : subfolder(folder, "trial-" + (trial + 1), own, 1);
      try {
        TrainingRun run = new TrainingRun(place, own, epochs, data, context, watcher, stop);
        figures.add(drawings -> draw(drawings, place, run));
        if (!run.run()) {
          return null;
        }
        all.add(run.metrics());
        Validated measured = run.validated(context);
        if (measured != null) {
          validated.add(measured);
        }
        warn(trial, run.warnings());
      } finally {
        if (place != folder) {
          place.close();
        }
      }
    }
    return all;
  }

  private void draw(Drawings drawings, RunFolder place, TrainingRun run) {
    if (!run.metrics().isEmpty()) {
      drawings.write(
          place.path(),
          Curves.NAME,
          () -> Curves.of(title(), run.metrics(), drawings.style().errorAxis()));
    }
    GradientFile gradients = run.gradients();
    if (gradients != null && !gradients.isEmpty()) {
      drawings.write(place.path(), GradientFile.NAME, () -> gradients.figure(title()));
    }
  }

  private void warn(int trial, List<Warning> found) {
    String where = count == 1 ? "" : "Trial " + (trial + 1) + ": ";
    found.forEach(w -> warnings.add(new Warning(w.kind(), where + w.sentence())));
  }

  /** What came out of all trials. */
  RunSummary summary(List<List<EpochMetrics>> metrics) {
    List<EpochMetrics> last = metrics.stream().map(m -> m.get(m.size() - 1)).toList();
    return RunSummary.of(folder.path().toString(), config, last, warnings, validated);
  }

  /**
   * Number of trials that a folder was created for.
   *
   * @throws StoreException if the folder does not say a number from 1 to {@value #MOST}
   */
  static int count(RunFolder folder) {
    if (!Files.exists(folder.file(FILE))) {
      return 1;
    }
    int trials = folder.readJson(FILE, Count.class).trials();
    if (trials < 1 || trials > MOST) {
      throw new StoreException(
          "The file "
              + folder.file(FILE)
              + " says "
              + trials
              + " trials; it must be from 1 to "
              + MOST
              + ", so restore it from a copy.");
    }
    return trials;
  }

  /** Writes into a new folder what it is for. */
  static void describe(RunFolder folder, Config config, int trials) {
    if (trials > 1) {
      folder.writeJson(FILE, new Count(trials));
    }
    folder.writeConfig(config);
  }

  /** A run's folder within another one, created unless it is there. */
  static RunFolder subfolder(RunFolder parent, String name, Config config, int trials) {
    RunFolder inner = parent.within(name);
    if (!Files.exists(inner.file("config.json"))) {
      describe(inner, config, trials);
    } else {
      inner.pending(config);
    }
    return inner;
  }

  private String title() {
    return config.subject() + ", " + config.method();
  }
}
