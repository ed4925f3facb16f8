package org.eqprop.examples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eqprop.examples.bench.Statistics.Interval;

/**
 * Two results, benchmark by benchmark.
 *
 * @param before the older one
 * @param after the newer one
 * @param lines the benchmarks that both have, in the newer one's order
 * @param missing names of those that only one has
 */
public record Comparison(
    BenchResult before, BenchResult after, List<Line> lines, List<String> missing) {
  /** The probability that any of the intervals of one comparison misses. */
  private static final double RISK = 0.01;

  /** One benchmark in both results. */
  public record Line(BenchRow before, BenchRow after, Interval interval, Verdict verdict) {
    /** The benchmark. */
    public String name() {
      return after.name();
    }
  }

  /** Copies the lists. */
  public Comparison {
    lines = List.copyOf(lines);
    missing = List.copyOf(missing);
  }

  /**
   * Compares costs. The risk of {@value #RISK} is divided among all benchmarks.
   *
   * @param effect the least change that counts, such as 0.05
   */
  public static Comparison of(BenchResult before, BenchResult after, double effect) {
    List<Line> lines = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    long both = after.rows().stream().filter(row -> before.row(row.name()).isPresent()).count();
    double confidence = 1 - RISK / Math.max(1, both);
    for (BenchRow row : after.rows()) {
      before
          .row(row.name())
          .ifPresentOrElse(
              old -> {
                Interval ratio = Statistics.ratio(old.costs(), row.costs(), confidence);
                lines.add(new Line(old, row, ratio, Verdict.of(ratio, effect)));
              },
              () -> missing.add(row.name()));
    }
    before.rows().stream()
        .map(BenchRow::name)
        .filter(name -> after.row(name).isEmpty())
        .forEach(missing::add);
    return new Comparison(before, after, lines, missing);
  }

  /** Names of the benchmarks that were measured once in one of the results. */
  public List<String> unknownScatter() {
    return lines.stream()
        .filter(line -> Double.isInfinite(line.interval().high()))
        .map(Line::name)
        .toList();
  }

  /** The verdict on all benchmarks, in a sentence. */
  public String sentence() {
    if (!slower().isEmpty()) {
      return slower().stream().map(Line::name).collect(Collectors.joining(", ", "Slower: ", "."));
    }
    long unclear = lines.stream().filter(line -> line.verdict() == Verdict.UNCLEAR).count();
    if (unclear == 0) {
      return "Nothing got slower.";
    }
    return unclear == lines.size()
        ? "Unclear: the noise is larger than what is looked for; measure again, with more --rounds."
        : "Nothing is known to be slower; " + unclear + " of " + lines.size() + " are unclear.";
  }

  /** The benchmarks that got slower. */
  public List<Line> slower() {
    return lines.stream().filter(line -> line.verdict() == Verdict.SLOWER).toList();
  }
}
