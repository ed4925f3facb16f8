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

  /**
   * Rounds of the first calls: they end soon even where each operation makes an object, as it does
   * until the second compiler comes.
   */
  private static final long FIRST_ROUNDS = 100;

  /**
   * So long the first calls go on. They must be many, for the compiler to compile the whole method
   * and not only the loop that runs: in the latter it keeps some chains in memory.
   */
  private static final long FIRST_NANOS = 300_000_000;

  /** A repeat that takes less is followed by one of more rounds. */
  private static final long SHORT_NANOS = 500_000;

  /** So long repeats go on at most. */
  private static final long PATIENCE_NANOS = 2_000_000_000;

  /**
   * So long vectors wait for the second compiler, which comes late beside other programs. Before it
   * comes each operation makes an object, and the repeats stay short of {@value #ROUNDS} rounds.
   */
  private static final long COMPILER_NANOS = 10_000_000_000L;

  private final Context context;
  private final float[] sink;

  /**
   * A probe of the context's kernels on its workers.
   *
   * @param context the threads that calculate
   */
  public PeakProbe(Context context) {
    this.context = context;
    this.sink = new float[context.threads() * 64];
  }

  /**
   * {@return the best of {@value #REPEATS} long repeats, or of all those within two seconds, in
   * floating-point operations per nanosecond (GFLOP/s)} The first of them waits until the vectors
   * are compiled, up to ten seconds.
   */
  public double gigaflops() {
    Kernels kernels = context.kernels();
    long[] rounds = {FIRST_ROUNDS};
    int[] parts = new int[1];
    Context.Task task =
        (worker, workers) -> {
          sink[worker * 64] = kernels.fmaChains(rounds[0]);
          if (worker == 0) {
            parts[0] = workers;
          }
        };
    double best = 0;
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < FIRST_NANOS) {
      context.runTogether(task);
    }
    int repeats = 0;
    long patience = kernels.width() > 1 ? COMPILER_NANOS : PATIENCE_NANOS;
    while (repeats < REPEATS && System.nanoTime() - begin < patience) {
      long start = System.nanoTime();
      context.runTogether(task);
      long nanos = Math.max(1, System.nanoTime() - start);
      double flops = 2.0 * rounds[0] * kernels.chains() * kernels.width() * parts[0];
      best = Math.max(best, flops / nanos);
      if (rounds[0] == ROUNDS) {
        // after a wait the caller does the next jobs alone: those do not tell the peak of all
        repeats += parts[0] == context.threads() ? 1 : 0;
      } else if (nanos < SHORT_NANOS) {
        rounds[0] = Math.min(ROUNDS, 4 * rounds[0]);
        if (rounds[0] == ROUNDS) {
          patience = System.nanoTime() - begin + PATIENCE_NANOS;
        }
      }
    }
    return best;
  }
}
