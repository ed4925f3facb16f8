package org.eqprop.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.AtomicFiles;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.examples.bench.BenchMachine;
import org.eqprop.examples.bench.BenchProcess;
import org.eqprop.examples.bench.BenchResult;
import org.eqprop.examples.bench.BenchTables;
import org.eqprop.examples.bench.Comparison;
import org.eqprop.examples.bench.HistoryPage;
import org.eqprop.examples.report.Drawings;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ep bench compare}. */
@Command(
    name = "compare",
    sortOptions = false,
    description = {
      "Compare two results benchmark by benchmark, and write a page with the history of each.",
      "The exit code is 1 if a benchmark got slower by more than --least and by more than the noise"
          + " explains."
    },
    footer = {
      "",
      "Examples:",
      "  ep bench compare before.json after.json",
      "  ep bench compare --baseline              the newest file in runs/bench",
      "  ep bench compare --baseline after.json"
    })
final class BenchCompareCommand implements Callable<Integer> {
  private static final Path BASELINES = Path.of("docs", "bench");

  @Parameters(
      arity = "0..2",
      paramLabel = "FILE",
      description =
          "The older and the newer result; with --baseline only the newer one (default: the newest"
              + " file in runs/bench).")
  List<Path> files = new ArrayList<>();

  @Option(
      names = "--baseline",
      description =
          "Compare with the newest file in docs/bench from this kind of machine; if there is none,"
              + " with the newest of all.")
  boolean baseline;

  @Option(
      names = "--least",
      paramLabel = "PERCENT",
      description =
          "The smallest change in percent that counts, above 0, below 100 (default:"
              + " ${DEFAULT-VALUE}).")
  double least = 5;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "HTML page to write (default: ${DEFAULT-VALUE}).")
  Path html = BenchCommand.FOLDER.resolve("report.html");

  @Option(names = "--json", description = "Write the result as JSON to standard output.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no notes, only the result.")
  boolean quiet;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Spec @Nullable CommandSpec spec;

  private final Set<String> noted = new HashSet<>();

  @Override
  public Integer call() {
    if (!(least > 0 && least < 100)) {
      throw new UsageException("--least is " + least + "; it must be between 0 and 100 percent.");
    }
    if (baseline && files.size() > 1) {
      throw new UsageException(
          "With --baseline at most one file is compared; give only the newer one.");
    }
    if (!baseline && files.size() != 2) {
      throw new UsageException("ep bench compare needs two files, or --baseline.");
    }
    BenchResult after;
    BenchResult before;
    if (baseline) {
      after = newer();
      before = baseline(after);
      note("The baseline is " + before.file() + ", of " + before.machine().label() + ".");
    } else {
      before = BenchResult.read(files.get(0));
      after = newer();
    }
    List<BenchResult> history = BenchResult.all(BenchCommand.FOLDER, this::note);
    keepInputs(Stream.concat(Stream.of(before, after), history.stream()).map(BenchResult::file));
    Comparison comparison = Comparison.of(before, after, least / 100);
    if (comparison.lines().isEmpty()) {
      throw new UsageException(
          before.file() + " and " + after.file() + " have no benchmark in common.");
    }
    notes(comparison);
    print(comparison);
    page(comparison, history);
    return comparison.slower().isEmpty() ? 0 : Ep.FAILURE;
  }

  /** The page takes the place of what is there, which must be none of the files it is made of. */
  private void keepInputs(Stream<Path> inputs) {
    if (Files.exists(html) && inputs.anyMatch(this::isPage)) {
      throw new UsageException(
          html + " is a result that is compared; choose another file for the page with --html.");
    }
  }

  private boolean isPage(Path input) {
    try {
      return Files.isSameFile(input, html);
    } catch (IOException gone) {
      return false;
    }
  }

  private BenchResult baseline(BenchResult after) {
    Path folder = BenchProcess.root().resolve(BASELINES);
    return BenchResult.newestFor(after.machine(), folder, this::note)
        .orElseThrow(
            () ->
                new UsageException(
                    "There is no baseline in " + folder + "; copy a result of ep bench there."));
  }

  private BenchResult newer() {
    if (!files.isEmpty()) {
      return BenchResult.read(files.get(files.size() - 1));
    }
    BenchResult latest = BenchCommand.latest(this::note);
    if (latest == null) {
      throw new UsageException(
          "There is no result in " + BenchCommand.FOLDER + "; run ep bench first.");
    }
    return latest;
  }

  private void notes(Comparison comparison) {
    BenchMachine before = comparison.before().machine();
    BenchMachine after = comparison.after().machine();
    String both = " (" + before.words() + "; " + after.words() + "), so ratios to the peak differ ";
    if (!before.isLike(after)) {
      note("These are different machines" + both + "for more reasons than the code.");
    } else if (!before.hasKernelsOf(after)) {
      note("These are different kernels" + both + "for that reason too.");
    }
    List<String> alone = comparison.unknownScatter();
    if (!alone.isEmpty()) {
      note(
          "Of "
              + (alone.size() == comparison.lines().size() ? "each" : String.join(", ", alone))
              + " there is one fork only, so nothing is known of the scatter; measure with --rounds"
              + " 2 or more.");
    }
    if (!comparison.missing().isEmpty()) {
      note("Only one of them has: " + String.join(", ", comparison.missing()) + ".");
    }
  }

  private void print(Comparison comparison) {
    PrintWriter out = line().getOut();
    if (json) {
      List<String> slower = comparison.slower().stream().map(Comparison.Line::name).toList();
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("before", comparison.before().machine());
      all.put("after", comparison.after().machine());
      all.put("benchmarks", BenchTables.of(comparison));
      all.put("slower", slower);
      CommonOptions.print(out, all);
    } else {
      out.print(BenchTables.of(comparison).text());
      out.println(comparison.sentence());
    }
    out.flush();
  }

  private void page(Comparison comparison, List<BenchResult> older) {
    Map<String, BenchResult> history = new LinkedHashMap<>();
    List<BenchResult> all = new ArrayList<>(older);
    all.add(comparison.before());
    all.add(comparison.after());
    all.stream()
        .filter(
            result ->
                result.machine().isLike(comparison.after().machine())
                    && (result.equals(comparison.before())
                        || result.machine().hasKernelsOf(comparison.after().machine())))
        .sorted(Comparator.comparing(result -> result.machine().time()))
        .forEach(result -> history.put(result.machine().label(), result));
    try {
      Path folder = html.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Drawings drawings = new Drawings(sentence -> BenchOptions.warn(line(), sentence));
      HistoryPage.write(html, comparison, List.copyOf(history.values()), drawings);
      note("Written: " + html);
    } catch (IOException thrown) {
      throw new StoreException(
          "Cannot make the folder of "
              + html
              + " ("
              + AtomicFiles.reason(thrown)
              + "); choose another file with --html.",
          thrown);
    }
  }

  private CommandLine line() {
    return Objects.requireNonNull(spec).commandLine();
  }

  private void note(String sentence) {
    if (!quiet && noted.add(sentence)) {
      line().getErr().println(Visible.line(sentence));
      line().getErr().flush();
    }
  }
}
