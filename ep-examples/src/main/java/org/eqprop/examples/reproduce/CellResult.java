package org.eqprop.examples.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.eqprop.examples.run.Config;
import org.eqprop.examples.run.EpochMetrics;
import org.eqprop.examples.run.RunRecord;
import org.eqprop.examples.run.RunSummary;
import org.eqprop.examples.run.RunSummary.Spread;
import org.eqprop.examples.run.Warning;
import org.jspecify.annotations.Nullable;

/**
 * What there is of a cell.
 *
 * @param cell the cell
 * @param config the configuration of its first trial
 * @param runs what is known of each trial that has begun, by its number from 1 on; null for the
 *     others
 * @param planned how many trials there are to be
 * @param difference why its errors cannot be held against the paper's; empty if they can
 */
public record CellResult(
    Cell cell, Config config, List<@Nullable RunRecord> runs, int planned, String difference) {
  private static final double SECONDS_A_MINUTE = 60;

  /** Trials that are done. */
  public List<RunRecord> done() {
    List<RunRecord> done = new ArrayList<>();
    for (RunRecord run : runs) {
      if (run != null && run.isDone()) {
        done.add(run);
      }
    }
    return done;
  }

  private Spread spread(ToDoubleFunction<RunRecord> value) {
    return Spread.of(done().stream().mapToDouble(value).toArray());
  }

  private static EpochMetrics last(RunRecord run) {
    return run.metrics().get(run.metrics().size() - 1);
  }

  /** Mean and deviation of the test error in percent; there has to be a trial that is done. */
  public Spread test() {
    return spread(run -> last(run).error());
  }

  /** Mean and deviation of the train error in percent; there has to be a trial that is done. */
  public Spread train() {
    return spread(run -> last(run).trainError());
  }

  /** Mean steps of a training sample's free phase, over all epochs and trials; NaN for none. */
  public double steps() {
    return done().stream()
        .flatMap(run -> run.metrics().stream())
        .mapToDouble(EpochMetrics::steps)
        .average()
        .orElse(Double.NaN);
  }

  /** Mean wall-clock time of training in minutes; NaN if there is none, or a time is lost. */
  public double minutes() {
    return done().stream()
        .mapToDouble(run -> seconds(run.metrics()) / SECONDS_A_MINUTE)
        .average()
        .orElse(Double.NaN);
  }

  /** Seconds that epochs took; NaN if one of them is lost. */
  static double seconds(List<EpochMetrics> metrics) {
    return metrics.stream().mapToDouble(EpochMetrics::seconds).sum();
  }

  /**
   * Our error minus the paper's; null if there are fewer than two trials, or the errors cannot be
   * held against each other.
   */
  public @Nullable Difference differenceOfMeans() {
    int count = done().size();
    return count < 2 || !difference.isEmpty()
        ? null
        : Difference.of(test(), count, cell.reported());
  }

  /** What it says of the paper's. */
  public Verdict verdict() {
    if (!difference.isEmpty()) {
      return Verdict.OTHER;
    }
    Difference found = differenceOfMeans();
    return found == null ? Verdict.TOO_FEW : Verdict.of(found, Verdict.margin(cell.reported()));
  }

  /** The verdict in words, with what keeps it from being one. */
  public String verdictWords() {
    Verdict verdict = verdict();
    if (verdict != Verdict.OTHER) {
      return verdict.words();
    }
    return verdict.words() + ": " + difference;
  }

  /** How far it is, in words. */
  public String progress() {
    int done = done().size();
    if (done == planned) {
      return done + " of " + planned;
    }
    boolean begun = runs.stream().anyMatch(run -> run != null);
    return done + " of " + planned + (begun ? "" : ", not started");
  }

  /** What is wrong with its trials that are done; one sentence each. */
  public List<String> warnings() {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      RunRecord run = runs.get(i);
      RunSummary summary = run == null ? null : run.summary();
      for (Warning warning : summary == null ? List.<Warning>of() : summary.warnings()) {
        sentences.add(new Trial(cell, i + 1).title() + ": " + warning.sentence());
      }
    }
    return sentences;
  }
}
