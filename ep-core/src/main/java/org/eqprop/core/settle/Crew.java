package org.eqprop.core.settle;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The worker threads of a {@link Context} and what they share with its caller. It knows nothing of
 * the context, so a context that was forgotten can be collected, and its workers end.
 */
final class Crew {
  /** Turns of the waiting loop before a thread parks: about 50 µs. */
  static final int SPINS = 2000;

  private final Worker[] workers;
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger generation = new AtomicInteger();
  private volatile boolean closed;
  private volatile @Nullable Thread sleepingCaller;
  private volatile Context.@Nullable Task task;
  private volatile @Nullable Throwable failure;

  /** Starts {@code size} workers, whose parts are numbered from 1. */
  Crew(int size) {
    workers = new Worker[size];
    for (int i = 0; i < size; i++) {
      workers[i] = new Worker(i + 1);
      workers[i].start();
    }
  }

  int size() {
    return workers.length;
  }

  boolean isClosed() {
    return closed;
  }

  /** Ends the workers. */
  void close() {
    closed = true;
    for (Worker worker : workers) {
      LockSupport.unpark(worker);
    }
  }

  /**
   * Wakes the workers for a job.
   *
   * @return the region's number
   */
  int begin(Context.Task job) {
    task = job;
    failure = null;
    running.set(workers.length);
    int region = generation.incrementAndGet();
    for (Worker worker : workers) {
      worker.wake();
    }
    return region;
  }

  /** Does the parts that no worker has begun. */
  void takeOver(int region) {
    for (Worker worker : workers) {
      if (worker.claim(region)) {
        worker.work();
      }
    }
  }

  /** Waits for the last worker, and forgets the job. */
  void end() {
    awaitWorkers();
    task = null;
  }

  /** What a worker's part of the last job threw. */
  @Nullable Throwable failure() {
    return failure;
  }

  private void awaitWorkers() {
    for (int i = 0; i < SPINS; i++) {
      if (running.get() == 0) {
        return;
      }
      Thread.onSpinWait();
    }
    sleepingCaller = Thread.currentThread();
    while (running.get() != 0) {
      LockSupport.park(this);
    }
    sleepingCaller = null;
  }

  private void workerIsDone() {
    if (running.decrementAndGet() == 0) {
      LockSupport.unpark(sleepingCaller);
    }
  }

  private final class Worker extends Thread {
    private final int index;
    private volatile boolean parked;

    /** The last region whose part is taken, by this worker or by the caller. */
    private final AtomicInteger claimed = new AtomicInteger();

    Worker(int index) {
      super("eqprop-worker-" + index);
      this.index = index;
      setDaemon(true);
    }

    void wake() {
      if (parked) {
        LockSupport.unpark(this);
      }
    }

    /** Whether who asks is the one to do this worker's part of a region. */
    boolean claim(int region) {
      int last = claimed.get();
      return last - region < 0 && claimed.compareAndSet(last, region);
    }

    @Override
    public void run() {
      int region = 0;
      while (true) {
        region = await(region);
        if (closed) {
          return;
        }
        if (claim(region)) {
          work();
        }
      }
    }

    /** The next region after {@code seen}, when it begins. */
    private int await(int seen) {
      for (int i = 0; i < SPINS; i++) {
        if (generation.get() != seen || closed) {
          return generation.get();
        }
        Thread.onSpinWait();
      }
      parked = true;
      while (generation.get() == seen && !closed) {
        LockSupport.park(Crew.this);
      }
      parked = false;
      return generation.get();
    }

    void work() {
      Context.Task job = task;
      try {
        if (job != null) {
          job.run(index, workers.length + 1);
        }
      } catch (Throwable thrown) { // a checked one, too: other languages throw it undeclared
        failure = thrown;
      } finally {
        workerIsDone();
      }
    }
  }
}
