package org.eqprop.examples.bench;

import java.util.Locale;
import org.eqprop.examples.bench.BenchRow.Latency;
import org.eqprop.examples.report.Table;
import org.eqprop.examples.report.Table.Cell;

/** Results as tables. */
public final class BenchTables {
  private BenchTables() {}

  /** One result. */
  public static Table of(BenchResult result) {
    Table table =
        Table.of("benchmark", "threads", "µs", "spread", "GFLOP/s", "of peak", "B/op")
            .title(title(result));
    for (BenchRow row : result.rows()) {
      if (row.latency() == null) {
        table.row(
            row.name(),
            row.threads(),
            digits(row.time()),
            percent(row.spread(), 1),
            known(row.gigaflops(), "%.1f"),
            percent(row.share(), 1),
            known(row.bytes(), "%.0f"));
      }
    }
    return table.footnote(
        "µs: shortest time in a fork (one JVM). Of peak: share of the peak measured around each"
            + " iteration. Both are medians of the forks. Spread: slowest divided by fastest.");
  }

  private static String title(BenchResult result) {
    BenchMachine machine = result.machine();
    return String.format(
        Locale.ROOT,
        "%s%nPeak: %.1f GFLOP/s on one thread, %.1f on %d. Commit %s, %s.",
        machine.words(),
        machine.peak(),
        machine.peakAll(),
        machine.processors(),
        machine.commit().isEmpty() ? "unknown" : machine.commit(),
        machine.time());
  }

  /** The latencies of one result. */
  public static Table latencies(BenchResult result) {
    Table table = Table.of("latency of one prediction", "p50 µs", "p99", "p99.9", "p99.9 : p50");
    for (BenchRow row : result.rows()) {
      Latency latency = row.latency();
      if (latency != null) {
        table.row(
            row.name().replace("latency ", ""),
            digits(latency.p50()),
            digits(latency.p99()),
            digits(latency.p999()),
            known(latency.p999() / latency.p50(), "%.2f"));
      }
    }
    return table;
  }

  /** Two results. */
  public static Table of(Comparison comparison) {
    Table table =
        Table.of("benchmark", "before µs", "after µs", "ratio", "from", "to", "verdict")
            .title(
                "before: "
                    + comparison.before().machine().label()
                    + "\nafter:  "
                    + comparison.after().machine().label())
            .footnote(
                "Ratios of time x peak; with 99 % confidence all of them are within from..to.");
    for (Comparison.Line line : comparison.lines()) {
      table.row(
          line.name(),
          digits(line.before().time()),
          digits(line.after().time()),
          known(line.interval().ratio(), "%.3f"),
          known(line.interval().low(), "%.3f"),
          known(line.interval().high(), "%.3f"),
          line.verdict().toString());
    }
    return table;
  }

  /** Four significant digits. */
  private static Cell digits(double value) {
    int decimals = (int) Math.clamp(3 - Math.floor(Math.log10(Math.max(value, 1e-3))), 0, 4);
    return known(value, "%." + decimals + "f");
  }

  private static Cell percent(double value, int decimals) {
    return Double.isNaN(value)
        ? new Cell(null, "")
        : new Cell(value, String.format(Locale.ROOT, "%." + decimals + "f%%", 100 * value));
  }

  private static Cell known(double value, String format) {
    return Double.isFinite(value)
        ? new Cell(value, String.format(Locale.ROOT, format, value))
        : new Cell(null, "");
  }
}
