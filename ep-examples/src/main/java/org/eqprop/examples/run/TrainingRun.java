package org.eqprop.examples.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.eqprop.core.StoreException;
import org.eqprop.core.learn.DivergenceException;
import org.eqprop.core.learn.Evaluator;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.learn.Trainer;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Context;
import org.eqprop.core.store.Model;
import org.eqprop.examples.data.Dataset;
import org.eqprop.examples.data.FoundData;
import org.eqprop.examples.data.Normalisation;
import org.eqprop.examples.data.TrainTest;
import org.jspecify.annotations.Nullable;

/**
 * Trains in a run folder: epochs, metrics, checkpoints. It can be stopped after any batch, or
 * killed at any moment, and goes on from the last checkpoint to the same weights bit for bit.
 */
public final class TrainingRun {
  /** Time between checkpoints within an epoch, if they are written quickly. */
  private static final long CHECKPOINT_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** A checkpoint that takes longer to write makes the time between them as many times as long. */
  private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(600);

  /** Seconds of an epoch whose time could not be told, for its rate. */
  private static final double SHORTEST = 1e-9;

  private final RunFolder folder;
  private final Config config;
  private final int epochs;
  private final Network network;
  private final Trainer trainer;
  private final TrainingSamples training;
  private final Evaluator evaluator;
  private final KeptModels kept;
  private final Watcher watcher;
  private final BooleanSupplier stop;
  private final List<EpochMetrics> metrics = new ArrayList<>();
  private final Warnings warnings;
  private final Totals totals;
  private final long trainingSamples;
  private final FoundData data;
  private final RunIdentity identity;
  private final String changes;
  private final @Nullable Normalisation normalisation;
  private @Nullable GradientFile gradients;
  private int epoch;
  private int batch;
  private double secondsBefore;
  private LongSupplier clock = System::nanoTime;
  private long lastCheckpoint;
  private long took;
  private long checkpointNanos = CHECKPOINT_NANOS;

  /**
   * A run that starts, or goes on from the folder's checkpoint.
   *
   * @param epochs to train in all; may exceed the configuration's on resuming
   * @param stop asked after each batch but the very last; true stops with a checkpoint
   * @throws UsageException if configuration and data do not fit together
   */
  public TrainingRun(
      RunFolder folder,
      Config config,
      int epochs,
      FoundData data,
      Context context,
      Watcher watcher,
      BooleanSupplier stop) {
    this.data = data;
    this.folder = folder;
    this.kept = new KeptModels(folder, config);
    this.config = config;
    this.epochs = epochs;
    this.watcher = watcher;
    this.stop = stop;
    TrainTest read = check(config, data.parts());
    normalisation = config.source().settings().normalise().numbers(read.train());
    TrainTest used = normalisation == null ? read : read.normalised(normalisation);
    network = network(config, data.parts().train());
    if (!Checkpoint.isIn(folder.path())) {
      config.initialise(network, context.kernels());
    }
    training = new TrainingSamples(used.train(), config.source().augment(), config.seed());
    trainingSamples = training.size();
    Learner learner = learner(context);
    int batches = Math.ceilDiv(training.size(), config.batch());
    trainer =
        new Trainer(
            network,
            context,
            learner,
            config.optimizer(Math.multiplyExact(batches, learner.updatesPerBatch())),
            training,
            config.batch(),
            config.seed(),
            config.start().starts(network, context, config.batch(), training.size()));
    evaluator =
        new Evaluator(
            network,
            context,
            config.t(),
            config.settlingMode().settling(),
            new DatasetSamples(used.test()),
            trainer.starts());
    Checkpoint from = Checkpoint.read(folder.path(), network, context.kernels());
    from.checkFits(folder.path(), trainer.batches(), config.batch(), trainingSamples);
    from.resume(folder.path(), trainer);
    epoch = from.epoch();
    batch = from.batch();
    totals = from.totals();
    secondsBefore = from.seconds();
    identity = RunIdentity.of(config, data);
    changes = from.changes(identity);
    metrics.addAll(metrics(from.history().metrics()));
    if (batch == 0 && !metrics.isEmpty()) {
      ModelFile.restore(folder.file(KeptModels.LAST), model(metrics.getLast()), watcher::complaint);
    }
    warnings = new Warnings(folder);
  }

