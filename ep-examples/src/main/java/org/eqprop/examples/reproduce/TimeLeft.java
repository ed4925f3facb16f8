package org.eqprop.examples.reproduce;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eqprop.examples.run.EpochMetrics;
import org.eqprop.examples.run.RunRecord;

/**
 * How long a table will still take, from what has been trained: a cell by its own time, else by
 * that of the row's other method, else by the paper's times in proportion.
 */
final class TimeLeft {
  private final Map<Cell, Rate> cells = new HashMap<>();
  private final Map<PaperRow, Rate> rows = new HashMap<>();
  private final Rate all = new Rate();

  /** A time that some work took. */
  private static final class Rate {
    private double seconds;
    private double work;

    void add(double time, double amount) {
      seconds += time;
      work += amount;
    }

    boolean isKnown() {
      return seconds > 0 && work > 0;
    }

    double seconds(double amount) {
      return amount * seconds / work;
    }
  }

  /** Epochs of a row in the unit of work: minutes of the paper's machine. */
  private static double work(Cell cell, double epochs) {
    return epochs * cell.row().effort() / cell.row().training().epochs();
  }

  /**
   * Takes in what was trained.
   *
   * @param seconds not less than 0; NaN is left out
   */
  void add(Cell cell, double seconds, double epochs) {
    if (seconds > 0) {
      double work = work(cell, epochs);
      cells.computeIfAbsent(cell, key -> new Rate()).add(seconds, work);
      rows.computeIfAbsent(cell.row(), key -> new Rate()).add(seconds, work);
      all.add(seconds, work);
    }
  }

  /** Takes in what is known of all cells. */
  static TimeLeft of(List<CellResult> results) {
    TimeLeft left = new TimeLeft();
    for (CellResult result : results) {
      for (RunRecord run : result.runs()) {
        if (run != null) {
          List<EpochMetrics> metrics = run.metrics();
          left.add(result.cell(), CellResult.seconds(metrics), metrics.size());
        }
      }
    }
    return left;
  }

  /** Seconds that epochs of a cell will take; NaN if nothing has been trained. */
  double seconds(Cell cell, double epochs) {
    double work = work(cell, epochs);
    for (Rate rate : new Rate[] {of(cells, cell), of(rows, cell.row()), all}) {
      if (rate.isKnown()) {
        return rate.seconds(work);
      }
    }
    return work == 0 ? 0 : Double.NaN;
  }

  private static <K> Rate of(Map<K, Rate> rates, K key) {
    return rates.getOrDefault(key, new Rate());
  }

  /** A time for people: {@code 3 min}, {@code 2 h 05 min}, {@code 4 days 3 h}. */
  static String words(double seconds) {
    if (Double.isNaN(seconds)) {
      return "unknown";
    }
    long minutes = (long) Math.ceil(seconds / 60);
    if (minutes < 2) {
      return (long) Math.ceil(seconds) + " s";
    }
    if (minutes < 60) {
      return minutes + " min";
    }
    long hours = minutes / 60;
    return hours < 48
        ? String.format(Locale.ROOT, "%d h %02d min", hours, minutes % 60)
        : hours / 24 + " days " + hours % 24 + " h";
  }
}
