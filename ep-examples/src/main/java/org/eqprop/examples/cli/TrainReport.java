package org.eqprop.examples.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.ContinualPropagation;
import org.eqprop.examples.data.Dataset;
import org.eqprop.examples.report.Bar;
import org.eqprop.examples.report.ProgressBars;
import org.eqprop.examples.report.Unit;
import org.eqprop.examples.run.Config;
import org.eqprop.examples.run.CostType;
import org.eqprop.examples.run.EpochMetrics;
import org.eqprop.examples.run.Experiment;
import org.eqprop.examples.run.OptimizerType;
import org.eqprop.examples.run.Preset;
import org.eqprop.examples.run.RateScheduleType;
import org.eqprop.examples.run.RunSummary;
import org.eqprop.examples.run.StartType;
import org.eqprop.examples.run.UntiedRule;
import org.eqprop.examples.run.Validated;
import org.eqprop.examples.run.Warning;
import org.eqprop.examples.run.Watcher;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What {@code ep train} shows: notes and progress on standard error, the result on output. */
final class TrainReport implements Watcher, AutoCloseable {
  /** Time between two looks at the whole. */
  private static final long WHOLE_NANOS = 1_000_000_000;

  /** Learning rates of continual updates up to this share of beta need no advice. */
  private static final double CONTINUAL_SHARE = 0.25;

  private final CommonOptions common;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Experiment experiment;
  private final ProgressBars bars;
  private @Nullable Bar bar;
  private @Nullable Supplier<String> whole;
  private long wholeSaid;
  private long before;

  TrainReport(CommonOptions common, CommandLine line, Experiment experiment) {
    this.common = common;
    this.out = line.getOut();
    this.err = line.getErr();
    this.experiment = experiment;
    this.bars =
        ProgressBars.onStandardError(
            common.quiet ? ProgressBars.Show.NEVER : ProgressBars.Show.AUTO);
  }

  /** From now on also says how far the whole is that this run is a part of. */
  void partOf(Supplier<String> words) {
    whole = words;
  }

  /** Says what is about to be trained, and where. */
  void started() {
    Config config = experiment.config();
    note(
        text(
            "Training %s (%s%s, %s) on %s: %s, T %d, K %d, beta %s, epsilon %s, lr %s, batch %d,"
                + " estimate %s, seed %d.",
            config.title(),
            config.graph().isEmpty() && config.preset().equals(Preset.DIGITS.id())
                ? "a preset of its own, not the paper's; "
                : "",
            config.setting(),
            TrainWords.layers(config, experiment.data().train()),
            config.data(),
            TrainWords.samples(config, experiment.data().train().size()),
            config.t(),
            config.k(),
            config.beta(),
            config.epsilon(),
            config.lr(),
            config.batch(),
            config.estimate(),
            config.seed()));
    String settling = config.settlingMode().description();
    if (!settling.isEmpty()) {
      note("Free phase: " + settling + ".");
    }
    String learning = learning(config);
    if (!learning.isEmpty()) {
      note(learning);
    }
    String parity = TrainWords.oddSteps(config);
    if (!parity.isEmpty()) {
      note("ep: warning: " + parity);
    }
    String continual = continual(config);
    if (!continual.isEmpty()) {
      note(continual);
    }
    Dataset train = experiment.data().train();
    config.borders(train.shape().tensor(), train.classes()).forEach(this::note);
    experiment.dataRemarks().forEach(this::remark);
    experiment.remarks().forEach(this::note);
    note("Run folder: " + experiment.path() + ". " + KernelsSelector.explanation());
  }

  /**
   * Advice for weights that change while the network settles, where they change fast beside the
   * nudge; empty otherwise.
   */
  private static String continual(Config config) {
    double largest = config.lr().stream().mapToDouble(rate -> rate).max().orElse(0);
    if (!config.methods().contains(ContinualPropagation.NAME)
        || largest <= CONTINUAL_SHARE * config.beta()) {
      return "";
    }
    String tenth =
        config.lr().stream()
            .map(rate -> text("%s", Math.round(rate * 1e5) / 1e6))
            .collect(Collectors.joining(","));
    return text(
        "The method continual needs learning rates that are small beside beta, and %s is not beside"
            + " %s: it may learn nothing. Begin with a tenth, --lr %s.",
        largest, config.beta(), tenth);
  }

