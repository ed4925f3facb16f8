package org.eqprop.core.internal.probe;

import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.settle.Context;

/**
 * Measures the machine's peak: independent chains of fused multiply-adds in registers, on all
 * workers at once. Every speed here is stated as a share of it, because absolute times drift.
 */
public final class PeakProbe {
  private static final int REPEATS = 50;

  /** Rounds a repeat at most: about a millisecond where a round takes eight cycles. */
  private static final long ROUNDS = 300_000;

  /** Rounds of the first repeat: they end soon even where each operation makes an object. */
  private static final long FIRST_ROUNDS = 100;

  /** A repeat that takes less is followed by one of more rounds. */
  private static final long SHORT_NANOS = 500_000;

  /** After this time no further repeat begins. */
  private static final long PATIENCE_NANOS = 1_000_000_000;

  private final Context context;
  private final float[] sink;

  /** A probe of the context's kernels on its workers. */
  public PeakProbe(Context context) {
    this.context = context;
    this.sink = new float[context.threads() * 64];
  }

  /**
   * The best of {@value #REPEATS} repeats, or of those within a second, in floating-point
   * operations per nanosecond (GFLOP/s).
   */
  public double gigaflops() {
    Kernels kernels = context.kernels();
    long[] rounds = {FIRST_ROUNDS};
    Context.Task task = (worker, workers) -> sink[worker * 64] = kernels.fmaChains(rounds[0]);
    double best = 0;
    long begin = System.nanoTime();
    for (int i = 0; i < REPEATS && System.nanoTime() - begin < PATIENCE_NANOS; i++) {
      long start = System.nanoTime();
      context.run(task);
      long nanos = Math.max(1, System.nanoTime() - start);
      double flops = 2.0 * rounds[0] * Kernels.CHAINS * kernels.width() * context.threads();
      best = Math.max(best, flops / nanos);
      if (nanos < SHORT_NANOS) {
        rounds[0] = Math.min(ROUNDS, 4 * rounds[0]);
      }
    }
    return best;
  }
}
