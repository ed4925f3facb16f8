package org.eqprop.examples.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.eqprop.core.learn.DivergenceException;
import org.eqprop.core.settle.Context;
import org.eqprop.examples.data.Datasets;
import org.eqprop.examples.data.FoundData;
import org.eqprop.examples.report.Drawings;
import org.eqprop.examples.report.Table;
import org.eqprop.examples.run.Experiment;
import org.eqprop.examples.run.RunRecord;
import org.eqprop.examples.run.RunSummary;
import org.eqprop.examples.run.Session;
import org.jspecify.annotations.Nullable;

/**
 * Trains a table in a folder, a run folder for each trial, and writes the report anew after each of
 * them. It can be stopped or killed at any moment and goes on to the same weights, bit for bit.
 */
public final class Reproduction implements AutoCloseable {
  /** How the trainings ended. */
  public enum End {
    /** All trials are done. */
    DONE,
    /** It was stopped before that. */
    STOPPED,
    /** All others are done, but a trial diverged. */
    DIVERGED
  }

  private final TableFolder folder;
  private final Map<Trial, String> failures = new LinkedHashMap<>();

  private Reproduction(TableFolder folder) {
    this.folder = folder;
  }

  /**
   * Opens a folder for a plan. It is made if it is not there; what is there is checked.
   *
   * @throws org.eqprop.examples.run.UsageException if the plan has a value that is out of range,
   *     the folder is for something else, or another process works in it
   * @throws org.eqprop.core.DataException if the data is not there, or is other data
   * @throws org.eqprop.core.StoreException if the folder cannot be written, or a file is damaged
   */
  public static Reproduction open(Path out, Plan plan) {
    plan.trainings().forEach(plan::config);
    FoundData data = new Datasets().find(plan.data(), null);
    TableFolder folder = TableFolder.open(out, plan, data.identity());
    try {
      TrialCheck check = new TrialCheck(plan, data.identity().sha256());
      plan.trainings().forEach(trial -> check.require(out, trial));
      folder.sessions();
    } catch (RuntimeException thrown) {
      folder.close();
      throw thrown;
    }
    return new Reproduction(folder);
  }

  /**
   * What a folder is for.
   *
   * @throws org.eqprop.examples.run.UsageException if it is no folder of a table
   * @throws org.eqprop.core.StoreException if it is damaged
   */
  public static Plan plan(Path out) {
    return TableFolder.plan(out);
  }

  /** Where it is. */
  public Path path() {
    return folder.path();
  }

  /** What is trained. */
  public Plan plan() {
    return folder.plan();
  }

  /** What there is of each cell now, in the order of the table. */
  public List<CellResult> results() {
    List<CellResult> results = new ArrayList<>();
    for (Cell cell : plan().cells()) {
      List<@Nullable RunRecord> runs = new ArrayList<>();
      for (int number = 1; number <= plan().trials(); number++) {
        runs.add(RunRecord.read(new Trial(cell, number).folder(path())));
      }
      results.add(
          new CellResult(
              cell,
              plan().config(new Trial(cell, 1)),
              runs,
              plan().trials(),
              plan().difference(cell)));
    }
    return results;
  }

  /** The cells beside the paper's, for people. */
  public Table overview() {
    return ReportTables.overview(results())
        .title(plan().table().title() + ", test error in percent");
  }

  /** All figures of the cells, for programs. */
  public Table figures() {
    return ReportTables.full(plan(), results());
  }

  /** The report's page. */
  public Path page() {
    return path().resolve(Report.PAGE);
  }

  /** What is wrong with trials that are done; one sentence each. */
  public List<String> warnings() {
    return results().stream().flatMap(result -> result.warnings().stream()).toList();
  }

  /** The trials that diverged, each with what was said. */
  public Map<Trial, String> failures() {
    return failures;
  }

  /**
   * Trains what is left to train.
   *
   * @param session by what it is trained
   * @param drawings draws the curves
   * @param stop asked after each batch
   */
  public End run(
      Context context,
      Session session,
      Drawings drawings,
      Progress progress,
      BooleanSupplier stop) {
    Report report = new Report(this, drawings);
    if (plan().trainings().stream().anyMatch(trial -> !isDone(trial))) {
      folder.note(session);
    }
    report.write(folder.sessions());
    for (Trial trial : plan().trainings()) {
      if (isDone(trial)) {
        continue;
      }
      if (stop.getAsBoolean() || !train(trial, context, drawings, progress, stop)) {
        return End.STOPPED;
      }
      report.write(folder.sessions());
    }
    return failures.isEmpty() ? End.DONE : End.DIVERGED;
  }

  private boolean isDone(Trial trial) {
    RunRecord run = RunRecord.read(trial.folder(path()));
    return run != null && run.isDone();
  }

  /** Trains one trial; false if it was stopped. */
  private boolean train(
      Trial trial, Context context, Drawings drawings, Progress progress, BooleanSupplier stop) {
    Path place = trial.folder(path());
    boolean begun = RunRecord.read(place) != null;
    try (Experiment experiment =
        begun ? Experiment.open(place, null) : Experiment.create(place, plan().config(trial), 1)) {
      try {
        WholeProgress whole = new WholeProgress(plan(), results(), trial);
        List<RunSummary> summaries =
            experiment.run(
                context, whole.with(progress.began(trial, experiment, whole::words)), stop);
        // The result is saved last: a trial that has one is done, with all its files.
        experiment.draw(drawings);
        if (summaries != null) {
          experiment.save(summaries);
        }
        return summaries != null;
      } catch (DivergenceException diverged) {
        experiment.draw(drawings);
        progress.complaint(trial.title() + " failed: " + diverged.getMessage());
        failures.put(trial, String.valueOf(diverged.getMessage()));
        return true;
      } finally {
        progress.ended(trial);
      }
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}
