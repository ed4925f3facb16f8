package org.eqprop.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.eqprop.examples.bench.BenchResult;
import org.eqprop.examples.bench.BenchTables;
import org.eqprop.examples.report.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ep bench}. */
@Command(
    name = "bench",
    sortOptions = false,
    description = {
      "Measure the speed of operators, training steps and predictions, with the machine's peak"
          + " beside each figure, and write a JSON file for later comparisons.",
      "It takes three minutes. Run nothing else on the machine meanwhile."
    },
    footer = {
      "",
      "Examples:",
      "  ep bench                        writes a file into runs/bench",
      "  ep bench --full                 every preset, with OpenBLAS: 25 minutes",
      "  ep bench --include addOuter     only benchmarks with 'addOuter' in their names",
      "  ep bench compare --baseline     compares the newest file in runs/bench with the baseline"
    },
    subcommands = {
      BenchCompareCommand.class,
      BenchScalingCommand.class,
      BenchSelfTestCommand.class
    })
final class BenchCommand implements Callable<Integer> {
  /** Where results go. */
  static final Path FOLDER = Path.of("runs", "bench");

  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  @Mixin final BenchOptions options = new BenchOptions();

  @Option(
      names = "--full",
      description =
          "Measure every operator and every preset, in longer runs, and compare with a BLAS"
              + " library.")
  boolean full;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "The file to write (default: a file in runs/bench with the time in its name).")
  @Nullable Path out;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    Path file = out == null ? next("bench") : out;
    BenchResult result = options.process(full ? "full" : "quick", line).run(file);
    PrintWriter writer = line.getOut();
    if (options.json) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("file", file.toString());
      all.put("machine", result.machine());
      all.put("benchmarks", BenchTables.of(result));
      all.put("latencies", BenchTables.latencies(result));
      CommonOptions.print(writer, all);
    } else {
      writer.print(BenchTables.of(result).text());
      Table latencies = BenchTables.latencies(result);
      if (!latencies.rows().isEmpty()) {
        writer.print("\n" + latencies.text());
      }
    }
    writer.flush();
    options.note(line, "Written: " + file);
    return 0;
  }

  /** A file in the folder of results that does not exist yet. */
  static Path next(String prefix) {
    return FOLDER.resolve(prefix + "-" + NAME.format(LocalDateTime.now(ZoneOffset.UTC)) + ".json");
  }

  /**
   * The newest result.
   *
   * @param complaint is told of each file that is passed over
   */
  static @Nullable BenchResult latest(Consumer<String> complaint) {
    List<BenchResult> all = BenchResult.all(FOLDER, complaint);
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }
}
