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
          + " beside each figure, and write a JSON file to compare with.",
      "Takes three minutes; leave the machine alone meanwhile."
    },
    footer = {
      "",
      "Examples:",
      "  ep bench                                 into runs/bench",
      "  ep bench --full --blas libopenblas.so.0  every preset, and a peer: 25 minutes",
      "  ep bench --include outer",
      "  ep bench compare --baseline              the last result with the baseline"
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

  @Option(names = "--full", description = "Every operator and preset, in longer runs.")
  boolean full;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "The file to write (default: one in runs/bench named by the time).")
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
