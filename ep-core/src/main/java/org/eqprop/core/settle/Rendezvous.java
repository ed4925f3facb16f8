package org.eqprop.core.settle;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where two workers wait for each other: what either wrote before a meeting, the other sees after
 * it. A meeting costs about 0.2 µs if both are on time, and allocates nothing. Who waits longer
 * than about 50 µs sleeps until the other one comes, which may need this very processor.
 */
final class Rendezvous {
  /** Counters lie this many ints apart, so that no two share a cache line (or a pair of lines). */
  private static final int APART = 32;

  /** How often each member has come, at {@code (member + 1) * APART}. */
  private final AtomicIntegerArray arrivals = new AtomicIntegerArray(4 * APART);

  /** The thread of each member that sleeps until the other one comes. */
  private final AtomicReferenceArray<@Nullable Thread> sleeping = new AtomicReferenceArray<>(2);

  /** How long each member has slept, in nanoseconds, at {@code (member + 1) * APART}. */
  private final long[] slept = new long[4 * APART];

  private volatile @Nullable Throwable failure;

  /**
   * Waits for the other member.
   *
   * @param member 0 or 1, this one
   * @throws IllegalStateException if the other one has failed, with its exception as cause
   */
  void meet(int member) {
    int mine = (member + 1) * APART;
    int other = (2 - member) * APART;
    int turn = arrivals.getPlain(mine) + 1;
    // Ordered before the look at who sleeps, as falling asleep is before the last look at this.
    arrivals.set(mine, turn);
    LockSupport.unpark(sleeping.get(1 - member));
    for (int spins = 0; arrivals.getAcquire(other) - turn < 0; spins++) {
      check();
      if (spins < Crew.SPINS) {
        Thread.onSpinWait();
      } else {
        sleep(member, other, turn);
      }
    }
  }

  private void sleep(int member, int other, int turn) {
    long start = System.nanoTime();
    sleeping.set(member, Thread.currentThread());
    while (arrivals.get(other) - turn < 0 && failure == null) {
      LockSupport.park(this);
    }
    sleeping.set(member, null);
    slept[(member + 1) * APART] += Pause.counted(System.nanoTime() - start);
  }

  /** How long both have slept together since the last call, in nanoseconds. */
  long takeSlept() {
    long both = slept[APART] + slept[2 * APART];
    slept[APART] = 0;
    slept[2 * APART] = 0;
    return both;
  }

  private void check() {
    Throwable failed = failure;
    if (failed != null) {
      throw new IllegalStateException("The other worker of a pair failed: " + failed, failed);
    }
  }

  /** Lets the other member fail, now or when it comes, rather than wait for ever. */
  void abandon(Throwable cause) {
    failure = cause;
    LockSupport.unpark(sleeping.get(0));
    LockSupport.unpark(sleeping.get(1));
  }
}
