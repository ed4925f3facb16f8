package org.eqprop.examples.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.examples.run.Config;
import org.eqprop.examples.run.EpochMetrics;
import org.eqprop.examples.run.Experiment;
import org.eqprop.examples.run.RunSummary;
import org.eqprop.examples.run.Watcher;
import picocli.CommandLine;

/** What {@code ep train} shows: notes and progress on standard error, the result on output. */
final class TrainReport implements Watcher {
  private final CommonOptions common;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Experiment experiment;

  TrainReport(CommonOptions common, CommandLine line, Experiment experiment) {
    this.common = common;
    this.out = line.getOut();
    this.err = line.getErr();
    this.experiment = experiment;
  }

  /** Says what is about to be trained, and where. */
  void started() {
    Config config = experiment.config();
    note(
        text(
            "Training %s (%s, hidden %s) on %s: %d samples, T %d, K %d, beta %s, epsilon %s, seed"
                + " %d.",
            config.preset(),
            config.setting(),
            config.hidden(),
            config.data(),
            experiment.data().train().size(),
            config.t(),
            config.k(),
            config.beta(),
            config.epsilon(),
            config.seed()));
    note("Run folder: " + experiment.path() + ". " + KernelsSelector.explanation());
  }

  @Override
  public void trialStarted(int trial, int trials) {
    if (trials > 1) {
      note("Trial " + (trial + 1) + " of " + trials + ".");
    }
  }

  @Override
  public void complaint(String sentence) {
    note(sentence);
  }

  @Override
  public void epochDone(EpochMetrics m) {
    note(
        text(
            "epoch %3d/%d  loss %.4f  train %6.2f %%  test %6.2f %%  residual %.1e  %7.0f"
                + " samples/s",
            m.epoch(),
            experiment.epochs(),
            m.loss(),
            m.trainError(),
            m.testError(),
            m.residual(),
            m.samplesPerSecond()));
  }

  /** Says how to go on. */
  void stopped() {
    err.println("ep: stopped; go on with: ep train --resume " + experiment.path());
    err.flush();
  }

  /** The result. */
  void finished(RunSummary summary) {
    if (common.json) {
      CommonOptions.print(out, summary);
      return;
    }
    boolean several = summary.trials().size() > 1;
    out.println(line("test error", summary.testError(), several));
    out.println(line("train error", summary.trainError(), several));
    out.println("run          " + summary.folder());
    out.flush();
  }

  @SuppressWarnings("AnnotateFormatMethod") // private, and called with literals only
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String line(String name, RunSummary.Spread spread, boolean several) {
    String value = String.format(Locale.ROOT, "%-12s %.2f %%", name, spread.mean());
    return several ? value + String.format(Locale.ROOT, " ± %.2f", spread.deviation()) : value;
  }

  private void note(String sentence) {
    if (!common.quiet) {
      err.println(sentence);
      err.flush();
    }
  }
}
