package org.eqprop.core.settle;

/**
 * How long the caller of a {@link Context} leaves its workers asleep, because other work keeps
 * their processors. A worker that loses its processor within its part lets the caller wait for the
 * time of many parts; after that the caller does all itself for sixteen times as long, so that a
 * sixteenth of the time is lost at most. A process that is stopped, or a machine that is frozen, is
 * no sign of other work; so a wait counts as a quarter of a second at most.
 */
class Pause {
  private static final int TIMES = 16;

  /** Who waits less than this, besides twice the time it worked, waits for parts of other sizes. */
  private static final long LEAST_NANOS = 2_000_000;

  /** What a single wait counts as at most: longer than a scheduler lets a thread wait its turn. */
  private static final long LONGEST_WAIT_NANOS = 250_000_000;

  /** The longest rest. */
  private static final long LONGEST_NANOS = 30_000_000_000L;

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

  /** What a single wait counts as, in nanoseconds. */
  static long counted(long nanos) {
    return Math.min(LONGEST_WAIT_NANOS, nanos);
  }

  /**
   * Takes note of a region in which a thread waited for another one.
   *
   * @param waited how long, in nanoseconds, each wait as it is {@link #counted}
   * @param worked how long it did not wait
   * @param now when the region ended
   */
  void note(long waited, long worked, long now) {
    if (waited > LEAST_NANOS + 2 * worked) {
      begun = true;
      end = now + Math.min(LONGEST_NANOS, TIMES * waited);
    }
  }
}
