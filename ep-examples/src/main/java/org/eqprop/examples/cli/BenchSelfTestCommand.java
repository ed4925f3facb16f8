package org.eqprop.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.examples.bench.BenchProcess;
import org.eqprop.examples.bench.BenchResult;
import org.eqprop.examples.bench.Comparison;
import org.eqprop.examples.bench.Verdict;
import org.eqprop.examples.report.Table;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ep bench self-test}. */
@Command(
    name = "self-test",
    sortOptions = false,
    description = {
      "Test the comparison itself: runs of the same build must not be found slower, and kernels"
          + " whose products take a fifth longer must be.",
      "It takes about a minute per run. Runs that are in the folder already are not repeated, so"
          + " you can stop it and start it again."
    },
    footer = {"", "Example:", "  ep bench self-test --runs 10"})
final class BenchSelfTestCommand implements Callable<Integer> {
  /** Products, and a training step that is made of little else. */
  private static final String ROWS = "multiply [12]0x[75]|outer|step p-1h ep|predict";

  /** What the slowed kernels must be found out by. */
  private static final String PRODUCT = "multiply|outer";

  private static final String SLOWED = "slowed";
  private static final double LEAST = 0.05;

  @Mixin final BenchOptions options = new BenchOptions();

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Number of runs of the same build, at least 1 (default: ${DEFAULT-VALUE}).")
  int runs = 10;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FOLDER",
      description = "The folder to write into (default: ${DEFAULT-VALUE}).")
  Path out = BenchCommand.FOLDER.resolve("self-test");

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (runs < 1) {
      throw new UsageException("--runs is " + runs + "; it must be at least 1.");
    }
    BenchResult first = result("unchanged-0", null);
    Table table = Table.of("run", "slower", "faster", "unclear", "largest ratio", "verdict");
    boolean passed = true;
    for (int i = 1; i <= runs; i++) {
      BenchResult again = result("unchanged-" + i, null);
      Comparison comparison = Comparison.of(first, again, LEAST);
      boolean clear = 2 * count(comparison, Verdict.UNCLEAR) <= comparison.lines().size();
      boolean right = comparison.slower().isEmpty();
      row(table, "unchanged " + i, comparison, right ? clear ? "right" : "TOO NOISY" : "WRONG");
      passed &= right && clear;
    }
    Comparison comparison = Comparison.of(first, result(SLOWED, SLOWED), LEAST);
    List<String> missed =
        comparison.lines().stream()
            .filter(line -> line.name().matches("(" + PRODUCT + ").*"))
            .filter(line -> line.verdict() != Verdict.SLOWER)
            .map(Comparison.Line::name)
            .toList();
    row(table, SLOWED, comparison, missed.isEmpty() ? "right" : "WRONG");
    print(table, passed, missed);
    return passed && missed.isEmpty() ? 0 : Ep.FAILURE;
  }

  private BenchResult result(String name, @Nullable String kernels) {
    Path file = out.resolve(name + ".json");
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    if (Files.exists(file)) {
      return BenchResult.read(file);
    }
    options.note(line, "Measuring " + name + " …");
    if (options.include == null) {
      options.include = ROWS;
    }
    BenchProcess process = options.process("quick", line);
    if (kernels != null) {
      process.property(KernelsSelector.PROPERTY, kernels);
    }
    return process.run(file);
  }

  private static void row(Table table, String name, Comparison comparison, String verdict) {
    table.row(
        name,
        count(comparison, Verdict.SLOWER),
        count(comparison, Verdict.FASTER),
        count(comparison, Verdict.UNCLEAR),
        comparison.lines().stream()
            .map(line -> line.interval().ratio())
            .max(Double::compare)
            .map(ratio -> new Table.Cell(ratio, String.format(Locale.ROOT, "%.3f", ratio)))
            .orElse(new Table.Cell(null, "")),
        verdict);
  }

  private static long count(Comparison comparison, Verdict verdict) {
    return comparison.lines().stream().filter(line -> line.verdict() == verdict).count();
  }

  private void print(Table table, boolean passed, List<String> missed) {
    PrintWriter writer = Objects.requireNonNull(spec).commandLine().getOut();
    if (options.json) {
      CommonOptions.print(writer, table);
    } else {
      writer.print(table.text());
      writer.println(
          passed
              ? "No run of the same build was found slower."
              : "A run of the same build was found slower, or the machine was too busy to tell.");
      writer.println(
          missed.isEmpty()
              ? "The slowed kernels were found out in every product."
              : "Missed: " + missed.stream().collect(Collectors.joining(", ")) + ".");
    }
    writer.flush();
  }
}
