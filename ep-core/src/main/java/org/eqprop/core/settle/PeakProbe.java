package org.eqprop.core.settle;

import org.eqprop.core.kernel.Kernels;

/**
 * Measures the machine's peak: independent chains of fused multiply-adds in registers, on all
 * workers at once. Every speed here is stated as a share of it, because absolute times drift.
 */
public final class PeakProbe {
  private static final int WARM_UP = 20;
  private static final int REPEATS = 30;

  /** Rounds a repeat: about a millisecond where a round takes eight cycles. */
  private static final long ROUNDS = 300_000;

  private final Context context;
  private final float[] sink;

  /** A probe of the context's kernels on its workers. */
  public PeakProbe(Context context) {
    this.context = context;
    this.sink = new float[context.threads() * 64];
  }

  /**
   * The best of {@value #REPEATS} repeats, in floating-point operations per nanosecond (GFLOP/s).
   */
  public double gigaflops() {
    Kernels kernels = context.kernels();
    long rounds = kernels.width() == 1 ? ROUNDS / 10 : ROUNDS;
    Context.Task task = (worker, workers) -> sink[worker * 64] = kernels.fmaChains(rounds);
    double best = 0;
    for (int i = 0; i < WARM_UP + REPEATS; i++) {
      long start = System.nanoTime();
      context.run(task);
      long nanos = System.nanoTime() - start;
      double flops = 2.0 * rounds * Kernels.CHAINS * kernels.width() * context.threads();
      best = Math.max(best, flops / nanos);
    }
    return best;
  }
}
