package org.eqprop.examples.cli;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.eqprop.core.internal.file.AtomicFiles;
import org.eqprop.examples.bench.BenchResult;
import org.eqprop.examples.bench.ScalingReport;
import org.eqprop.examples.report.Drawings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ep bench scaling}. */
@Command(
    name = "scaling",
    sortOptions = false,
    description = {
      "Measure how the cost of a training step grows with the batch, the width, the depth, T and"
          + " the threads, and the memory of both methods with K.",
      "It writes scaling.json, costs.csv, memory.csv, scaling.svg, scaling.png and scaling.pdf."
    },
    footer = {
      "",
      "Examples:",
      "  ep bench scaling",
      "  ep bench scaling --include width --out scaling"
    })
final class BenchScalingCommand implements Callable<Integer> {
  @Mixin final BenchOptions options = new BenchOptions();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FOLDER",
      description = "The folder to write into (default: ${DEFAULT-VALUE}).")
  Path out = BenchCommand.FOLDER.resolve("scaling");

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    BenchResult result = options.process("scaling", line).run(out.resolve("scaling.json"));
    ScalingReport report = new ScalingReport(result);
    PrintWriter writer = line.getOut();
    if (options.json) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("machine", result.machine());
      all.put("costs", report.costs());
      all.put("memory", report.memory());
      CommonOptions.print(writer, all);
    } else {
      writer.print(report.costs().text() + "\n" + report.memory().text());
    }
    writer.flush();
    write("costs.csv", report.costs().toCsv());
    write("memory.csv", report.memory().toCsv());
    Drawings drawings = new Drawings(reason -> BenchOptions.warn(line, reason));
    drawings.write(out, "scaling", report::figure);
    options.note(line, "Written into " + out);
    return drawings.isWritten() ? 0 : Ep.FAILURE;
  }

  private void write(String name, String text) {
    AtomicFiles.write(out.resolve(name), ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }
}
