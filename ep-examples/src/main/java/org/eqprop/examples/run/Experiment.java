package org.eqprop.examples.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eqprop.core.DataException;
import org.eqprop.core.StoreException;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Context;
import org.eqprop.examples.data.ClassLabels;
import org.eqprop.examples.data.FoundData;
import org.eqprop.examples.data.TrainTest;
import org.eqprop.examples.report.Drawings;
import org.eqprop.examples.run.ResumeCheck.Accepted;
import org.jspecify.annotations.Nullable;

/**
 * One training run, or several trials of it; with several methods the same with each, in folders of
 * their names ({@code ep}, {@code bptt}) in one folder, from the same initial weights through the
 * same batches. Can be stopped and taken up again as a whole.
 */
public final class Experiment implements AutoCloseable {
  /** The file of the result. */
  static final String SUMMARY = "summary.json";

  private final RunFolder folder;
  private final Config config;
  private final int trials;
  private final FoundData data;
  private final List<String> remarks;
  private final List<Consumer<Drawings>> figures = new ArrayList<>();

  private Experiment(
      RunFolder folder, Config config, int trials, FoundData data, List<String> remarks) {
    this.folder = folder;
    this.config = config;
    this.trials = trials;
    this.data = data;
    this.remarks = remarks;
  }

  /**
   * A new experiment; its data is read and its network made first, so that nothing is created if
   * that fails.
   *
   * @param out the folder, or null for the next free one in {@code runs}
   */
  public static Experiment create(@Nullable Path out, Config config, int trials) {
    return create(out, config, trials, parts -> {});
  }

  /**
   * The same, where the data has to be something else besides.
   *
   * @param check throws a {@link UsageException} if it is not
   */
  public static Experiment create(
      @Nullable Path out, Config config, int trials, Consumer<TrainTest> check) {
    Config.range("--trials", trials, Trials.MOST);
    FoundData data = config.source().find(config.data(), config.limit());
    if (config.source().isKnown()
        && !config.source().dataSha256().equals(data.identity().sha256())) {
      throw new DataException(
          "The data "
              + config.data()
              + " is not what the configuration tells (dataSha256); give --data to train on it.");
    }
    check.accept(data.parts());
    Config own = config.withSource(config.source().of(data)).withStart();
    TrainingRun.check(own, data.parts());
    own.source().augment().check(data.parts().train().shape());
    Network network = TrainingRun.network(own, data.parts().train());
    own.initialWeights().check(network);
    Learners.check(own, network);
    RunFolder folder =
        out == null ? RunFolder.createNext(Path.of("runs"), name(own)) : RunFolder.create(out);
    try {
      Trials.describe(folder, own, trials);
    } catch (RuntimeException thrown) {
      folder.close();
      throw thrown;
    }
    return new Experiment(folder, own, trials, data, List.of());
  }

  /**
   * An experiment that exists, as it was.
   *
   * @param epochs to train in all, or null for as many as configured
   */
  public static Experiment open(Path path, @Nullable Integer epochs) {
    return open(path, epochs, null, Accepted.NOTHING);
  }

  /**
   * An experiment that exists.
   *
   * @param epochs to train in all, or null for as many as configured
   * @param moved name or folder of its data, or null if it is where it was
   * @param accepted what may have changed
   * @throws StoreException if its configuration is not the one of its checkpoints
   * @throws DataException if its data is not there, or not the one of its checkpoints
   */
  public static Experiment open(
      Path path, @Nullable Integer epochs, @Nullable String moved, Accepted accepted) {
    RunFolder folder = RunFolder.open(path);
    try {
      Config old = folder.config();
      int all = epochs == null ? old.epochs() : epochs;
      Config.range("epochs", all, Config.MOST_EPOCHS);
      FoundData data = find(old, moved, accepted);
      TrainingRun.check(old, data.parts());
      int trials = Trials.count(folder);
      List<String> remarks =
          new ArrayList<>(new ResumeCheck(path, data, accepted, all).check(old, trials));
      if (all < old.epochs()) {
        remarks.add("The run was to have " + old.epochs() + " epochs; it ends after " + all + ".");
      }
      Config named = moved == null ? old : old.withData(moved);
      Config config = named.withSource(old.source().of(data)).withEpochs(all);
      folder.pending(config);
      return new Experiment(folder, config, trials, data, remarks);
    } catch (RuntimeException thrown) {
      folder.close();
      throw thrown;
    }
  }

