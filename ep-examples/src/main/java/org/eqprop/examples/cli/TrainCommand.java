package org.eqprop.examples.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.eqprop.core.relax.Context;
import org.eqprop.examples.run.Config;
import org.eqprop.examples.run.Experiment;
import org.eqprop.examples.run.RunSummary;
import org.eqprop.examples.run.UsageException;
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
    description = "Train a network; without arguments p-1h on the embedded digits, in seconds.",
    footer = {
      "",
      "Each run has a folder: config.json, metrics.csv, metrics.jsonl, model.safetensors,",
      "checkpoint.safetensors, curve.svg and curve.png. A run can be stopped at any moment"
          + " (Ctrl-C,",
      "kill) and goes on with --resume to the same weights bit for bit.",
      "",
      "Examples:",
      "  ep train",
      "  ep train p-1h --data mnist --trials 5",
      "  ep train p-2h --data mnist --epochs 10 --limit 10000 --validation 1000",
      "  ep train --config mine.toml --lr 0.02,0.04",
      "  ep train --resume runs/p-1h-mnist-1 --epochs 60"
    })
final class TrainCommand implements Callable<Integer> {
  /** Exit code of a run that was stopped before its end, as after an interrupt. */
  private static final int STOPPED = 130;

  @Mixin final HyperOptions hyper = new HyperOptions();
  @Mixin final CommonOptions common = new CommonOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run's folder (default: runs/PRESET-DATA-N).")
  @Nullable Path out;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "Train N times with seeds SEED, SEED+1, …; report mean and deviation.")
  @Nullable Integer trials;

  @Option(names = "--resume", paramLabel = "RUN", description = "Go on with a run's folder.")
  @Nullable Path resume;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    try (Context context = common.context();
        Experiment experiment = experiment();
        Interrupts interrupts = new Interrupts();
        TrainReport report = new TrainReport(common, command.commandLine(), experiment)) {
      report.started();
      RunSummary summary = experiment.run(context, report, interrupts::requested);
      if (summary == null) {
        report.stopped();
        return STOPPED;
      }
      report.finished(summary);
      return 0;
    }
  }

  private Experiment experiment() {
    Path run = resume;
    if (run == null) {
      Config config = hyper.resolve();
      int count = trials == null ? 1 : trials;
      if (count < 1) {
        throw new UsageException("trials is " + count + "; it must be at least 1.");
      }
      return Experiment.create(out, config, count);
    }
    var given = hyper.given();
    given.remove("epochs");
    if (!given.isEmpty()
        || hyper.preset != null
        || hyper.config != null
        || out != null
        || trials != null) {
      throw new UsageException(
          "A run is resumed as it was configured: with --resume only --epochs, --threads, --quiet"
              + " and --json go together.");
    }
    return Experiment.open(run, hyper.epochs);
  }
}
