package org.eqprop.examples.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.TextValues;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.learn.StateTensor;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.learn.Trainer;
import org.eqprop.core.learn.Updater;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.store.KeptStarts;
import org.eqprop.core.store.Model;
import org.eqprop.core.store.OptimizerState;
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands between two batches: the weights (a model file) and, in its notes, the epoch,
 * the next batch and the sums over the epoch so far. All else is a function of the configuration
 * and the data, which the notes tell, too; with the metrics of the epochs done, without their
 * times.
 *
 * @param epoch the epoch under way, from 0; equal to the number of epochs when the run is complete
 * @param batch the next batch of it
 * @param totals sums over the epoch's batches before that
 * @param seconds training time of the epoch so far
 * @param history what the run was so far
 */
record Checkpoint(int epoch, int batch, Totals totals, double seconds, History history) {
  static final String FILE = "checkpoint.safetensors";

  /** The note, here and in a model, of what was changed knowingly during the run. */
  static final String CHANGES_NOTE = "changes";

  private static final String CONVERGED_NOTE = "converged";
  private static final String METRICS_NOTE = "metrics";
  private static final String UPDATES_NOTE = "updates";

  /**
   * What a run was up to a checkpoint.
   *
   * @param identity configuration and data; null if an older version has written the checkpoint
   * @param metrics of the epochs done, without times; null if so
   * @param changes what was changed knowingly in between, and when; empty if nothing was
   */
  record History(
      @Nullable RunIdentity identity, @Nullable List<EpochMetrics> metrics, String changes) {
    /** Nothing known. */
    static final History UNKNOWN = new History(null, null, "");
  }

  /** The start of a run. */
  static Checkpoint start() {
    return new Checkpoint(0, 0, new Totals(), 0, new History(null, List.of(), ""));
  }

  /** Whether a folder has one. */
  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /** Writes it together with the network's parameters, for an optimizer without a memory. */
  void write(Path folder, Network network, Config config) {
    write(folder, network, config, List.of(), 0, List.of());
  }

  /** Writes it together with the network's parameters and what its training remembers. */
  void write(Path folder, Network network, Config config, Trainer trainer) {
    Updater updater = trainer.updater();
    List<Rows> starts = isStart() ? List.of() : trainer.starts().memory();
    write(folder, network, config, updater.state(), updater.step(), starts);
  }

  private boolean isStart() {
    return epoch == 0 && batch == 0;
  }

  private void write(
      Path folder,
      Network network,
      Config config,
      List<StateTensor> state,
      long updates,
      List<Rows> starts) {
    Map<String, String> notes = new TreeMap<>();
    notes.put("epoch", Integer.toString(epoch));
    notes.put("batch", Integer.toString(batch));
    notes.put("samples", Long.toString(totals.samples()));
    notes.put("errors", Long.toString(totals.errors()));
    notes.put("loss", Double.toString(totals.lossSum()));
    notes.put("residual", Double.toString(totals.residualSum()));
    notes.put("steps", Long.toString(totals.stepSum()));
    notes.put(CONVERGED_NOTE, Long.toString(totals.convergedSamples()));
    notes.put("seconds", Double.toString(seconds));
    if (history.identity != null) {
      history.identity.describe(notes, config);
    }
    if (history.metrics != null) {
      notes.put(METRICS_NOTE, MetricsFiles.timeless(history.metrics));
    }
    if (!history.changes.isEmpty()) {
      notes.put(CHANGES_NOTE, history.changes);
    }
    if (!state.isEmpty() || !config.rates().equals(RateSettings.CONSTANT)) {
      notes.put(UPDATES_NOTE, Long.toString(updates));
    }
    new Model(network, config.t(), notes).write(folder.resolve(FILE), state, starts);
  }

  /**
   * Has a training go on from here. Plain descent needs nothing but the weights, so its checkpoints
   * do not tell the number of updates; then one was made for each batch.
   *
   * @throws StoreException if the file lacks what training remembers, or it is damaged
   */
  void resume(Path folder, Trainer trainer) {
    Path file = folder.resolve(FILE);
    if (isStart()) {
      return;
    }
    Safetensors container = container(file);
    Updater updater = trainer.updater();
    OptimizerState.read(container, file, updater.state());
    KeptStarts.read(container, file, trainer.starts().memory());
    trainer.starts().restored();
    String updates = container.metadata().get("note." + UPDATES_NOTE);
    try {
      updater.resume(
          updates == null
              ? (long) epoch * trainer.batches() + batch
              : TextValues.whole(UPDATES_NOTE, updates, 0, Long.MAX_VALUE));
    } catch (IllegalArgumentException thrown) {
      throw new StoreException("The file " + file + " is no checkpoint: " + thrown.getMessage());
    }
  }

