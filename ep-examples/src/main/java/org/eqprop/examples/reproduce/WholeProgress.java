package org.eqprop.examples.reproduce;

import java.util.List;
import org.eqprop.examples.run.EpochMetrics;
import org.eqprop.examples.run.RunRecord;
import org.eqprop.examples.run.Stopwatch;
import org.eqprop.examples.run.Warning;
import org.eqprop.examples.run.Watcher;

/** How far a whole table is while one of its trials is trained. */
final class WholeProgress {
  private static final double NANOS = 1e9;

  private final Plan plan;
  private final List<CellResult> results;
  private final Trial running;
  private final int epochs;
  private final Stopwatch watch = new Stopwatch();
  private double from = Double.NaN;
  private double position;

  /**
   * The progress of a trial.
   *
   * @param results what there is of each cell before it goes on
   */
  WholeProgress(Plan plan, List<CellResult> results, Trial running) {
    this.plan = plan;
    this.results = results;
    this.running = running;
    this.epochs = plan.config(running).epochs();
  }

  /** Takes in that the trial is {@code position} epochs after its start. */
  void at(double epochsDone) {
    from = Double.isNaN(from) ? epochsDone : from;
    position = epochsDone;
  }

  /** A line for people. */
  String words() {
    return words(watch.nanos() / NANOS);
  }

  /** The same, this many seconds after the trial began or was taken up again. */
  String words(double seconds) {
    long done = results.stream().mapToLong(result -> result.done().size()).sum();
    int all = results.size() * plan.trials();
    double left = left(seconds);
    return plan.table().title()
        + ": "
        + done
        + " of "
        + all
        + (all == 1 ? " trial" : " trials")
        + " done, "
        + running.title()
        + " running, "
        + (Double.isNaN(left) ? "time left unknown" : "about " + TimeLeft.words(left) + " left");
  }

  private double left(double seconds) {
    TimeLeft left = TimeLeft.of(results);
    if (position > from) {
      left.add(running.cell(), seconds, position - from);
    }
    double sum = 0;
    for (CellResult result : results) {
      sum += left.seconds(result.cell(), open(result));
    }
    return sum;
  }

  /** Epochs of a cell that are to be trained. */
  private double open(CellResult result) {
    double open = 0;
    for (int i = 0; i < result.planned(); i++) {
      RunRecord run = result.runs().get(i);
      if (new Trial(result.cell(), i + 1).equals(running)) {
        open += Math.max(0, epochs - position);
      } else if (run == null || !run.isDone()) {
        open += result.config().epochs() - (run == null ? 0 : run.metrics().size());
      }
    }
    return open;
  }

  /** What hears of the trial, and tells another one. */
  Watcher with(Watcher other) {
    return new Watcher() {
      private int epoch;
      private long samples = 1;

      @Override
      public void trialStarted(int trial, int trials) {
        other.trialStarted(trial, trials);
      }

      @Override
      public void complaint(String sentence) {
        other.complaint(sentence);
      }

      @Override
      public void warned(Warning warning) {
        other.warned(warning);
      }

      @Override
      public void epochStarted(int now, int epochs, long done, long all) {
        epoch = now;
        samples = all;
        at(now + 1.0 * done / all);
        other.epochStarted(now, epochs, done, all);
      }

      @Override
      public void progress(long done, double error) {
        at(epoch + 1.0 * done / samples);
        other.progress(done, error);
      }

      @Override
      public void epochDone(EpochMetrics metrics) {
        other.epochDone(metrics);
      }
    };
  }
}
