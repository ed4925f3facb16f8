package org.eqprop.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.core.settle.Context;
import org.eqprop.examples.report.Drawings;
import org.eqprop.examples.report.Table;
import org.eqprop.examples.reproduce.MethodChoice;
import org.eqprop.examples.reproduce.PaperRow;
import org.eqprop.examples.reproduce.PaperTable;
import org.eqprop.examples.reproduce.Plan;
import org.eqprop.examples.reproduce.Reproduction;
import org.eqprop.examples.run.ModeType;
import org.eqprop.examples.run.Names;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A table of the paper. */
abstract class ReproduceTableCommand implements Callable<Integer> {

  private final PaperTable table;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description =
          "Only these rows, with commas between them (default: all). Table 1: eb-1h, eb-2h, p-1h,"
              + " p-2h, p-3h, p-conv. Table 2: persistent, predicted, spiking.")
  @Nullable List<String> only;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description =
          "ep (equilibrium propagation), bptt (backpropagation through time) or both (default: both"
              + " in Table 1; Table 2 has ep only).")
  @Nullable MethodChoice method;

  @Option(
      names = "--mode",
      paramLabel = "NAME",
      description =
          "exact (the paper's steps, the default) or fast (fewer steps to the same steady states).")
  @Nullable ModeType mode;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "Trainings of each cell, with the seeds 1, 2, … (1 to 10000, default: 5).")
  @Nullable Integer trials;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Passes over the training set, for a short trial (1 to 1000000, default: the paper's)."
              + " Then there is no verdict.")
  @Nullable Integer epochs;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Use the first N training samples only, for a short trial (default: 0, all). Then there"
              + " is no verdict.")
  @Nullable Integer limit;

  @Option(
      names = "--data",
      paramLabel = "NAME|DIR",
      description =
          "Data set: mnist (the default), digits (embedded), fashion-mnist or a folder of IDX"
              + " files. With other data than mnist there is no verdict.")
  @Nullable String data;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "The table's folder (default: runs/table1 or runs/table2). If trials are there already,"
              + " the command goes on with them.")
  @Nullable Path out;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Go on with the table in this folder, with its own settings. Of the other options only"
              + " --threads, --quiet and --json go with it.")
  @Nullable Path resume;

  @Mixin final CommonOptions common = new CommonOptions();
  @Mixin final ThreadOptions threads = new ThreadOptions();

  @Spec @Nullable CommandSpec spec;

  ReproduceTableCommand(PaperTable table) {
    this.table = table;
  }

  @Override
  public Integer call() {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    Plan plan = plan();
    Path folder = resume != null ? resume : out != null ? out : Path.of("runs", table.id());
    try (Context context = threads.context();
        Reproduction reproduction = Reproduction.open(folder, plan);
        Interrupts interrupts = new Interrupts();
        ReproduceProgress progress = new ReproduceProgress(common, line)) {
      progress.started(reproduction);
      Drawings drawings = new Drawings(progress::complaint);
      Reproduction.End end =
          reproduction.run(
              context, Here.session(context), drawings, progress, interrupts::requested);
      if (end == Reproduction.End.STOPPED) {
        progress.stopped(table, folder);
        return Ep.STOPPED;
      }
      reproduction.warnings().forEach(sentence -> progress.complaint("warning: " + sentence));
      show(reproduction, line);
      boolean whole = end == Reproduction.End.DONE && drawings.isWritten();
      return whole ? 0 : Ep.FAILURE;
    }
  }

  /** A row of either table; the plan refuses the other one's. */
  private PaperRow row(String name) {
    return Stream.of(PaperRow.values())
        .filter(row -> row.id().equals(name))
        .findFirst()
        .orElseGet(
            () ->
                Names.constant(
                    "--only", table.rows().toArray(PaperRow[]::new), PaperRow::id, name));
  }

  private Plan plan() {
    if (resume == null) {
      return new Plan(
          table,
          only == null ? table.rows() : only.stream().map(this::row).toList(),
          (method == null ? MethodChoice.BOTH : method).methods(),
          mode == null ? ModeType.EXACT : mode,
          trials == null ? Plan.TRIALS : trials,
          epochs,
          limit == null ? 0 : limit,
          data == null ? PaperRow.DATA : data);
    }
    boolean others =
        Stream.of(only, method, mode, trials, epochs, limit, data, out).anyMatch(Objects::nonNull);
    if (others) {
      throw new UsageException(
          "A table is gone on with as it was begun: with --resume only --threads, --quiet and"
              + " --json go together.");
    }
    Plan found = Reproduction.plan(resume);
    if (found.table() != table) {
      throw new UsageException(
          "The folder "
              + resume
              + " is of "
              + found.table().title()
              + "; go on with it by: ep reproduce "
              + found.table().id()
              + " --resume "
              + resume);
    }
    return found;
  }

  private void show(Reproduction reproduction, CommandLine line) {
    PrintWriter writer = line.getOut();
    Path page = reproduction.page();
    if (common.json) {
      CommonOptions.print(writer, reproduction.figures());
    } else {
      Table overview = reproduction.overview();
      writer.print(overview.text());
      writer.println("report  " + Visible.line(page.toString()));
    }
    writer.flush();
  }
}
