package org.eqprop.examples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.eqprop.examples.bench.BenchRow.Latency;
import org.jspecify.annotations.Nullable;

/** Makes rows of what JMH writes. */
final class RowReader {
  /** The empty benchmark, whose iterations allocate what JMH itself does. */
  private static final String NOTHING = "nothing";

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
   * @throws IllegalArgumentException if it is no such array
   */
  static List<BenchRow> read(JsonNode results) {
    double own = 0;
    List<BenchRow> rows = new ArrayList<>();
    for (JsonNode result : results) {
      if (result.path("name").asText().equals(NOTHING)) {
        own = Statistics.median(perIteration(result));
      }
    }
    for (JsonNode result : results) {
      if (!result.path("name").asText().equals(NOTHING)) {
        rows.add(row(result, own));
      }
    }
    return rows;
  }

  private static BenchRow row(JsonNode result, double own) {
    JsonNode metric = result.path("primaryMetric");
    boolean sampled = result.path("mode").asText().equals("sample");
    double[][] times = sampled ? medians(metric.path("rawDataHistogram")) : raw(metric);
    double[][] peaks = raw(secondary(result, "peak"));
    if (times.length != peaks.length) {
      throw new IllegalArgumentException("Some forks lack a time or a peak.");
    }
    double[] highest = each(peaks, fork -> Arrays.stream(fork).max().orElse(Double.NaN));
    int[] sound = sound(result.path("others"), highest);
    return new BenchRow(
        result.path("name").asText(),
        result.path("workers").asInt(),
        result.path("flop").asDouble(),
        each(select(times, sound), fork -> Arrays.stream(fork).min().orElse(Double.NaN)),
        Arrays.stream(sound).mapToDouble(fork -> highest[fork]).toArray(),
        each(select(possible(times, peaks), sound), Statistics::median),
        sampled ? Double.NaN : allocated(result, own),
        sampled ? latency(metric.path("scorePercentiles")) : null);
  }

  /**
   * The forks during which the machine was ours and the peak was measured well, or all of them if
   * those are too few. Now and then a JVM compiles the probe of the peak to something a quarter
   * slower for good.
   */
  private static int[] sound(JsonNode others, double[] peaks) {
    double least = SOUND_PEAK * Statistics.median(peaks);
    int[] sound =
        IntStream.range(0, peaks.length)
            .filter(i -> others.path(i).asDouble() <= DISTURBED && peaks[i] >= least)
            .toArray();
    return sound.length >= ENOUGH ? sound : IntStream.range(0, peaks.length).toArray();
  }

  /** The product of each iteration's time and the peak around it, in MFLOP. */
  private static double[][] possible(double[][] times, double[][] peaks) {
    double[][] possible = new double[times.length][];
    for (int fork = 0; fork < times.length; fork++) {
      double[] time = times[fork];
      double[] peak = peaks[fork];
      if (time.length != peak.length) {
        throw new IllegalArgumentException("Some iterations lack a time or a peak.");
      }
      possible[fork] = new double[time.length];
      Arrays.setAll(possible[fork], i -> time[i] * peak[i] / 1e3);
    }
    return possible;
  }

  private static double[][] select(double[][] forks, int[] which) {
    return Arrays.stream(which).mapToObj(i -> forks[i]).toArray(double[][]::new);
  }

  private static @Nullable Latency latency(JsonNode percentiles) {
    return new Latency(
        percentiles.path("50.0").asDouble(),
        percentiles.path("99.0").asDouble(),
        percentiles.path("99.9").asDouble());
  }

  private interface Summary {
    double of(double[] values);
  }

  private static double[] each(double[][] forks, Summary summary) {
    return Arrays.stream(forks).mapToDouble(summary::of).toArray();
  }

  private static JsonNode secondary(JsonNode result, String name) {
    return result.path("secondaryMetrics").path(name);
  }

  /** One array a fork, one number an iteration. */
  private static double[][] raw(JsonNode metric) {
    List<double[]> forks = new ArrayList<>();
    for (JsonNode fork : metric.path("rawData")) {
      double[] values = new double[fork.size()];
      Arrays.setAll(values, i -> fork.get(i).asDouble());
      forks.add(values);
    }
    if (forks.isEmpty() || forks.stream().anyMatch(values -> values.length == 0)) {
      throw new IllegalArgumentException("A benchmark has no raw data.");
    }
    return forks.toArray(double[][]::new);
  }

  /** The median time of each iteration's calls. */
  private static double[][] medians(JsonNode forks) {
    List<double[]> all = new ArrayList<>();
    for (JsonNode fork : forks) {
      double[] values = new double[fork.size()];
      Arrays.setAll(values, i -> median(fork.get(i)));
      all.add(values);
    }
    return all.toArray(double[][]::new);
  }

  /** The median of an array of values with their numbers. */
  private static double median(JsonNode histogram) {
    List<JsonNode> entries = new ArrayList<>();
    histogram.forEach(entries::add);
    entries.sort(Comparator.comparingDouble(entry -> entry.get(0).asDouble()));
    long count = entries.stream().mapToLong(entry -> entry.get(1).asLong()).sum();
    long before = 0;
    for (JsonNode entry : entries) {
      before += entry.get(1).asLong();
      if (2 * before >= count) {
        return entry.get(0).asDouble();
      }
    }
    throw new IllegalArgumentException("An iteration has no calls.");
  }

  /** The bytes that each iteration allocated. */
  private static double[] perIteration(JsonNode result) {
    double[][] bytes = raw(secondary(result, "gc.alloc.rate.norm"));
    double[][] operations = raw(secondary(result, "operations"));
    List<Double> all = new ArrayList<>();
    for (int fork = 0; fork < bytes.length; fork++) {
      for (int i = 0; i < bytes[fork].length; i++) {
        all.add(bytes[fork][i] * operations[fork][i]);
      }
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double allocated(JsonNode result, double own) {
    double more = Statistics.median(perIteration(result)) - own;
    double[] operations = each(raw(secondary(result, "operations")), Statistics::median);
    return more < RESOLUTION ? 0 : more / Statistics.median(operations);
  }
}