  private Learner learner(Context context) {
    Learner learner = Learners.create(config, network, context);
    return config.trackGradient() == 0
        ? learner
        : new TrackedLearner(learner, config, context, training, look -> tracked().add(look));
  }

  /** Where the gradient's quality goes; from the first look on that this process takes. */
  private GradientFile tracked() {
    if (gradients == null) {
      gradients = new GradientFile(folder.path(), trainer.updater().step());
    }
    return gradients;
  }

  /** The quality of the gradients; null if none was looked at. */
  @Nullable GradientFile gradients() {
    return gradients;
  }

  private List<EpochMetrics> metrics(@Nullable List<EpochMetrics> known) {
    if (known != null) {
      return MetricsFiles.restore(folder.path(), known, watcher::complaint);
    }
    List<EpochMetrics> lines = folder.metrics(epoch);
    if (lines.size() < epoch) {
      throw new StoreException(
          "The file "
              + folder.file(MetricsFiles.LINES)
              + " has "
              + lines.size()
              + " epochs, but the checkpoint "
              + epoch
              + "; restore it from a copy.");
    }
    return lines.stream().map(line -> line.measuredOn(config.measured())).toList();
  }

  /** Sets the time between checkpoints within an epoch. */
  void checkpointEvery(Duration time) {
    checkpointNanos = time.toNanos();
  }

  /** Takes another clock, in nanoseconds. */
  void clock(LongSupplier other) {
    clock = other;
  }

  /** The network for a data set, weights zero. */
  public static Network network(Config config, Dataset data) {
    return config.network(data.shape().tensor(), data.classes());
  }

  /**
   * The training and measuring parts after {@code limit} and {@code validation}.
   *
   * @throws UsageException if there are fewer samples than those or the batch need, or no such
   *     method
   */
  static TrainTest check(Config config, TrainTest data) {
    config.methods().forEach(Learners::provider);
    TrainTest used = select(config, data);
    if (config.batch() > used.train().size()) {
      throw new UsageException(
          "batch is "
              + config.batch()
              + ", more than the "
              + used.train().size()
              + " training samples of "
              + config.data()
              + "; make it smaller.");
    }
    return used;
  }

  private static TrainTest select(Config config, TrainTest data) {
    Dataset train = config.limit() == 0 ? data.train() : data.train().first(config.limit());
    if (config.validation() == 0) {
      return new TrainTest(train, data.test());
    }
    if (config.validation() >= train.size()) {
      throw new UsageException(
          "validation is "
              + config.validation()
              + "; of "
              + train.size()
              + " training samples at most "
              + (train.size() - 1)
              + " can be held out.");
    }
    return train.holdOut(config.validation());
  }

  /** Metrics of the epochs done, oldest first. */
  public List<EpochMetrics> metrics() {
    return List.copyOf(metrics);
  }

  /** What is wrong with the last epoch; nothing for a sound training. */
  List<Warning> warnings() {
    return warnings.current();
  }

  /** Whether all epochs are done, or as many as the validation error needed. */
  public boolean complete() {
    return epoch >= epochs || (batch == 0 && config.keeping().isOver(metrics));
  }

  /** What the last and the best model are worth on the test set; null without held-out samples. */
  @Nullable Validated validated(Context context) {
    TrainTest parts = data.parts();
    TrainTest used = normalisation == null ? parts : parts.normalised(normalisation);
    return kept.measure(model(metrics.getLast()), metrics, used.test(), context, watcher);
  }

  /**
   * Trains until the last epoch is done or {@code stop} says so.
   *
   * @return whether all epochs are done
   * @throws DivergenceException if a state is not finite any more; the last checkpoint stays
   */
  public boolean run() {
    if (batch == 0 && epoch == 0) {
      checkpoint(0);
    }
    while (!complete()) {
      if (!trainEpoch()) {
        return false;
      }
    }
    String end = kept.end(metrics, epochs);
    if (end != null) {
      watcher.complaint(end);
    }
    return true;
  }