  /** What is not as in the paper about learning; empty if nothing is. */
  private static String learning(Config config) {
    List<String> parts = new ArrayList<>();
    if (config.cost() != CostType.SQUARED_ERROR) {
      parts.add("cost " + config.cost());
    }
    if (config.updates().type() != OptimizerType.SGD || config.updates().weightDecay() > 0) {
      parts.add("optimizer " + config.updates().description());
    }
    if (config.rates().type() != RateScheduleType.CONSTANT || config.rates().warmUp() > 0) {
      parts.add("learning rates " + config.rates().description());
    }
    if (config.untied() != UntiedRule.NONE) {
      parts.add("untied weights by " + config.untied());
    }
    if (config.start() == StartType.PREVIOUS) {
      parts.add("free phases start at each sample's previous steady state");
    }
    if (config.start() == StartType.PREDICTED) {
      parts.add("free phases start where a feed-forward network predicts their end");
    }
    return parts.isEmpty() ? "" : "Learning: " + String.join("; ", parts) + ".";
  }

  @Override
  public void trialStarted(int trial, int trials) {
    endBar();
    if (trials > 1) {
      note("Trial " + (trial + 1) + " of " + trials + ".");
    }
  }

  @Override
  public void complaint(String sentence) {
    note(sentence);
  }

  @Override
  public void warned(Warning warning) {
    note("ep: warning: " + warning.sentence());
  }

  /** Says, even where notes are not wanted, why a result cannot be meant. */
  void warn(RunSummary summary) {
    close();
    summary.warnings().forEach(warning -> err.println("ep: warning: " + warning.sentence()));
    err.flush();
  }

  @Override
  public void epochStarted(int epoch, int epochs, long done, long samples) {
    before = epoch * samples;
    if (bar == null) {
      if (before + done > 0) {
        note(text("Going on in epoch %d, after %d of its %d samples.", epoch + 1, done, samples));
      }
      String task = experiment.config().title();
      bar = bars.start(task, before + done, epochs * samples, Unit.SAMPLES);
    }
    bar.remark("epoch " + (epoch + 1) + "/" + epochs);
    sayWhole(bar);
  }

  private void sayWhole(Bar on) {
    if (whole != null && on.isShown()) {
      on.head(whole.get());
      wholeSaid = System.nanoTime();
    }
  }

  @Override
  public void progress(long samples, double error) {
    if (bar != null) {
      bar.update(before + samples);
      if (System.nanoTime() - wholeSaid > WHOLE_NANOS) {
        sayWhole(bar);
      }
    }
  }

  @Override
  public void epochDone(EpochMetrics m) {
    TrainWords.epoch(experiment.config(), m).forEach(this::note);
    if (whole != null && (bar == null || !bar.isShown())) {
      note(whole.get() + ".");
    }
  }

  /** Says how to go on. */
  void stopped() {
    endBar();
    err.println(
        "ep: stopped; go on with: ep train --resume " + Visible.line(experiment.path().toString()));
    err.flush();
  }

  /** The result. */
  void finished(RunSummary summary) {
    endBar();
    if (common.json) {
      CommonOptions.print(out, summary);
      out.flush();
      return;
    }
    boolean several = summary.trials().size() > 1;
    String measured = summary.measured().word() + " error";
    out.println(line(measured, summary.error(), several));
    out.println(line("train error", summary.trainError(), several));
    validated(summary, several);
    out.println("run          " + Visible.line(summary.folder()));
    out.flush();
  }

  /** The test errors of a run with held-out samples, after the last epoch and after the best. */
  private void validated(RunSummary summary, boolean several) {
    List<Validated> trials = summary.validated();
    if (trials == null) {
      return;
    }
    RunSummary.Spread best = summary.spread(Validated::bestTest);
    out.println(line("test error", summary.spread(Validated::testError), several));
    out.println(
        (several ? "best epochs  " : text("best epoch   %d: ", trials.get(0).bestEpoch()))
            + line("validation error", summary.spread(Validated::bestValidationError), several)
            + (Double.isNaN(best.mean()) ? "" : line(", test error", best, several)));
  }

  @SuppressWarnings("AnnotateFormatMethod") // private, and called with literals only
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String line(String name, RunSummary.Spread spread, boolean several) {
    String value = String.format(Locale.ROOT, "%-12s %.2f %%", name, spread.mean());
    return several ? value + String.format(Locale.ROOT, " ± %.2f", spread.deviation()) : value;
  }

  /** Says what went wrong beside the result, also if notes are not wanted. */
  void warn(String sentence) {
    endBar();
    err.println("ep: " + Visible.line(sentence));
    err.flush();
  }

  /** Says what decides what the result means, also if notes are not wanted. */
  private void remark(String sentence) {
    if (common.quiet) {
      warn(sentence);
    } else {
      note(sentence);
    }
  }

  private void note(String sentence) {
    if (common.quiet) {
      return;
    }
    if (bar != null && bar.isShown()) {
      bar.println(sentence);
    } else {
      err.println(Visible.line(sentence));
      err.flush();
    }
  }

  @Override
  public void close() {
    endBar();
  }

  /** Takes the bar away, so that an error's sentence stands on a line of its own. */
  void endBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
