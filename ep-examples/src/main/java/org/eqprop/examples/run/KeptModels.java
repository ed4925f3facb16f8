package org.eqprop.examples.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.AtomicFiles;
import org.eqprop.core.learn.Evaluator;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.settle.Context;
import org.eqprop.core.store.Model;
import org.eqprop.examples.data.Dataset;
import org.jspecify.annotations.Nullable;

/** The models of a run: the last, the best on held-out samples, and snapshots. */
final class KeptModels {
  /** The model of the last epoch that is done. */
  static final String LAST = "model.safetensors";

  /** The model of the epoch with the least error on held-out samples. */
  static final String BEST = "best.safetensors";

  private static final String SNAPSHOTS = "snapshots";

  private final RunFolder folder;
  private final Config config;

  KeptModels(RunFolder folder, Config config) {
    this.folder = folder;
    this.config = config;
  }

  /** Writes the model after an epoch, whose line is the last. */
  void write(Model model, List<EpochMetrics> metrics) {
    model.write(folder.file(LAST));
    if (config.validation() > 0 && Keeping.best(metrics) == metrics.size() - 1) {
      model.write(folder.file(BEST));
    }
    int epoch = metrics.getLast().epoch();
    if (config.keeping().isSnapshot(epoch)) {
      Path place = folder.file(SNAPSHOTS);
      try {
        Files.createDirectories(place);
      } catch (IOException thrown) {
        throw new StoreException(
            "Cannot create the folder " + place + " (" + AtomicFiles.reason(thrown) + ").", thrown);
      }
      model.write(place.resolve("epoch-" + epoch + ".safetensors"));
    }
  }

  /** Says that a training ended before its last epoch; null if it did not. */
  @Nullable String end(List<EpochMetrics> metrics, int epochs) {
    if (metrics.size() >= epochs || !config.keeping().isOver(metrics)) {
      return null;
    }
    return "Stopped early after epoch "
        + metrics.size()
        + ": the validation error of epoch "
        + (Keeping.best(metrics) + 1)
        + " is the least, and "
        + config.keeping().patience()
        + " epochs after it were no better.";
  }

  /**
   * Measures the last and the best model on the test set, whose values are as the model needs them.
   *
   * @return null if no samples are held out
   */
  @Nullable Validated measure(
      Model last, List<EpochMetrics> metrics, Dataset test, Context context, Watcher watcher) {
    if (config.validation() == 0) {
      return null;
    }
    EpochMetrics best = metrics.get(Keeping.best(metrics));
    EpochMetrics line = metrics.getLast();
    double error = error(last, test, context);
    return new Validated(
        line.epoch(),
        line.error(),
        error,
        best.epoch(),
        best.error(),
        best.equals(line) ? Double.valueOf(error) : ofBest(best, test, context, watcher));
  }

  private @Nullable Double ofBest(
      EpochMetrics best, Dataset test, Context context, Watcher watcher) {
    Path file = folder.file(BEST);
    try {
      Model model = Model.read(file, context.kernels());
      if (Integer.toString(best.epoch()).equals(model.notes().get("epochs"))) {
        return error(model, test, context);
      }
    } catch (StoreException lost) {
      // Said below.
    }
    watcher.complaint(
        "The file " + file + " is not the model of epoch " + best.epoch() + ", which is lost.");
    return null;
  }

  private double error(Model model, Dataset test, Context context) {
    Totals totals = new Totals();
    new Evaluator(
            model.network(),
            context,
            config.t(),
            config.settlingMode().settling(),
            new DatasetSamples(test),
            model.starts(context.kernels()))
        .evaluate(totals, (done, batches, sums) -> true);
    return 100 * totals.error();
  }
}
