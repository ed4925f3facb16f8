package org.eqprop.examples.bench;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.examples.bench.BenchRow.Latency;

/** Makes rows of what JMH writes. */
final class RowReader {
  /** The empty benchmark, whose iterations allocate what JMH itself does. */
  private static final String NOTHING = "nothing";

  /** Of all times. */
  private static final String UNIT = "us/op";

  /** Bytes an iteration by which JMH's own differ from one to the next. */
  private static final double RESOLUTION = 2048;

  /** More processors than this in use by others, and a fork does not count, if others do. */
  private static final double DISTURBED = 0.15;

  /** A fork's peak is at least this much of the median of all, or it was measured badly. */
  private static final double SOUND_PEAK = 0.9;

  private static final int ENOUGH = 3;

  private RowReader() {}

  /**
   * The rows of an array of results, without the empty one.
   *
   * @throws IllegalArgumentException without a full stop, if a figure is missing or out of range
   */
  static List<BenchRow> read(Figures results) {
    double own = 0;
    List<BenchRow> rows = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<Figures> all = results.items();
    for (Figures result : all) {
      if (result.at("name").text(true).equals(NOTHING)) {
        own = Statistics.median(perIteration(result));
      }
    }
    for (Figures result : all) {
      String name = result.at("name").text(true);
      if (!names.add(name)) {
        throw new IllegalArgumentException(
            result.place() + " has the name of another, '" + Visible.brief(name) + "'");
      }
      if (!name.equals(NOTHING)) {
        rows.add(row(result, own));
      }
    }
    return rows;
  }

  private static BenchRow row(Figures result, double own) {
    Figures metric = result.at("primaryMetric");
    boolean sampled = result.at("mode").text(true).equals("sample");
    metric.at("scoreUnit").only(UNIT);
    double[][] times =
        sampled
            ? forks(metric.at("rawDataHistogram"), RowReader::median)
            : forks(metric.at("rawData"), Figures::positive);
    double[][] peaks = forks(secondary(result, "peak"), Figures::positive);
    if (times.length != peaks.length) {
      throw new IllegalArgumentException(result.place() + " lacks a time or a peak of a fork");
    }
    double[] highest = each(peaks, fork -> Arrays.stream(fork).max().orElse(Double.NaN));
    int[] sound = sound(result.at("others"), highest);
    return new BenchRow(
        result.at("name").text(true),
        result.at("workers").workers(),
        result.at("flop").notNegative(),
        each(select(times, sound), fork -> Arrays.stream(fork).min().orElse(Double.NaN)),
        Arrays.stream(sound).mapToDouble(fork -> highest[fork]).toArray(),
        each(select(possible(result, times, peaks), sound), Statistics::median),
        sampled ? Double.NaN : allocated(result, own),
        sampled ? latency(metric.at("scorePercentiles")) : null);
  }

  /**
   * The forks during which the machine was ours and the peak was measured well, or all of them if
   * those are too few. Now and then a JVM compiles the probe of the peak to something a quarter
   * slower for good.
   */
  private static int[] sound(Figures others, double[] peaks) {
    List<Figures> busy = others.items();
    double[] used = busy.stream().mapToDouble(Figures::notNegative).toArray();
    double least = SOUND_PEAK * Statistics.median(peaks);
    int[] sound =
        IntStream.range(0, peaks.length)
            .filter(i -> (i >= used.length || used[i] <= DISTURBED) && peaks[i] >= least)
            .toArray();
    return sound.length >= ENOUGH ? sound : IntStream.range(0, peaks.length).toArray();
  }

  /** The product of each iteration's time and the peak around it, in MFLOP. */
  private static double[][] possible(Figures result, double[][] times, double[][] peaks) {
    double[][] possible = new double[times.length][];
    for (int fork = 0; fork < times.length; fork++) {
      double[] time = times[fork];
      double[] peak = peaks[fork];
      if (time.length != peak.length) {
        throw new IllegalArgumentException(result.place() + " lacks a time or a peak");
      }
      possible[fork] = new double[time.length];
      Arrays.setAll(possible[fork], i -> time[i] * peak[i] / 1e3);
    }
    return possible;
  }

  private static double[][] select(double[][] forks, int[] which) {
    return Arrays.stream(which).mapToObj(i -> forks[i]).toArray(double[][]::new);
  }

  private static Latency latency(Figures percentiles) {
    return new Latency(
        percentiles.at("50.0").positive(),
        percentiles.at("99.0").positive(),
        percentiles.at("99.9").positive());
  }

  private interface Summary {
    double of(double[] values);
  }

  private static double[] each(double[][] forks, Summary summary) {
    return Arrays.stream(forks).mapToDouble(summary::of).toArray();
  }

  private static Figures secondary(Figures result, String name) {
    return result.at("secondaryMetrics").at(name).at("rawData");
  }

  /** One array a fork, one number an iteration. */
  private static double[][] forks(Figures forks, ToDoubleFunction<Figures> number) {
    List<double[]> all = new ArrayList<>();
    for (Figures fork : forks.some()) {
      all.add(fork.some().stream().mapToDouble(number).toArray());
    }
    return all.toArray(double[][]::new);
  }

  /** The median of an array of values with their numbers. */
  private static double median(Figures histogram) {
    List<double[]> entries = new ArrayList<>();
    double count = 0;
    for (Figures entry : histogram.some()) {
      List<Figures> pair = entry.items();
      if (pair.size() != 2) {
        throw new IllegalArgumentException(entry.place() + " is not a time and a count");
      }
      entries.add(new double[] {pair.get(0).positive(), pair.get(1).count()});
      count += pair.get(1).count();
    }
    entries.sort(Comparator.comparingDouble(entry -> entry[0]));
    double before = 0;
    for (double[] entry : entries) {
      before += entry[1];
      if (before > 0 && 2 * before >= count) {
        return entry[0];
      }
    }
    throw new IllegalArgumentException(histogram.place() + " has no calls");
  }

  /**
   * The bytes that each iteration allocated. JMH leaves an iteration out now and then; it does not
   * say which, so the iterations of such a fork count as its median one.
   */
  private static double[] perIteration(Figures result) {
    double[][] bytes = forks(secondary(result, "gc.alloc.rate.norm"), Figures::notNegative);
    double[][] operations = forks(secondary(result, "operations"), Figures::positive);
    DoubleArrayList all = new DoubleArrayList();
    for (int fork = 0; fork < bytes.length; fork++) {
      int known = bytes[fork].length;
      if (fork >= operations.length || operations[fork].length < known) {
        throw new IllegalArgumentException(result.place() + " lacks an iteration's operations");
      }
      boolean complete = operations[fork].length == known;
      double usual = Statistics.median(operations[fork]);
      for (int i = 0; i < known; i++) {
        all.add(bytes[fork][i] * (complete ? operations[fork][i] : usual));
      }
    }
    return all.toDoubleArray();
  }

  private static double allocated(Figures result, double own) {
    double more = Statistics.median(perIteration(result)) - own;
    double[] operations =
        each(forks(secondary(result, "operations"), Figures::positive), Statistics::median);
    return more < RESOLUTION ? 0 : more / Statistics.median(operations);
  }
}
