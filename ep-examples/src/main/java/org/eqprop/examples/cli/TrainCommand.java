package org.eqprop.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.eqprop.core.settle.Context;
import org.eqprop.examples.report.Drawings;
import org.eqprop.examples.report.FigureStyle;
import org.eqprop.examples.report.Table;
import org.eqprop.examples.run.Config;
import org.eqprop.examples.run.EpochMetrics;
import org.eqprop.examples.run.Experiment;
import org.eqprop.examples.run.ResumeCheck.Accepted;
import org.eqprop.examples.run.RunStart;
import org.eqprop.examples.run.RunSummary;
import org.eqprop.examples.run.UsageException;
import org.eqprop.examples.run.Validated;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ep train}. */
@Command(
    name = "train",
    sortOptions = false,
    description = {
      "Train a network; without arguments a small one on the embedded digits, in seconds.",
      "An option that states no default has the preset's value. 'ep presets' shows the main values,"
          + " 'ep presets --json' all of them."
    },
    footer = {
      "",
      "Each run has a folder with these files:",
      "  config.json                 all settings, also for --config",
      "  metrics.csv, metrics.jsonl  errors, loss and times of each epoch",
      "  model.safetensors           the network, for ep evaluate and ep predict",
      "  checkpoint.safetensors      what --resume needs",
      "  curve.svg, .png, .pdf       the errors as a plot",
      "  summary.json                the result",
      "  sessions.json               the command, commit, kernels and machine of each start",
      "  best.safetensors            the model of the least validation error, with --validation",
      "  snapshots/                  a model every N epochs, with --snapshots",
      "  gradient.csv, .svg, …       the gradient's quality, with --track-gradient",
      "With --trials above 1 each trial has a folder in the run's folder (trial-1, trial-2, …)."
          + " With several methods each has one (ep, bptt, …).",
      "",
      "You can stop a run at any moment (Ctrl-C or kill). --resume continues it to the same"
          + " weights, bit for bit. It refuses changed settings or data unless you accept them.",
      "",
      "Examples:",
      "  ep train",
      "  ep train p-1h --data mnist --trials 5",
      "  ep train p-1h --data mnist --method ep,bptt,chl",
      "  ep train p-2h --data mnist --limit 10000 --validation 1000 --patience 5",
      "  ep train --config mine.toml --lr 0.02,0.04",
      "  ep train docs/examples/skip.toml    a network described in a file",
      "  ep train --resume runs/p-1h-mnist-1 --epochs 60"
    })
final class TrainCommand implements Callable<Integer> {
  @Mixin final HyperOptions hyper = new HyperOptions();
  @Mixin final CommonOptions common = new CommonOptions();
  @Mixin final ThreadOptions threads = new ThreadOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run's folder (default: runs/NAME-N, such as runs/p-1h-mnist-1).")
  @Nullable Path out;

  @Mixin final FigureOptions figures = new FigureOptions();

