package org.eqprop.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.examples.gdu.BetaSweep;
import org.eqprop.examples.gdu.GduNet;
import org.eqprop.examples.gdu.GduResult;
import org.eqprop.examples.gdu.GduSettings;
import org.eqprop.examples.gdu.Measurement;
import org.eqprop.examples.gdu.Workers;
import org.eqprop.examples.report.Bar;
import org.eqprop.examples.report.ProgressBars;
import org.eqprop.examples.report.Unit;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ep gdu}. */
@Command(
    name = "gdu",
    sortOptions = false,
    description = {
      "Compare the updates of equilibrium propagation with the gradients of backprop through time,"
          + " step by step (gradient-descending updates).",
      "docs/gdu.md says what to expect. An option that states no default has the value of NET in"
          + " the convention."
    },
    footer = {
      "",
      "Examples:",
      "  ep gdu toy                         the toy model of figure 2, in seconds",
      "  ep gdu p-1h --convention program   as the authors' program runs it",
      "  ep gdu eb-2h --out gdu             with tables and plots in the folder gdu",
      "  ep gdu p-2h --sweep-beta --estimate centered",
      "  ep gdu figure2                     figure 2 of the paper, in seconds",
      "  ep gdu figure3                     figure 3, in minutes",
      "  ep gdu figure4                     figure 4, in minutes"
    })
final class GduCommand implements Callable<Integer> {
  private static final String FIGURE_2 = "figure2";
  private static final String FIGURE_3 = "figure3";
  private static final String FIGURE_4 = "figure4";
  private static final List<String> FIGURES = List.of(FIGURE_2, FIGURE_3, FIGURE_4);
  private static final List<Double> BETAS = List.of(1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6);

  /** What a bar is full at. */
  private static final long WHOLE = 1_000_000;

  @Parameters(
      index = "0",
      paramLabel = "NET",
      description =
          "Network: toy, eb-1h, eb-2h, eb-3h, p-1h, p-2h, p-3h or p-conv. Or a figure of the"
              + " paper: figure2 (toy), figure3 (the six fully connected networks) or figure4"
              + " (p-conv).")
  String net = "";

  @Mixin final GduOptions options = new GduOptions();

  @Option(
      names = "--sweep-beta",
      description =
          "Measure the relative error (RelMSE) for several betas, and the power of beta that it"
              + " follows.")
  boolean sweep;

  @Option(
      names = "--betas",
      split = ",",
      paramLabel = "X",
      description = "The betas of a sweep, at least two (default: 0.1,0.01,0.001,1e-4,1e-5,1e-6).")
  @Nullable List<Double> betas;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Write tables and figures (CSV, JSON, SVG, PNG) into this folder (default: none;"
              + " 'figures' for figure2, figure3 and figure4).")
  @Nullable Path out;

  @Mixin final CommonOptions common = new CommonOptions();
  @Mixin final ThreadOptions threads = new ThreadOptions();

  @Spec @Nullable CommandSpec spec;

  private final Set<String> said = new HashSet<>();

  @Override
  public Integer call() {
    threads.count();
    return sweep || betas != null ? sweep() : compare();
  }

  private int compare() {
    List<Measurement> measurements = nets().stream().map(this::measurement).toList();
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

  private GduReport report(List<Measurement> measurements) {
    GduReport report =
        new GduReport(common, Objects.requireNonNull(spec).commandLine(), net, folder());
    report.started(measurements);
    return report;
  }

  private List<GduNet> nets() {
    if (net.equals(FIGURE_3)) {
      if (options.model.hidden != null && options.model.hidden.size() != 1) {
        throw new UsageException(
            "The networks of figure 3 have different numbers of layers; give --hidden one size for"
                + " all.");
      }
      return GduNet.FIGURE_3;
    }
    return switch (net) {
      case FIGURE_2 -> List.of(GduNet.TOY);
      case FIGURE_4 -> List.of(GduNet.P_CONV);
      default -> List.of(GduNet.named(net, FIGURES.toArray(String[]::new)));
    };
  }

  private @Nullable Path folder() {
    return out == null && FIGURES.contains(net) ? Path.of("figures") : out;
  }

  private Measurement measurement(GduNet one) {
    return new Measurement(
        options.settings(one, sweep || betas != null),
        options.samples(one, this::warn),
        CommonOptions.kernels());
  }

  /** Says what decides what the result means, also if notes are not wanted. */
  private void warn(String sentence) {
    if (!said.add(sentence)) {
      return;
    }
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    err.println((common.quiet ? "ep: " : "") + Visible.line(sentence));
    err.flush();
  }

  private int sweep() {
    if (FIGURES.contains(net)) {
      throw new UsageException(
          "A sweep needs one network; give its name, such as p-1h, instead of '" + net + "'.");
    }
    if (options.model.beta != null) {
      throw new UsageException("A sweep has betas of its own; use --betas instead of --beta.");
    }
    List<Double> falling =
        (betas == null ? BETAS : betas)
            .stream().distinct().sorted(Comparator.reverseOrder()).toList();
    if (falling.size() < 2) {
      throw new UsageException(
          "A sweep needs at least two different betas; give more of them to --betas.");
    }
    falling.forEach(beta -> GduSettings.checkBeta("--betas", beta));
    Measurement measurement = measurement(GduNet.named(net));
    GduReport report = report(List.of(measurement));
    BetaSweep result =
        withWorkers(
            measurement.sweepCost(falling.size()),
            (workers, bar) -> measurement.sweep(falling, workers));
    return report.show(result);
  }

  /** Runs a job with a bar that is full at {@code total}. */
  private <T> T withWorkers(long total, BiFunction<Workers, Bar, T> job) {
    ProgressBars bars =
        ProgressBars.onStandardError(
            common.quiet ? ProgressBars.Show.NEVER : ProgressBars.Show.AUTO);
    try (Bar bar = bars.start(net, 0, WHOLE, Unit.SHARE);
        Workers workers =
            new Workers(
                threads.count(),
                done -> bar.update(Math.min(WHOLE, (long) (1.0 * WHOLE * done / total))))) {
      return job.apply(workers, bar);
    }
  }
}
