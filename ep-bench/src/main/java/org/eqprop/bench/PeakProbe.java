package org.eqprop.bench;

import java.util.Arrays;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.relax.Context;

/**
 * The peak of this process's processors: independent chains of fused multiply-adds, on as many
 * threads as the benchmark has, at the clock that the benchmark's work left them.
 *
 * <p>A machine's clock drifts by a fifth within seconds, and it depends on the work: two thirds of
 * a millisecond after a matrix product the chains, which only use registers, begin to run at a
 * higher clock than the product did, after some milliseconds by a tenth. So the probe runs right
 * after an iteration's last operation and is over before that. Its first run, of cold caches and
 * sleeping workers, does not count.
 */
public final class PeakProbe {
  /** The system property with the number of threads. */
  public static final String THREADS = "eqprop.bench.threads";

  private static final PeakProbe HERE = new PeakProbe(Integer.getInteger(THREADS, 1));

  private static final int REPEATS = 5;
  private static final int WARM_UP = 1000;

  /** Rounds a repeat: 57 µs at 3.5 GHz, where a round takes eight cycles. */
  private static final long ROUNDS = 25_000;

  private final Context context;
  private final float[] sink;
  private final Context.Task task = this::chains;
  private final long rounds;
  private final double[] repeats = new double[REPEATS];
  private double before;
  private double last;

  private PeakProbe(int threads) {
    context = new Context(threads);
    sink = new float[threads * 64];
    rounds = context.kernels().width() == 1 ? ROUNDS / 10 : ROUNDS;
    for (int i = 0; i < WARM_UP; i++) {
      context.run(task);
    }
    measure();
    before = last;
  }

  /** This process's. */
  public static PeakProbe here() {
    return HERE;
  }

  private void chains(int worker, int workers) {
    sink[worker * 64] = context.kernels().fmaChains(rounds);
  }

  /** To be called where an iteration's work has just ended; takes a third of a millisecond. */
  void measure() {
    double flop = 2.0 * rounds * Kernels.CHAINS * context.kernels().width() * context.threads();
    context.run(task);
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      context.run(task);
      repeats[i] = flop / (System.nanoTime() - start);
    }
    Arrays.sort(repeats);
    before = last;
    last = repeats[REPEATS / 2];
  }

  /**
   * Of all threads together, in GFLOP/s: the mean of what was measured at the end of the last
   * iteration and of the one before it, which is where the last one began.
   */
  public double gigaflops() {
    return (before + last) / 2;
  }
}