  @Option(
      names = "--log-error",
      description = "Draw the errors on a logarithmic axis, without those that are 0.")
  boolean logError;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description =
          "Train N times, with the seeds SEED, SEED+1, … (1 to 10000, default: 1); report mean and"
              + " standard deviation.")
  @Nullable Integer trials;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description =
          "Continue the run in this folder, with its own settings. Of the other options only"
              + " --epochs, --data, --accept-changed-config, --accept-changed-data, --threads,"
              + " --quiet, --json and those of figures go with it.")
  @Nullable Path resume;

  @Option(
      names = "--accept-changed-config",
      description = "With --resume: continue although config.json has changed.")
  boolean acceptConfig;

  @Option(
      names = "--accept-changed-data",
      description = "With --resume: continue although the data has changed.")
  boolean acceptData;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    FigureStyle style = figures.style(logError);
    CommandSpec command = Objects.requireNonNull(spec);
    try (Context context = threads.context();
        Experiment experiment = experiment();
        Interrupts interrupts = new Interrupts();
        TrainReport report = new TrainReport(common, command.commandLine(), experiment)) {
      int code;
      try {
        report.started();
        experiment.begun(RunStart.now(words(command), Here.session(context)));
        List<RunSummary> summaries = experiment.run(context, report, interrupts::requested);
        code = end(command, experiment, report, summaries);
      } catch (RuntimeException | Error failed) {
        // What went wrong is said after this, and is all there is to say.
        report.endBar();
        experiment.draw(new Drawings(sentence -> {}, style));
        throw failed;
      }
      Drawings drawings = new Drawings(report::warn, style);
      experiment.draw(drawings);
      return code == 0 && !drawings.isWritten() ? Ep.FAILURE : code;
    }
  }

  /** The command as it was given, for a shell. */
  private static String words(CommandSpec command) {
    return "ep "
        + command.commandLine().getParseResult().originalArgs().stream()
            .map(word -> word.matches("[\\w@%+=:,./-]+") ? word : "'" + word + "'")
            .collect(Collectors.joining(" "));
  }

  /** Prints the result, then saves it: drawing comes after both. */
  private int end(
      CommandSpec command,
      Experiment experiment,
      TrainReport report,
      @Nullable List<RunSummary> summaries) {
    if (summaries == null) {
      report.stopped();
      return Ep.STOPPED;
    }
    summaries.forEach(report::warn);
    if (summaries.size() == 1) {
      report.finished(summaries.get(0));
    } else {
      report.endBar();
      PrintWriter writer = command.commandLine().getOut();
      if (common.json) {
        CommonOptions.print(writer, summaries);
      } else {
        writer.print(compare(experiment, summaries).text());
      }
      writer.flush();
    }
    experiment.save(summaries);
    return 0;
  }

  private static Table compare(Experiment experiment, List<RunSummary> summaries) {
    String measured = experiment.config().measured().word();
    boolean held = summaries.get(0).validated() != null;
    String[] names = {"method", measured + " error", "train error", "s/epoch"};
    String[] more = {
      "method", measured + " error", "train error", "test error", "test error (best)", "s/epoch"
    };
    Table table =
        Table.of(held ? more : names)
            .title(
                String.format(
                    Locale.ROOT,
                    "%s, %d epochs, %d trial%s",
                    experiment.config().subject(),
                    experiment.epochs(),
                    experiment.trials(),
                    experiment.trials() == 1 ? "" : "s"))
            .footnote("run " + experiment.path());
    for (RunSummary summary : summaries) {
      double seconds = 0;
      for (EpochMetrics last : summary.trials()) {
        seconds += last.seconds() / summary.trials().size();
      }
      List<String> cells = new ArrayList<>();
      cells.add(summary.method());
      cells.add(percent(summary.error(), summaries));
      cells.add(percent(summary.trainError(), summaries));
      if (held) {
        cells.add(percent(summary.spread(Validated::testError), summaries));
        cells.add(percent(summary.spread(Validated::bestTest), summaries));
      }
      cells.add(String.format(Locale.ROOT, "%.1f", seconds));
      table.row(cells.toArray());
    }
    return table;
  }

  private static String percent(RunSummary.Spread spread, List<RunSummary> summaries) {
    return summaries.get(0).trials().size() == 1
        ? String.format(Locale.ROOT, "%.2f%%", spread.mean())
        : String.format(Locale.ROOT, "%.2f ± %.2f %%", spread.mean(), spread.deviation());
  }

  private Experiment experiment() {
    Path run = resume;
    if (run == null) {
      Config config = hyper.resolve();
      if (acceptConfig || acceptData) {
        throw new UsageException(
            "--accept-changed-config and --accept-changed-data go with --resume only.");
      }
      int count = trials == null ? 1 : trials;
      LayerSizes layers = hyper.layers();
      return hyper.with(
          config,
          resolved ->
              Experiment.create(
                  out,
                  resolved,
                  count,
                  parts -> {
                    if (layers != null) {
                      layers.check(parts.train());
                    }
                  }));
    }
    var given = hyper.given();
    given.remove(List.of("epochs", "data"));
    if (!given.isEmpty()
        || hyper.preset != null
        || hyper.config != null
        || out != null
        || trials != null) {
      throw new UsageException(
          "A run is resumed as it was configured: with --resume only --epochs, --data,"
              + " --accept-changed-config, --accept-changed-data, --threads, --quiet and --json go"
              + " together.");
    }
    return Experiment.open(run, hyper.epochs, hyper.data, new Accepted(acceptConfig, acceptData));
  }
}