  /**
   * The content of a checkpoint.
   *
   * @throws StoreException if it is damaged, or another program has changed it
   */
  static Safetensors container(Path file) {
    Safetensors container = Safetensors.read(file);
    if (container.isEdited() || !container.metadata().containsKey(Safetensors.CHECKSUM)) {
      throw new StoreException(
          "Another program has changed "
              + file
              + ", so the run would not go on as it was; restore the file from a copy, or begin"
              + " another run from its weights with --init.");
    }
    return container;
  }

  /**
   * Reads the checkpoint of a run and puts its parameters into {@code network}.
   *
   * @throws StoreException if it is damaged or of another network
   */
  static Checkpoint read(Path folder, Network network, Kernels kernels) {
    Path file = folder.resolve(FILE);
    if (!isIn(folder)) {
      return start();
    }
    Model model = Model.read(file, kernels);
    List<Parameter> into = parameters(network);
    List<Parameter> from = parameters(model.network());
    if (!shapes(from).equals(shapes(into))) {
      throw new StoreException(
          "The file " + file + " belongs to another network than config.json.");
    }
    for (int p = 0; p < into.size(); p++) {
      into.get(p).read(from.get(p).write());
    }
    network.refresh(kernels);
    try {
      Map<String, String> notes = model.notes();
      return of(notes, history(notes));
    } catch (IllegalArgumentException thrown) {
      throw new StoreException("The file " + file + " is no checkpoint: " + thrown.getMessage());
    }
  }

  private static Checkpoint of(Map<String, String> texts, History history) {
    TextValues notes = new TextValues(texts);
    long samples = notes.whole("samples", 0, Long.MAX_VALUE);
    // Older checkpoints do not know it.
    long converged =
        texts.containsKey(CONVERGED_NOTE) ? notes.whole(CONVERGED_NOTE, 0, samples) : 0;
    Totals totals =
        new Totals(
            samples,
            notes.whole("errors", 0, samples),
            notes.number("loss", 0, Double.MAX_VALUE),
            notes.number("residual", 0, Double.MAX_VALUE),
            notes.whole("steps", 0, Long.MAX_VALUE),
            converged);
    return new Checkpoint(
        notes.whole("epoch", 0, Config.MOST_EPOCHS),
        notes.whole("batch", 0, Integer.MAX_VALUE),
        totals,
        notes.number("seconds", 0, Double.MAX_VALUE),
        history);
  }

  /**
   * Checks that a run can be here.
   *
   * @param batches that an epoch has
   * @param size samples a batch, but for the last one
   * @param training samples an epoch
   * @throws StoreException in one sentence, if it cannot
   */
  void checkFits(Path folder, int batches, int size, long training) {
    long samples = Math.min((long) batch * size, training);
    if (batch >= batches || totals.samples() != samples) {
      throw new StoreException(
          "The file "
              + folder.resolve(FILE)
              + " does not fit config.json: it stands before batch "
              + (batch + 1L)
              + " of epoch "
              + (epoch + 1L)
              + " after "
              + totals.samples()
              + " samples of that epoch, but an epoch has "
              + batches
              + " batches of "
              + size
              + " and "
              + training
              + " samples; put batch, limit and validation back to what they were, or restore both"
              + " files from a copy.");
    }
  }

  /**
   * What was changed knowingly before this checkpoint, and since.
   *
   * @param now what the run is now
   */
  String changes(RunIdentity now) {
    String before = history.changes();
    RunIdentity made = history.identity();
    if (made == null) {
      return before;
    }
    String changed = made.configChanges(now);
    String parts = made.dataChanges(now);
    String since =
        changed
            + (changed.isEmpty() || parts.isEmpty() ? "" : ", ")
            + (parts.isEmpty() ? "" : "other " + parts);
    if (since.isEmpty()) {
      return before;
    }
    return (before.isEmpty() ? "" : before + "; ")
        + ("from epoch " + (epoch + 1) + ", batch " + (batch + 1) + ": " + since);
  }

  private static History history(Map<String, String> notes) {
    String metrics = notes.get(METRICS_NOTE);
    return new History(
        RunIdentity.read(notes),
        metrics == null ? null : MetricsFiles.readTimeless(metrics),
        notes.getOrDefault(CHANGES_NOTE, ""));
  }

  private static List<Parameter> parameters(Network network) {
    return network.parameters();
  }

  private static List<Shape> shapes(List<Parameter> parameters) {
    return parameters.stream().map(Parameter::shape).toList();
  }
}
