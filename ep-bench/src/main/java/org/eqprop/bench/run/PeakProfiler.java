package org.eqprop.bench.run;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.relax.Context;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Measures the peak just before and just after each iteration, in the benchmark's own process and
 * on as many threads, and reports the mean of both as {@code peak} in GFLOP/s. The machine's clock
 * drifts by a fifth within seconds; the product of an operation's time and this does not. Hence
 * short repeats and their median: the best, or a long one, would be at another clock than the
 * iteration. Iterations follow upon each other, so what ends one begins the next. Reports the
 * number of operations too, by which what the garbage collector's profiler says can be turned back
 * into bytes.
 */
public final class PeakProfiler implements InternalProfiler {
  /** The system property with the number of threads. */
  public static final String THREADS = "eqprop.bench.threads";

  /** The name of the result. */
  public static final String PEAK = "peak";

  /** The name of the result with the number of operations in an iteration. */
  public static final String OPERATIONS = "operations";

  private static final int REPEATS = 5;
  private static final int WARM_UP = 300;

  /**
   * Rounds a repeat: a fifth of a millisecond where a round takes eight cycles. A processor that is
   * bound by its power raises its clock within a millisecond of chains in registers, to a tenth
   * more than what loads and stores beside them leave it.
   */
  private static final long ROUNDS = 60_000;

  private final Context context = new Context(Integer.getInteger(THREADS, 1));
  private final float[] sink = new float[context.threads() * 64];
  private final Context.Task task = this::chains;
  private final long rounds = context.kernels().width() == 1 ? ROUNDS / 10 : ROUNDS;
  private final double[] repeats = new double[REPEATS];
  private double last = Double.NaN;

  /** For JMH. */
  public PeakProfiler() {}

  private void chains(int worker, int workers) {
    sink[worker * 64] = context.kernels().fmaChains(rounds);
  }

  private double gigaflops() {
    double flop = 2.0 * rounds * Kernels.CHAINS * context.kernels().width() * context.threads();
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      context.run(task);
      repeats[i] = flop / (System.nanoTime() - start);
    }
    Arrays.sort(repeats);
    return repeats[REPEATS / 2];
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    if (Double.isNaN(last)) {
      for (int i = 0; i < WARM_UP; i++) {
        context.run(task);
      }
      last = gigaflops();
    }
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double before = last;
    last = gigaflops();
    double peak = (before + last) / 2;
    long operations = result.getMetadata().getAllOps();
    return List.of(
        new ScalarResult(PEAK, peak, "GFLOP/s", AggregationPolicy.AVG),
        new ScalarResult(OPERATIONS, operations, "ops", AggregationPolicy.AVG));
  }

  @Override
  public String getDescription() {
    return "the peak of fused multiply-adds around each iteration";
  }
}
