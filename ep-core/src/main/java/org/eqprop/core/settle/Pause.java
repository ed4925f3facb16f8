package org.eqprop.core.settle;

/**
 * How long the caller of a {@link Context} leaves its workers asleep, because other work keeps
 * their processors. A worker that loses its processor within its part lets the caller wait for the
 * time of many parts; after that the caller does all itself for sixteen times as long, so that a
 * sixteenth of the time is lost at most.
 */
class Pause {
  private static final int TIMES = 16;

  /** Who waits less than this, besides twice the time it worked, waits for parts of other sizes. */
  private static final long LEAST_NANOS = 2_000_000;

  private boolean begun;
  private long end;

  /** Whether the workers are to be left asleep now. */
  boolean lasts(long now) {
    begun &= now - end < 0;
    return begun;
  }

  /** Whether the caller does parts that no worker has begun. */
  boolean takesOver() {
    return true;
  }

  /**
   * Takes note of a region in which a thread waited for another one.
   *
   * @param waited how long, in nanoseconds
   * @param worked how long it did not wait
   * @param now when the region ended
   */
  void note(long waited, long worked, long now) {
    if (waited > LEAST_NANOS + 2 * worked) {
      begun = true;
      end = now + TIMES * waited;
    }
  }
}
