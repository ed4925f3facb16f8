package org.eqprop.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.eqprop.bptt.replay.Coverage;
import org.eqprop.bptt.replay.ReferenceFile;
import org.eqprop.bptt.verify.Deviation;
import org.eqprop.bptt.verify.Float32Replay;
import org.eqprop.bptt.verify.Float64Replay;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.core.settle.Context;
import org.eqprop.examples.report.Table;
import org.eqprop.examples.run.Names;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ep verify}. */
@Command(
    name = "verify",
    description = "Replay reference trajectories and compare every recorded tensor.",
    footer = {
      "",
      "float32 runs the kernels that train, on inputs and weights rounded to float32. States may"
          + " differ by 2e-6, the EP update by 1e-6/beta, and BPTT's gradient by 1e-4 of its"
          + " largest value. In networks with pooling, states may differ by 5e-6. If rounding makes"
          + " another element of a window the largest, the states differ by more; the column flips"
          + " counts such windows. The update may then also differ by the rounding of the sum over"
          + " a map.",
      "float64 computes everything again from Phi and the cost. Tensors may differ by 1e-10 of"
          + " their largest value, RelMSE by 1e-6 of its own value.",
      "The exit code is 1 if a difference is larger, if a tensor is missing or has an unknown name"
          + " (the group 'not compared' lists them), or if a file cannot be replayed. The other"
          + " files are compared all the same.",
      "Reference files are not part of eqprop: record them with another program.",
      "",
      "Example:",
      "  ep verify goldens/*.safetensors"
    })
final class VerifyCommand implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of("file", "precision", "group", "tensors", "absolute", "relative", "allowed", "result");

  private static final List<String> PRECISIONS = List.of("float32", "float64", "both");

  @Mixin final CommonOptions common = new CommonOptions();
  @Mixin final ThreadOptions threads = new ThreadOptions();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Reference files (safetensors).")
  List<Path> files = new ArrayList<>();

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      description = "float32, float64 or both (the default).")
  String precision = "both";

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (!PRECISIONS.contains(precision)) {
      throw new UsageException(
          "There is no precision '"
              + precision
              + "'; choose one of "
              + String.join(", ", PRECISIONS)
              + "."
              + Names.suggestion(precision, PRECISIONS));
    }
    List<Deviation> all = new ArrayList<>();
    boolean read = true;
    try (Context context = threads.context()) {
      for (Path path : files) {
        try {
          String label = label(path);
          replay(ReferenceFile.read(path), path, context)
              .forEach(deviation -> all.add(deviation.of(label)));
        } catch (StoreException refused) {
          read = false;
          PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
          err.println("ep: " + refused.getMessage());
          err.flush();
        }
      }
    }
    if (!all.isEmpty()) {
      report(all, read);
    }
    return read && all.stream().allMatch(Deviation::passed) ? 0 : Ep.FAILURE;
  }

  /** A file's name without its ending; its path where several files have the name. */
  private String label(Path path) {
    String name = name(path);
    boolean several = files.stream().filter(other -> name(other).equals(name)).count() > 1;
    return Visible.line(several ? path.toString() : name);
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName()).replaceFirst("\\.safetensors$", "");
  }

  private void report(List<Deviation> all, boolean read) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    List<Deviation> failed = all.stream().filter(d -> !d.passed()).toList();
    if (common.json) {
      CommonOptions.print(out, all);
    } else if (failed.stream().anyMatch(d -> !d.isOfNothing())) {
      print(out, all, "Out of tolerance.");
    } else if (!failed.isEmpty()) {
      print(out, all, "Not everything was compared.");
    } else {
      print(out, all, read ? "All within tolerance." : "Some files could not be replayed.");
    }
  }

  private List<Deviation> replay(ReferenceFile file, Path path, Context context) {
    List<Deviation> all = new ArrayList<>();
    try {
      Coverage coverage = Coverage.of(file);
      if (!precision.equals("float64")) {
        all.addAll(Float32Replay.run(file, context));
      }
      if (!precision.equals("float32")) {
        all.addAll(Float64Replay.run(file));
      }
      Deviation.notCompared(file.name(), coverage).ifPresent(all::add);
    } catch (IllegalArgumentException | StoreException unusable) {
      String reason = Visible.line(String.valueOf(unusable.getMessage()));
      throw new StoreException("Cannot replay " + path + ": " + reason, unusable);
    }
    return all;
  }

  private static void print(PrintWriter out, List<Deviation> all, String verdict) {
    boolean flips = all.stream().anyMatch(d -> d.flips() != null);
    List<String> columns = new ArrayList<>(COLUMNS);
    if (flips) {
      columns.add(columns.size() - 1, "flips");
    }
    Table table = Table.of(columns.toArray(String[]::new));
    for (Deviation d : all) {
      List<Object> row = new ArrayList<>();
      row.add(d.file());
      row.add(d.precision());
      row.add(d.group());
      row.add(d.tensors());
      row.add(scientific(d.absolute()));
      row.add(scientific(d.relative()));
      row.add(scientific(d.tolerance()) + " " + d.measure());
      if (flips) {
        row.add(d.flips() == null ? "" : d.flips());
      }
      String place = (d.isOfNothing() ? "FAILED: " : "FAILED at ") + d.worst();
      row.add(d.passed() ? "ok" : place);
      table.row(row.toArray());
    }
    out.print(table.text());
    out.println(verdict);
    out.flush();
  }

  private static String scientific(double value) {
    return String.format(Locale.ROOT, "%.2e", value);
  }
}
