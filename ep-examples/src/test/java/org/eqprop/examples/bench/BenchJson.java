package org.eqprop.examples.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.eqprop.examples.run.Configs;

/** Writes results as ep-bench does, with chosen figures. */
public final class BenchJson {
  private static final int ITERATIONS = 3;
  private static final double OWN_BYTES = 10_000;

  private final ObjectNode root = Configs.JSON.createObjectNode();
  private final ArrayNode results = Configs.JSON.createArrayNode();

  /** A result without rows. */
  public BenchJson(String time, String processor) {
    root.put("format", 1);
    root.put("suite", "quick");
    ObjectNode machine = root.putObject("machine");
    machine.put("time", time);
    machine.put("commit", "abc123");
    machine.put("processor", processor);
    machine.put("processors", 2);
    machine.put("java", "a JVM");
    machine.put("os", "an OS");
    machine.put("kernels", "simd-512");
    machine.put("peak", 200.0);
    machine.put("peakAll", 400.0);
    row("nothing", 1e-3, 1e9, 0);
  }

  /**
   * A row with a fork for each time, in microseconds; iterations are slower and slower, and so is
   * the peak.
   */
  public BenchJson row(String name, double flop, double operations, double bytes, double... times) {
    ObjectNode row = results.addObject();
    row.put("name", name);
    row.put("workers", 1);
    row.put("flop", flop);
    row.put("mode", "avgt");
    ArrayNode time = row.putObject("primaryMetric").put("scoreUnit", "us/op").putArray("rawData");
    ObjectNode secondary = row.putObject("secondaryMetrics");
    ArrayNode peak = secondary.putObject("peak").putArray("rawData");
    ArrayNode count = secondary.putObject("operations").putArray("rawData");
    ArrayNode allocated = secondary.putObject("gc.alloc.rate.norm").putArray("rawData");
    for (double fork : times) {
      ArrayNode a = time.addArray();
      ArrayNode b = peak.addArray();
      ArrayNode c = count.addArray();
      ArrayNode d = allocated.addArray();
      for (int i = 0; i < ITERATIONS; i++) {
        a.add(fork * (1 + 0.05 * i));
        b.add(200.0 - 20 * i);
        c.add(operations);
        d.add(bytes + OWN_BYTES / operations);
      }
    }
    return this;
  }

  private void row(String name, double micros, double operations, double bytes) {
    row(name, 0, operations, bytes, micros);
  }

  /** Says which kernels were measured. */
  public BenchJson kernels(String name) {
    ((ObjectNode) root.get("machine")).put("kernels", name);
    return this;
  }

  /** Says what peak was measured in each fork of the last row. */
  public BenchJson peaks(double... forks) {
    ArrayNode peaks =
        ((ObjectNode) results.get(results.size() - 1).get("secondaryMetrics").get("peak"))
            .putArray("rawData");
    for (double fork : forks) {
      ArrayNode iterations = peaks.addArray();
      for (int i = 0; i < ITERATIONS; i++) {
        iterations.add(fork);
      }
    }
    return this;
  }

  /** Takes the bytes of the last row's last iteration away, as JMH does now and then. */
  public BenchJson withoutLastBytes() {
    ArrayNode forks = last("gc.alloc.rate.norm");
    ArrayNode iterations = (ArrayNode) forks.get(forks.size() - 1);
    iterations.remove(iterations.size() - 1);
    return this;
  }

  /** Takes the operations of the last row's last iteration away. */
  public BenchJson withoutLastOperations() {
    ArrayNode forks = last("operations");
    ArrayNode iterations = (ArrayNode) forks.get(forks.size() - 1);
    iterations.remove(iterations.size() - 1);
    return this;
  }

  private ArrayNode last(String metric) {
    return (ArrayNode)
        results.get(results.size() - 1).get("secondaryMetrics").get(metric).get("rawData");
  }

  /** Says how many processors others used during each fork of the last row. */
  public BenchJson others(double... processors) {
    ArrayNode others = ((ObjectNode) results.get(results.size() - 1)).putArray("others");
    for (double one : processors) {
      others.add(one);
    }
    return this;
  }

  /** Five forks around a time, up to one percent apart. */
  public BenchJson row(String name, double micros, long seed) {
    Random random = new Random(seed);
    double[] times = random.doubles(5, 1, 1.01).map(factor -> micros * factor).toArray();
    return row(name, 2e6, 1000, 0, times);
  }

  /**
   * A row of which single calls were timed: of 1000, 980 took {@code p50}, the others 3 times it.
   */
  public BenchJson latency(String name, double p50) {
    row(name, 0, 1000, 0, p50, p50);
    ObjectNode row = (ObjectNode) results.get(results.size() - 1);
    row.put("mode", "sample");
    ObjectNode metric = (ObjectNode) row.get("primaryMetric");
    metric.remove("rawData");
    ArrayNode forks = metric.putArray("rawDataHistogram");
    for (int fork = 0; fork < 2; fork++) {
      ArrayNode iterations = forks.addArray();
      for (int i = 0; i < ITERATIONS; i++) {
        ArrayNode histogram = iterations.addArray();
        histogram.addArray().add(3 * p50).add(20);
        histogram.addArray().add(p50).add(980);
      }
    }
    ObjectNode percentiles = metric.putObject("scorePercentiles");
    percentiles.put("50.0", p50);
    percentiles.put("99.0", 3 * p50);
    percentiles.put("99.9", 3 * p50);
    return this;
  }

  /** Writes the file. */
  public Path write(Path file) throws IOException {
    root.set("results", results);
    Files.writeString(file, Configs.JSON.writeValueAsString(root));
    return file;
  }
}
