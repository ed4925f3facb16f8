package org.eqprop.core.settle;

import org.eqprop.core.kernel.KernelsSelector;

/** Lets tests of other packages have a context whose workers rest. */
public final class Rests {
  private static final long LONG_NANOS = 1_000_000_000L;

  private Rests() {}

  /** A context whose workers do all their parts, for tests that need a thread for each. */
  public static Context never(int threads) {
    return without(threads, false);
  }

  /** A context whose workers never rest. */
  static Context without(int threads, boolean takesOver) {
    return new Context(
        threads,
        KernelsSelector.kernels(),
        new Pause() {
          @Override
          boolean lasts(long now) {
            return false;
          }

          @Override
          boolean takesOver() {
            return takesOver;
          }
        });
  }

  /** From now on, for 16 s, the caller does all itself. */
  public static void begin(Context context) {
    context.waited(LONG_NANOS, 0);
  }
}
