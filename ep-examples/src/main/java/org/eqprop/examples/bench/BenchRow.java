package org.eqprop.examples.bench;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One benchmark's figures.
 *
 * @param name unique within a result
 * @param threads that did the work
 * @param flop floating-point operations that the operation needs, or 0 if there is no such figure
 * @param micros for each fork, the least time of an operation in any iteration (or, where each call
 *     was timed, the least median), in microseconds
 * @param peaks for each fork, the highest peak on as many threads, in GFLOP/s: like the times, what
 *     was measured with the least disturbance
 * @param possible for each fork, the median over its iterations of an operation's time multiplied
 *     by the peak around that iteration: what the machine could have computed meanwhile at the
 *     clock that it had, in millions of floating-point operations
 * @param bytes allocated by an operation, JMH's own taken off; NaN if that is not known
 * @param latency where each call was timed
 */
@SuppressWarnings("ArrayRecordComponent") // figures, not to be compared as a whole
public record BenchRow(
    String name,
    int threads,
    double flop,
    double[] micros,
    double[] peaks,
    double[] possible,
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

  /** The share that was reached of the peak around it, or NaN. */
  public double share() {
    return flop == 0 ? Double.NaN : flop / (1e6 * Statistics.median(possible));
  }

  /** GFLOP/s, or NaN. */
  public double gigaflops() {
    return flop == 0 ? Double.NaN : flop / (1e3 * time());
  }

  /**
   * For each fork, its least time multiplied by its highest peak, in millions of floating-point
   * operations. This is what is compared, because a machine that is slower for a while is slower at
   * both, and disturbance only makes slower: forks of one build scatter less than by what was
   * possible around each iteration.
   */
  public double[] costs() {
    double[] costs = new double[micros.length];
    Arrays.setAll(costs, fork -> micros[fork] * peaks[fork] / 1e3);
    return costs;
  }

  /** How far the forks lie apart: largest by least cost, less 1. */
  public double spread() {
    double[] sorted = costs();
    Arrays.sort(sorted);
    return sorted[sorted.length - 1] / sorted[0] - 1;
  }
}
