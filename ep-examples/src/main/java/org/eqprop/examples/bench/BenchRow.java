package org.eqprop.examples.bench;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One benchmark's figures.
 *
 * @param name unique within a result
 * @param threads that did the work
 * @param flop floating-point operations that the operation needs, or 0 if there is no such figure
 * @param micros for each fork, the median over its iterations of the time of an operation (where
 *     each call was timed, of the median call), in microseconds
 * @param costs for each fork, the median over its iterations of the time multiplied by the peak
 *     that was measured around it, on as many threads: what the machine could have computed
 *     meanwhile, in millions of floating-point operations. This is what is compared, because a
 *     machine that is slower for a while is slower at both.
 * @param bytes allocated by an operation, JMH's own taken off; NaN if that is not known
 * @param latency where each call was timed
 */
@SuppressWarnings("ArrayRecordComponent") // figures, not to be compared as a whole
public record BenchRow(
    String name,
    int threads,
    double flop,
    double[] micros,
    double[] costs,
    double bytes,
    @Nullable Latency latency) {

  /**
   * The distribution of the times of single calls, in microseconds.
   *
   * @param p50 the median
   * @param p99 99 of 100 calls take at most this
   * @param p999 999 of 1000
   */
  public record Latency(double p50, double p99, double p999) {}

  /** The median of the forks' times. */
  public double time() {
    return Statistics.median(micros);
  }

  /** The share of the peak that was reached, or NaN. */
  public double share() {
    return flop == 0 ? Double.NaN : flop / (1e6 * Statistics.median(costs));
  }

  /** GFLOP/s, or NaN. */
  public double gigaflops() {
    return flop == 0 ? Double.NaN : flop / (1e3 * time());
  }

  /** How far the forks lie apart: largest by least cost, less 1. */
  public double spread() {
    double[] sorted = costs.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length - 1] / sorted[0] - 1;
  }
}
