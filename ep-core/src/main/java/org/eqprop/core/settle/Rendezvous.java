package org.eqprop.core.settle;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Where two workers wait for each other: what either wrote before a meeting, the other sees after
 * it. A meeting costs about 0.2 µs if both are on time, and allocates nothing.
 */
final class Rendezvous {
  /** Turns of the waiting loop before a worker offers its processor to others: about 50 µs. */
  private static final int SPINS = 2000;

  /** Counters lie this many ints apart, so that no two share a cache line (or a pair of lines). */
  private static final int APART = 32;

  /** How often each member has come, at {@code (member + 1) * APART}. */
  private final AtomicIntegerArray arrivals = new AtomicIntegerArray(4 * APART);

  private volatile @Nullable Throwable failure;

  /**
   * Waits for the other member.
   *
   * @param member 0 or 1, this one
   * @throws IllegalStateException if the other one has failed, with its exception as cause
   */
  @SuppressWarnings("ThreadPriorityCheck") // a yield only makes waiting cheaper for others
  void meet(int member) {
    int mine = (member + 1) * APART;
    int other = (2 - member) * APART;
    int turn = arrivals.getPlain(mine) + 1;
    arrivals.setRelease(mine, turn);
    for (int spins = 0; arrivals.getAcquire(other) - turn < 0; spins++) {
      Throwable failed = failure;
      if (failed != null) {
        throw new IllegalStateException("The other worker of a pair failed: " + failed, failed);
      }
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  /** Lets the other member fail, now or when it comes, rather than wait for ever. */
  void abandon(Throwable cause) {
    failure = cause;
  }
}
