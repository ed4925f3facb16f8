package org.eqprop.bench;

import java.util.Arrays;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.settle.Context;

/**
 * The peak of this process's processors: independent chains of fused multiply-adds, on the threads
 * that did a benchmark's work, at the clock that the work left them.
 *
 * <p>A machine's clock drifts by a fifth within seconds, and it depends on the work: two thirds of
 * a millisecond after a matrix product the chains, which only use registers, begin to run at a
 * higher clock than the product did, after some milliseconds by a tenth. So the probe runs right
 * after an iteration's last operation and is over before that. Its first run, of cold caches, does
 * not count.
 */
public final class PeakProbe {
  private static final PeakProbe HERE = new PeakProbe();

  private static final int REPEATS = 5;
  private static final int WARM_UP = 1000;

  /** Rounds a repeat: 57 µs at 3.5 GHz, where a round takes eight cycles. */
  private static final long ROUNDS = 25_000;

  private final Context.Task task = this::chains;
  private final double[] repeats = new double[REPEATS];
  private final Context alone = new Context(1);
  private final Kernels kernels = alone.kernels();
  private final long rounds = kernels.width() == 1 ? ROUNDS / 10 : ROUNDS;
  private final float[] sink = new float[1];
  private double before;
  private int parts;
  private double last;

  private PeakProbe() {
    for (int i = 0; i < WARM_UP; i++) {
      alone.run(task);
    }
    measure(alone);
    before = last;
  }

  /** This process's. */
  public static PeakProbe here() {
    return HERE;
  }

  /** The calling thread, for work that has no others. */
  Context alone() {
    return alone;
  }

  private void chains(int worker, int workers) {
    sink[0] = kernels.fmaChains(rounds);
    if (worker == 0) {
      parts = workers;
    }
  }

  /**
   * To be called where an iteration's work has just ended, with the threads that did it; takes a
   * third of a millisecond.
   */
  void measure(Context context) {
    double flop = 2.0 * rounds * kernels.chains() * kernels.width();
    context.runTogether(task);
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      context.runTogether(task);
      repeats[i] = parts * flop / (System.nanoTime() - start);
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
