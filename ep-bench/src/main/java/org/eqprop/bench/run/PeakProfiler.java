package org.eqprop.bench.run;

import java.util.Collection;
import java.util.List;
import org.eqprop.bench.PeakProbe;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Reports, for each iteration, what {@link PeakProbe} measured at its ends as {@code peak} in
 * GFLOP/s, and the number of operations, by which what the garbage collector's profiler says can be
 * turned back into bytes.
 */
public final class PeakProfiler implements InternalProfiler {
  /** The name of the result. */
  public static final String PEAK = "peak";

  /** The name of the result with the number of operations in an iteration. */
  public static final String OPERATIONS = "operations";

  private final PeakProbe probe = PeakProbe.here();

  /** For JMH. */
  public PeakProfiler() {}

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    // The probe is run by the benchmark itself.
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    long operations = result.getMetadata().getAllOps();
    return List.of(
        new ScalarResult(PEAK, probe.gigaflops(), "GFLOP/s", AggregationPolicy.AVG),
        new ScalarResult(OPERATIONS, operations, "ops", AggregationPolicy.AVG));
  }

  @Override
  public String getDescription() {
    return "the peak of fused multiply-adds at the clock of each iteration";
  }
}
