package org.eqprop.bench;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * An empty operation: what its iterations allocate is JMH's own, some ten kilobytes each, which the
 * report takes off those of the others.
 */
public class NothingBenchmark extends Standard {
  /** Nothing. */
  @Benchmark
  public void nothing() {}
}
