package org.eqprop.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.examples.gdu.BetaSweep;
import org.eqprop.examples.gdu.Convergence;
import org.eqprop.examples.gdu.ConvergenceReport;
import org.eqprop.examples.gdu.GduFigures;
import org.eqprop.examples.gdu.GduFiles;
import org.eqprop.examples.gdu.GduResult;
import org.eqprop.examples.gdu.GduSettings;
import org.eqprop.examples.gdu.GduTables;
import org.eqprop.examples.gdu.Measurement;
import org.eqprop.examples.gdu.MethodResult;
import org.eqprop.examples.report.Figure;
import org.eqprop.examples.report.FigureStyle;
import org.eqprop.examples.report.Table;
import org.eqprop.examples.run.Stopwatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What {@code ep gdu} shows and writes: notes on standard error, tables on output, files. */
final class GduReport {
  private final CommonOptions common;
  private final PrintWriter out;
  private final PrintWriter err;
  private final String name;
  private final @Nullable GduFiles files;
  private final Stopwatch watch = new Stopwatch();

  /**
   * A report.
   *
   * @param name what was asked for: a network or a figure
   * @param folder where to write to, or null
   * @param style of the figures
   */
  GduReport(
      CommonOptions common,
      CommandLine line,
      String name,
      @Nullable Path folder,
      FigureStyle style) {
    this.common = common;
    this.out = line.getOut();
    this.err = line.getErr();
    this.name = name;
    this.files = folder == null ? null : new GduFiles(folder, this::warn, style);
  }

  /** Says what is about to be run. */
  void started(List<Measurement> measurements) {
    GduSettings s = measurements.get(0).settings();
    String what =
        measurements.stream()
            .map(measurement -> measurement.settings().network())
            .distinct()
            .collect(Collectors.joining(", "));
    note(
        String.format(
            Locale.ROOT,
            "Comparing %s: convention %s, %s, samples: %s.",
            what,
            s.convention(),
            s.precision(),
            s.data()));
    measurements.stream()
        .flatMap(measurement -> measurement.borders().stream())
        .distinct()
        .forEach(this::note);
  }

  /**
   * Prints comparisons, then writes them, then draws them.
   *
   * @return the command's exit code
   */
  int show(List<GduResult> results) {
    if (common.json) {
      CommonOptions.print(out, results.size() == 1 ? results.get(0) : results);
    } else {
      bySeeds(results).forEach(seeds -> out.println(GduTables.ofSeeds(seeds).text()));
      out.print(GduTables.explanation(results));
    }
    out.flush();
    if (files != null) {
      write(files, results);
    }
    return finished();
  }

  /** The results of each network, which follow each other. */
  private static Collection<List<GduResult>> bySeeds(List<GduResult> results) {
    return results.stream()
        .collect(
            Collectors.groupingBy(
                result -> result.settings().network(), LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  private void write(GduFiles folder, List<GduResult> results) {
    GduResult first = results.get(0);
    boolean curves = !name.equals("figure3");
    folder.json(name, results.size() == 1 ? first : results);
    folder.csv(name, GduTables.all(results));
    if (curves) {
      folder.csv(name + "-curves", GduTables.curves(first));
      folder.figure(
          name.startsWith("figure") ? name : name + "-curves", () -> GduFigures.curves(first));
      folder.figure(name + "-bars", () -> GduFigures.bars(results));
    } else {
      folder.figure(name, () -> GduFigures.figure3(results));
    }
  }

  /**
   * Prints a sweep, then writes it, then draws it.
   *
   * @return the command's exit code
   */
  int show(BetaSweep sweep) {
    Table table = GduTables.of(sweep);
    return show(sweep, table.text(), "-beta", table, () -> GduFigures.sweep(sweep));
  }

  /**
   * Prints a comparison of methods, then writes it, then draws it.
   *
   * @return the command's exit code
   */
  int show(MethodResult result) {
    String text = GduTables.of(result).text() + GduTables.methodsExplanation();
    Table points = GduTables.points(result);
    return show(result, text, "-methods", points, () -> GduFigures.methods(result));
  }

  /**
   * Prints a convergence, then writes it, then draws it.
   *
   * @return the command's exit code
   */
  int show(Convergence result) {
    String text = ConvergenceReport.table(result).text();
    Table points = ConvergenceReport.points(result);
    return show(result, text, "-convergence", points, () -> ConvergenceReport.figure(result));
  }

  private int show(
      Object result, String text, String ending, Table points, Supplier<Figure> figure) {
    if (common.json) {
      CommonOptions.print(out, result);
    } else {
      out.print(text);
    }
    out.flush();
    if (files != null) {
      String file = name + ending;
      files.json(file, result);
      files.csv(file, points);
      files.figure(file, figure);
    }
    return finished();
  }

  private int finished() {
    if (files != null) {
      note(
          "Written: "
              + files.written().stream().map(Path::toString).collect(Collectors.joining(", ")));
    }
    note(String.format(Locale.ROOT, "%.1f s", watch.nanos() / 1e9));
    return files == null || files.isWritten() ? 0 : Ep.FAILURE;
  }

  private void warn(String sentence) {
    err.println("ep: " + Visible.line(sentence));
    err.flush();
  }

  private void note(String sentence) {
    if (!common.quiet) {
      err.println(Visible.line(sentence));
      err.flush();
    }
  }
}
