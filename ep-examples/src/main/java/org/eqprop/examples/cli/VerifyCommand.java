package org.eqprop.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.eqprop.core.relax.Context;
import org.eqprop.examples.report.Table;
import org.eqprop.examples.run.UsageException;
import org.eqprop.examples.verify.Deviation;
import org.eqprop.examples.verify.Float32Replay;
import org.eqprop.examples.verify.ReferenceFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ep verify}. */
@Command(
    name = "verify",
    description = "Replay reference trajectories and compare every recorded tensor.",
    footer = {
      "",
      "Exits 1 when a difference is out of tolerance: 2e-6 for states, 1e-6/beta for the EP"
          + " update,",
      "both absolute (float32, inputs rounded to float32).",
      "",
      "Example:",
      "  ep verify goldens/toy.safetensors goldens/p-3h.safetensors"
    })
final class VerifyCommand implements Callable<Integer> {
  @Mixin final CommonOptions common = new CommonOptions();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Reference files.")
  List<Path> files = new ArrayList<>();

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    List<Deviation> all = new ArrayList<>();
    try (Context context = common.context()) {
      for (Path path : files) {
        ReferenceFile file = ReferenceFile.read(path);
        if (!file.fullyConnected()) {
          throw new UsageException(
              path + " is a convolutional network, which cannot be replayed yet; leave it out.");
        }
        all.addAll(Float32Replay.run(file, context));
      }
    }
    boolean passed = all.stream().allMatch(Deviation::passed);
    if (common.json) {
      CommonOptions.print(out, all);
    } else {
      print(out, all, passed);
    }
    return passed ? 0 : Ep.FAILURE;
  }

  private static void print(PrintWriter out, List<Deviation> all, boolean passed) {
    Table table =
        Table.of("file", "group", "tensors", "absolute", "relative", "tolerance", "result");
    for (Deviation d : all) {
      table =
          table.row(
              d.file(),
              d.group(),
              d.tensors(),
              scientific(d.absolute()),
              scientific(d.relative()),
              scientific(d.tolerance()),
              d.passed() ? "ok" : "FAILED at " + d.worst());
    }
    out.print(table.text());
    out.println(passed ? "All within tolerance." : "Out of tolerance.");
    out.flush();
  }

  private static String scientific(double value) {
    return String.format(Locale.ROOT, "%.2e", value);
  }
}
