package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Two threads at work at the same time, until each has often enough gone on while the other was in
 * the middle of something: then what one leaves where the other looks comes to light. Where
 * processors have other work, that takes longer, up to a limit.
 */
final class Threads {
  /** How many there are. */
  static final int COUNT = 2;

  /** Where each of many connections is checked. */
  private static final int SOME = 200;

  /** Where a rule is checked, once. */
  private static final int MANY = 10 * SOME;

  private static final long LEAST_NANOSECONDS = 1_000_000;
  private static final long NANOSECONDS_EACH = 200_000;
  private static final int SPINS = 1000;

  private final Part part;
  private final int wanted;
  private final long start = System.nanoTime();
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicIntegerArray pieces = new AtomicIntegerArray(COUNT);
  private final AtomicIntegerArray seen = new AtomicIntegerArray(COUNT);
  private final AtomicInteger overlaps = new AtomicInteger();
  private final AtomicInteger wrong = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private int rounds;
  private volatile boolean ended;

  /** A thread's part of the work. */
  @FunctionalInterface
  interface Part {
    /**
     * Does part {@code worker} of {@link #COUNT}, and says whether the results are right.
     *
     * @param threads told of each piece of work that is done
     */
    boolean run(int worker, Threads threads);
  }

  private Threads(Part part, int wanted) {
    this.part = part;
    this.wanted = wanted;
  }

  /** Fails if a part does, or if its results are not right; each goes on at its own pace. */
  static void assertRight(String what, Part part) {
    Threads threads = new Threads(part, SOME);
    threads.run(what, threads::repeat);
    assertThat(threads.wrong.get())
        .as("times that " + what + " differed on several threads at once")
        .isZero();
  }

  /**
   * Does the parts in rounds, for which threads wait for each other.
   *
   * @param begin done by one thread before each round
   * @return number of rounds
   */
  static int rounds(String what, IntConsumer begin, Part part) {
    Threads threads = new Threads(part, MANY);
    threads.run(what, worker -> threads.takeTurns(worker, begin));
    return threads.rounds;
  }

  private void run(String what, IntConsumer work) {
    Thread[] others = new Thread[COUNT - 1];
    for (int i = 0; i < others.length; i++) {
      int worker = i + 1;
      others[i] = new Thread(() -> guard(work, worker), "checks-" + worker);
      others[i].setDaemon(true);
      others[i].start();
    }
    guard(work, 0);
    for (Thread other : others) {
      join(other);
    }
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new AssertionError(what + " on several threads at once failed: " + thrown, thrown);
    }
  }

  private void guard(IntConsumer work, int worker) {
    try {
      work.accept(worker);
    } catch (RuntimeException | Error thrown) {
      failure.set(thrown);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The check was interrupted.", e);
    }
  }

  private void repeat(int worker) {
    meet();
    do {
      if (!part.run(worker, this)) {
        wrong.incrementAndGet();
      }
    } while (!isEnough());
  }

  private void takeTurns(int worker, IntConsumer begin) {
    while (true) {
      meet();
      if (worker == 0) {
        ended = isEnough();
        if (!ended) {
          begin.accept(rounds);
          rounds++;
        }
      }
      meet();
      if (ended || failure.get() != null) {
        return;
      }
      seen.set(worker, pieces.get(1 - worker));
      part.run(worker, this);
    }
  }

  /** A worker has done a piece of its work. */
  void didPiece(int worker) {
    int others = pieces.get(1 - worker);
    if (others != seen.get(worker)) {
      seen.set(worker, others);
      overlaps.incrementAndGet();
    }
    pieces.incrementAndGet(worker);
  }

  private boolean isEnough() {
    long time = System.nanoTime() - start;
    return time > wanted * NANOSECONDS_EACH
        || (overlaps.get() > wanted && time > LEAST_NANOSECONDS)
        || failure.get() != null;
  }

  /** Waits until all threads are here, or one failed. */
  private void meet() {
    int last = (arrived.incrementAndGet() + COUNT - 1) / COUNT * COUNT;
    for (int spins = 0; arrived.get() < last && failure.get() == null; spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(1000);
      }
    }
  }
}