  private static FoundData find(Config config, @Nullable String moved, Accepted accepted) {
    DataSource source = config.source();
    // Other data may have other classes; whether they fit the network is seen later.
    String labels = accepted.data() ? "" : source.labels();
    String path = moved == null ? source.dataPath() : "";
    FoundData found =
        new DataSource(path, "", "", source.transpose(), source.settings(), source.augment())
            .find(moved == null ? config.data() : moved, source.settings().lenient(config.limit()));
    if (!source.isKnown()) {
      return withTenDigits(found);
    }
    boolean same = source.dataSha256().equals(found.identity().sha256());
    return labels.isEmpty() || !same ? found : withLabels(found, labels);
  }

  /** Labels that the data has not were changed since, which the check of the run will say. */
  private static FoundData withLabels(FoundData found, String labels) {
    try {
      return found.withClasses(ClassLabels.parse(labels));
    } catch (DataException others) {
      return found;
    }
  }

  /** Runs of older versions had ten classes, whether or not all of them occurred. */
  private static FoundData withTenDigits(FoundData found) {
    try {
      return found.withClasses(ClassLabels.upTo(10));
    } catch (DataException otherLabels) {
      return found;
    }
  }

  private static String name(Config config) {
    Path last = Path.of(config.data()).getFileName();
    String data = last == null ? "data" : last.toString();
    return config.title().equals(data) ? data : config.title() + "-" + data;
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
    return config.epochs();
  }

  /** The data. */
  public TrainTest data() {
    return data.parts();
  }

  /** What the user should know about the data, a sentence each. */
  public List<String> dataRemarks() {
    return data.remarks();
  }

  /** What was accepted, or could not be checked, in going on with a run; a sentence each. */
  public List<String> remarks() {
    return remarks;
  }

  /**
   * Has the folder tell, from the first checkpoint on, by what command and where the run begins or
   * goes on.
   */
  public void begun(RunStart start) {
    folder.pending(start);
  }

  /**
   * Trains what is left to train. The caller prints the result, then calls {@link #save}, then
   * {@link #draw}.
   *
   * @return a summary for each method, or null if it was stopped before the end
   */
  public @Nullable List<RunSummary> run(Context context, Watcher watcher, BooleanSupplier stop) {
    if (config.methods().size() == 1) {
      Trials only = new Trials(folder, config, trials, config.epochs(), data);
      List<List<EpochMetrics>> metrics = only.run(context, watcher, stop, figures);
      return metrics == null ? null : List.of(only.summary(metrics));
    }
    Map<String, List<List<EpochMetrics>>> metrics = new LinkedHashMap<>();
    List<RunSummary> summaries = new ArrayList<>();
    for (String method : config.methods()) {
      watcher.methodStarted(method);
      Config own = config.withMethod(method);
      try (RunFolder place = Trials.subfolder(folder, method, own, trials)) {
        Trials some = new Trials(place, own, trials, config.epochs(), data);
        List<List<EpochMetrics>> found = some.run(context, watcher, stop, figures);
        if (found == null) {
          return null;
        }
        metrics.put(method, found);
        summaries.add(some.summary(found));
        place.writeJson(SUMMARY, some.summary(found));
      }
    }
    String title = config.subject();
    figures.add(
        drawings ->
            drawings.write(
                folder.path(),
                Curves.NAME,
                () -> Curves.compare(title, metrics, drawings.style().errorAxis())));
    return List.copyOf(summaries);
  }

  /**
   * Writes {@code summary.json}.
   *
   * @param summaries what {@link #run} gave
   */
  public void save(List<RunSummary> summaries) {
    folder.writeJson(SUMMARY, config.methods().size() == 1 ? summaries.get(0) : summaries);
  }

  /**
   * Draws the curves of all epochs trained, also after a stop or a failure. Nothing else depends on
   * it, so it comes last.
   */
  public void draw(Drawings drawings) {
    figures.forEach(figure -> figure.accept(drawings));
  }

  @Override
  public void close() {
    folder.close();
  }
}
