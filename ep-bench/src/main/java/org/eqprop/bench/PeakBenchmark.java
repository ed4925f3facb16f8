package org.eqprop.bench;

import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * The machine's peak on one thread. An operation is {@value #ROUNDS} rounds of {@link
 * Kernels#chains()} fused multiply-adds on vectors.
 */
public class PeakBenchmark extends Standard {
  /** Rounds an operation. */
  public static final long ROUNDS = 10_000;

  private final Kernels kernels = KernelsSelector.kernels();

  /** Chains of fused multiply-adds. */
  @Benchmark
  public float fmaChains() {
    return kernels.fmaChains(ROUNDS);
  }
}
