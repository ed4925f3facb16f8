package org.eqprop.bench;

import java.util.concurrent.TimeUnit;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The machine's peak on one thread. An operation is {@value #ROUNDS} rounds of {@link
 * Kernels#CHAINS} fused multiply-adds: GFLOP/s = 2 · {@value #ROUNDS} · 16 · width / (ns/op).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class PeakBenchmark {
  /** Rounds an operation. */
  public static final long ROUNDS = 10_000;

  private final Kernels kernels = KernelsSelector.kernels();

  /** Chains of fused multiply-adds. */
  @Benchmark
  public float fmaChains() {
    return kernels.fmaChains(ROUNDS);
  }
}