  private boolean trainEpoch() {
    training.epoch(epoch);
    watcher.epochStarted(epoch, epochs, totals.samples(), trainingSamples);
    try {
      return trainBatches();
    } catch (DivergenceException thrown) {
      throw new DivergenceException(
          thrown.getMessage()
              + " This was in epoch "
              + (epoch + 1)
              + "; the last good checkpoint is kept in "
              + folder.path()
              + ".");
    }
  }

  private boolean trainBatches() {
    Stopwatch watch = new Stopwatch(clock);
    lastCheckpoint = 0;
    batch =
        trainer.train(
            epoch, batch, totals, (done, batches, sums) -> afterBatch(done, batches, watch));
    double seconds = secondsBefore + watch.nanos() * 1e-9;
    if (batch < trainer.batches()) {
      checkpoint(seconds);
      return false;
    }
    finishEpoch(seconds);
    return complete() || !stop.getAsBoolean();
  }

  private boolean afterBatch(int done, int batches, Stopwatch watch) {
    Sanity.checkLoss(totals.loss());
    watcher.progress(totals.samples(), totals.error());
    long now = watch.nanos();
    if (done < batches && now - lastCheckpoint > interval(checkpointNanos, took)) {
      batch = done;
      checkpoint(secondsBefore + now * 1e-9);
      lastCheckpoint = watch.nanos();
      took = lastCheckpoint - now;
    }
    return done == batches || !stop.getAsBoolean();
  }

  /**
   * Time until the next checkpoint within an epoch, in nanoseconds.
   *
   * @param usual the time between checkpoints that are written quickly
   * @param took what writing the last one took
   */
  static long interval(long usual, long took) {
    double times = Math.max(1, (double) took / QUICK_NANOS);
    return (long) (usual * times);
  }

  private void finishEpoch(double seconds) {
    Sanity.checkWeights(network);
    Totals test = new Totals();
    EndStates states = new EndStates(evaluator, network);
    evaluator.evaluate(test, states);
    Sanity.checkLoss(test.loss());
    if (!Double.isFinite(test.loss() + test.residual())) {
      throw new DivergenceException(
          "The states of layer "
              + network.output().name()
              + " are no longer finite on the "
              + config.measured().word()
              + " samples; use smaller learning rates.");
    }
    boolean old = metrics.stream().anyMatch(before -> before.converged() == null);
    EpochMetrics line =
        EpochMetrics.of(
            config.measured(),
            epoch + 1,
            totals.loss(),
            100 * totals.error(),
            100 * test.error(),
            test.loss(),
            totals.residual(),
            totals.steps(),
            old ? null : 100 * totals.converged(),
            seconds,
            totals.samples() / Math.max(seconds, SHORTEST),
            Angles.of(network));
    metrics.add(line);
    MetricsFiles.write(folder.path(), metrics);
    long updates = (epoch + 1L) * trainer.batches();
    warnings.keep(Sanity.judge(config, states, line, updates));
    kept.write(model(line), metrics);
    epoch++;
    batch = 0;
    secondsBefore = 0;
    totals.clear();
    checkpoint(0);
    watcher.epochDone(line);
    if (!complete()) {
      warnings.tell(watcher);
    }
  }

  private Model model(EpochMetrics line) {
    return new Model(
        network,
        config.t(),
        config.settlingMode().settling(),
        ModelNotes.of(config, data, normalisation, line, changes),
        trainer.starts().predictor());
  }

  private void checkpoint(double seconds) {
    Sanity.checkWeights(network);
    folder.writePending();
    var history =
        new Checkpoint.History(
            identity, metrics.stream().map(EpochMetrics::timeless).toList(), changes);
    new Checkpoint(epoch, batch, totals, seconds, history)
        .write(folder.path(), network, config, trainer);
  }
}
