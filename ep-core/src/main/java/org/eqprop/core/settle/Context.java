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
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger generation = new AtomicInteger();
  private volatile boolean closed;
  private volatile @Nullable Thread sleepingCaller;
  private volatile @Nullable Task task;
  private volatile @Nullable Throwable failure;

  /** A piece of work that every worker does a part of. */
  @FunctionalInterface
  public interface Task {
    /** Does part {@code worker} of {@code workers}. */
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
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + "; it must be at least 1.");
    }
    this.kernels = kernels;
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
   * Runs {@code job} on all workers and returns when all are done.
   *
   * @throws IllegalStateException if a worker failed, with its exception as cause; or if the
   *     context is closed
   */
  public void run(Task job) {
    if (closed) {
      throw new IllegalStateException("The context is closed; its workers have ended.");
    }
    if (workers.length == 0) {
      job.run(0, 1);
      return;
    }
    task = job;
    failure = null;
    running.set(workers.length);
    generation.incrementAndGet();
    for (Worker worker : workers) {
      worker.wake();
    }
    try {
      job.run(0, workers.length + 1);
    } finally {
      awaitWorkers();
    }
    Throwable thrown = failure;
    if (thrown != null) {
      throw new IllegalStateException("A worker failed: " + thrown, thrown);
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

  /** Ends the workers. */
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

    @Override
    public void run() {
      int seen = 0;
      while (true) {
        await(seen);
        if (closed) {
          return;
        }
        seen++;
        work();
      }
    }

    private void await(int seen) {
      for (int i = 0; i < SPINS; i++) {
        if (generation.get() != seen || closed) {
          return;
        }
        Thread.onSpinWait();
      }
      parked = true;
      while (generation.get() == seen && !closed) {
        LockSupport.park(Context.this);
      }
      parked = false;
    }

    private void work() {
      Task job = task;
      try {
        if (job != null) {
          job.run(index, workers.length + 1);
        }
      } catch (RuntimeException | Error thrown) {
        failure = thrown;
      } finally {
        workerIsDone();
      }
    }
  }
}
