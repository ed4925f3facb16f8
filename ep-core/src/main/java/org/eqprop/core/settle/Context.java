package org.eqprop.core.settle;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.jspecify.annotations.Nullable;

/**
 * Owns the worker threads and the kernels they use. One thread at a time may call {@link #run};
 * that thread is worker 0.
 *
 * <p>A region costs about a microsecond while workers are awake. Who waits, a worker for the next
 * region or the caller for the last worker, spins for about 50 µs and then sleeps until it is
 * woken: where processors have other work too, that is what the others need them for. Running a
 * region allocates nothing.
 */
public final class Context implements AutoCloseable {
  /** Turns of the waiting loop before a thread parks: about 50 µs. */
  static final int SPINS = 2000;

  private final Kernels kernels;
  private final Worker[] workers;
  private final Pause pause;
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger generation = new AtomicInteger();
  private volatile boolean closed;
  private volatile @Nullable Thread sleepingCaller;
  private volatile @Nullable Task task;
  private volatile @Nullable Throwable failure;

  /** A piece of work in parts, whose results do not depend on how many there are. */
  @FunctionalInterface
  public interface Task {
    /** Does part {@code worker} of {@code workers}, which is {@link #threads} or 1: then all. */
    void run(int worker, int workers);
  }

  /**
   * A context with {@code threads} workers, the caller included, and this JVM's kernels.
   *
   * @throws IllegalArgumentException if {@code threads} is below 1
   */
  public Context(int threads) {
    this(threads, KernelsSelector.kernels());
  }

  /** A context with {@code threads} workers, the caller included, and the given kernels. */
  public Context(int threads, Kernels kernels) {
    this(threads, kernels, new Pause());
  }

  /** A context whose workers rest when {@code pause} says so. */
  Context(int threads, Kernels kernels, Pause pause) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + "; it must be at least 1.");
    }
    this.kernels = kernels;
    this.pause = pause;
    this.workers = new Worker[threads - 1];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(i + 1);
      workers[i].start();
    }
  }

  /** The kernels that tasks use. */
  public Kernels kernels() {
    return kernels;
  }

  /**
   * The kernels of a learner, whose weights nothing but this context reads: {@link
   * Kernels#exclusive} if it has one worker.
   */
  public Kernels learnerKernels() {
    return workers.length == 0 ? kernels.exclusive() : kernels;
  }

  /** Number of workers, the calling thread included. */
  public int threads() {
    return workers.length + 1;
  }

  /** First of {@code count} items that belong to {@code worker}; that of the next one ends them. */
  public static int share(int count, int worker, int workers) {
    return (int) ((long) count * worker / workers);
  }

  /**
   * Does all parts of {@code job}, none of which waits for another, and returns when all are done.
   *
   * <p>Where processors have other work, a worker may come late or lose its processor. A part that
   * its worker has not begun when the caller is through with its own, the caller does too. After a
   * long wait the caller does the next jobs whole, as the only worker.
   *
   * @throws IllegalStateException if another part than the caller's failed, with its exception as
   *     cause; or if the context is closed
   */
  public void run(Task job) {
    run(job, false);
  }

  /**
   * As {@link #run}, for parts that wait for each other: each is done by a thread of its own, if
   * not the caller does the job whole.
   *
   * @throws IllegalStateException if another part than the caller's failed, with its exception as
   *     cause; or if the context is closed
   */
  public void runTogether(Task job) {
    run(job, true);
  }

  private void run(Task job, boolean together) {
    if (closed) {
      throw new IllegalStateException("The context is closed; its workers have ended.");
    }
    long start = System.nanoTime();
    if (workers.length == 0 || pause.lasts(start)) {
      job.run(0, 1);
      return;
    }
    task = job;
    failure = null;
    running.set(workers.length);
    int region = generation.incrementAndGet();
    for (Worker worker : workers) {
      worker.wake();
    }
    try {
      job.run(0, workers.length + 1);
    } finally {
      long own = System.nanoTime();
      if (!together && pause.takesOver()) {
        takeOver(region);
      }
      awaitWorkers();
      waited(Pause.counted(System.nanoTime() - own), own - start);
    }
    Throwable thrown = failure;
    if (thrown != null) {
      throw new IllegalStateException("A worker failed: " + thrown, thrown);
    }
  }

  /** Takes note of how long a thread waited for others in a region, and worked else. */
  void waited(long waited, long worked) {
    pause.note(waited, worked, System.nanoTime());
  }

  /** Does the parts that no worker has begun. */
  private void takeOver(int region) {
    for (Worker worker : workers) {
      if (worker.claim(region)) {
        worker.work();
      }
    }
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

  /** Ends the workers. Not to be called while a job runs. */
  @Override
  public void close() {
    closed = true;
    for (Worker worker : workers) {
      LockSupport.unpark(worker);
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
        LockSupport.park(Context.this);
      }
      parked = false;
      return generation.get();
    }

    void work() {
      Task job = task;
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
