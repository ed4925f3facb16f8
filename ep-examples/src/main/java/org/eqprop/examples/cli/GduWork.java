package org.eqprop.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.examples.gdu.BetaSweep;
import org.eqprop.examples.gdu.Convergence;
import org.eqprop.examples.gdu.ConvergenceStudy;
import org.eqprop.examples.gdu.GduNet;
import org.eqprop.examples.gdu.GduResult;
import org.eqprop.examples.gdu.GduSettings;
import org.eqprop.examples.gdu.Measurement;
import org.eqprop.examples.gdu.MethodComparison;
import org.eqprop.examples.gdu.MethodResult;
import org.eqprop.examples.gdu.Workers;
import org.eqprop.examples.report.Bar;
import org.eqprop.examples.report.ProgressBars;
import org.eqprop.examples.report.Unit;
import org.eqprop.examples.run.Convention;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Compares updates with gradients, with a bar: what {@code ep gdu} and the figures have in common.
 */
final class GduWork {
  /** Where figures go unless something else is said. */
  static final Path FOLDER = Path.of("figures");

  /** What a bar is full at. */
  private static final long WHOLE = 1_000_000;

  private static final int MOST_SEEDS = 1000;

  private final String name;
  private final GduOptions options;
  private final CommonOptions common;
  private final ThreadOptions threads;
  private final CommandLine line;
  private final @Nullable Path folder;
  private final Set<String> said = new HashSet<>();

  /**
   * Work to be done.
   *
   * @param name of the network or figure, and of its files
   * @param folder where files go, or null for no files
   */
  GduWork(
      String name,
      GduOptions options,
      CommonOptions common,
      ThreadOptions threads,
      CommandLine line,
      @Nullable Path folder) {
    this.name = name;
    this.options = options;
    this.common = common;
    this.threads = threads;
    this.line = line;
    this.folder = folder;
    threads.count();
  }

  /**
   * Compares networks, prints and writes what comes out.
   *
   * @return the command's exit code
   */
  int compare(List<GduNet> nets) {
    if (nets.size() > 1 && options.model.hidden != null && options.model.hidden.size() != 1) {
      throw new UsageException(
          "The networks of figure 3 have different numbers of layers; give --hidden one size for"
              + " all.");
    }
    if (options.seeds < 1 || options.seeds > MOST_SEEDS) {
      throw new UsageException(
          "--seeds is " + options.seeds + "; it must be from 1 to " + MOST_SEEDS + ".");
    }
    List<Measurement> measurements = new ArrayList<>();
    for (GduNet net : nets) {
      for (int seed = 0; seed < options.seeds; seed++) {
        measurements.add(
            measurement(
                net, options.settings(net, Convention.PAPER, net.t(), options.seed + seed)));
      }
    }
    long total = measurements.stream().mapToLong(Measurement::cost).sum();
    GduReport report = report(measurements);
    List<GduResult> results =
        withWorkers(
            total,
            (workers, bar) -> {
              List<GduResult> all = new ArrayList<>();
              for (Measurement measurement : measurements) {
                bar.remark(measurements.size() > 1 ? measurement.settings().network() : "");
                all.add(measurement.run(workers));
              }
              return all;
            });
    return report.show(results);
  }

  /**
   * Compares a network for several betas.
   *
   * @param betas falling
   * @return the command's exit code
   */
  int sweep(GduNet net, List<Double> betas) {
    requireOneSeed("--sweep-beta");
    Measurement measurement = exact(net);
    GduReport report = report(List.of(measurement));
    BetaSweep result =
        withWorkers(
            measurement.sweepCost(betas.size()),
            (workers, bar) -> measurement.sweep(betas, workers));
    return report.show(result);
  }

  /**
   * Compares the gradients of several methods on a network.
   *
   * @return the command's exit code
   */
  int methods(GduNet net, List<String> names) {
    requireOneSeed("--methods");
    MethodComparison comparison = new MethodComparison(exact(net), names, CommonOptions.kernels());
    GduReport report = report(List.of(comparison.measurement()));
    MethodResult result = withWorkers(comparison.cost(), (workers, bar) -> comparison.run(workers));
    return report.show(result);
  }

  /**
   * Measures how estimates of a network's gradient converge.
   *
   * @param methods whose estimates; empty for all
   * @return the command's exit code
   */
  int convergence(GduNet net, List<String> methods) {
    requireOneSeed("--convergence");
    GduSettings settings = options.settings(net, Convention.EXACT, ConvergenceStudy.STEPS);
    ConvergenceStudy study = new ConvergenceStudy(measurement(net, settings), methods);
    GduReport report = report(List.of(study.measurement()));
    Convergence result = withWorkers(study.cost(), (workers, bar) -> study.run(workers));
    return report.show(result);
  }

  private void requireOneSeed(String option) {
    if (options.seeds != 1) {
      throw new UsageException("--seeds does not go with " + option + "; leave it out.");
    }
  }

  private GduReport report(List<Measurement> measurements) {
    GduReport report = new GduReport(common, line, name, folder, options.figures.style(false));
    report.started(measurements);
    return report;
  }

  /** With the convention that the theorem holds in. */
  private Measurement exact(GduNet one) {
    return measurement(one, options.settings(one, Convention.EXACT, one.t()));
  }

  private Measurement measurement(GduNet one, GduSettings settings) {
    return new Measurement(
        settings, options.samples(one, settings.seed(), this::warn), CommonOptions.kernels());
  }

  /** Says what decides what the result means, also if notes are not wanted. */
  private void warn(String sentence) {
    if (!said.add(sentence)) {
      return;
    }
    PrintWriter err = line.getErr();
    err.println((common.quiet ? "ep: " : "") + Visible.line(sentence));
    err.flush();
  }

  /** Runs a job with a bar that is full at {@code total}. */
  private <T> T withWorkers(long total, BiFunction<Workers, Bar, T> job) {
    ProgressBars bars =
        ProgressBars.onStandardError(
            common.quiet ? ProgressBars.Show.NEVER : ProgressBars.Show.AUTO);
    try (Bar bar = bars.start(name, 0, WHOLE, Unit.SHARE);
        Workers workers =
            new Workers(
                threads.count(),
                done -> bar.update(Math.min(WHOLE, (long) (1.0 * WHOLE * done / total))))) {
      return job.apply(workers, bar);
    }
  }
}
