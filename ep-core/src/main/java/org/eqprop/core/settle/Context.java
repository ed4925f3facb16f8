package org.eqprop.core.settle;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;

/**
 * Owns the worker threads and the kernels they use. One thread at a time may call {@link #run};
 * that thread is worker 0. A second one is refused. The workers are daemon threads; they end when
 * the context is closed, or when it was forgotten and is collected.
 *
 * <p>A region costs about a microsecond while workers are awake. Who waits, a worker for the next
 * region or the caller for the last worker, spins for about 50 µs and then sleeps until it is
 * woken: where processors have other work too, that is what the others need them for. Running a
 * region allocates nothing.
 */
public final class Context implements AutoCloseable {
  /** Workers at most. */
  public static final int MOST_THREADS = 1024;

  private final Kernels kernels;
  private final Crew crew;
  private final Pause pause;
  private final AtomicBoolean busy = new AtomicBoolean();

  /** A piece of work in parts, whose results do not depend on how many there are. */
  @FunctionalInterface
  public interface Task {
    /**
     * Does part {@code worker} of {@code workers}, which is {@link #threads} or 1: then all.
     *
     * @param worker number of the worker, from 0
     * @param workers number of workers, at least 1
     */
    void run(int worker, int workers);
  }

  /**
   * A context with {@code threads} workers, the caller included, and this JVM's kernels.
   *
   * @param threads number of workers, the calling thread included, from 1 to {@value #MOST_THREADS}
   * @throws IllegalArgumentException if {@code threads} is out of range
   */
  public Context(int threads) {
    this(threads, KernelsSelector.kernels());
  }

  /**
   * A context with {@code threads} workers, the caller included, and the given kernels.
   *
   * @param threads number of workers, the calling thread included, from 1 to {@value #MOST_THREADS}
   * @param kernels the kernels that tasks use
   * @throws IllegalArgumentException if {@code threads} is out of range
   */
  public Context(int threads, Kernels kernels) {
    this(threads, kernels, new Pause());
  }

  /**
   * Checks a number of threads.
   *
   * @param threads number of workers, the calling thread included
   * @throws IllegalArgumentException if it is not from 1 to {@value #MOST_THREADS}
   */
  public static void checkThreads(int threads) {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "The number of threads is " + threads + "; it must be from 1 to " + MOST_THREADS + ".");
    }
  }

  /** A context whose workers rest when {@code pause} says so. */
  Context(int threads, Kernels kernels, Pause pause) {
    checkThreads(threads);
    this.kernels = kernels;
    this.pause = pause;
    this.crew = new Crew(threads - 1);
    if (threads > 1) {
      Forgotten.CLEANER.register(this, crew::close);
    }
  }

  /** {@return the kernels that tasks use} */
  public Kernels kernels() {
    return kernels;
  }

  /**
   * {@return the kernels of a learner, whose weights nothing but this context reads: {@link
   * Kernels#exclusive} if it has one worker}
   */
  public Kernels learnerKernels() {
    return crew.size() == 0 ? kernels.exclusive() : kernels;
  }

  /** {@return the number of workers, the calling thread included} */
  public int threads() {
    return crew.size() + 1;
  }

  /**
   * {@return the first of {@code count} items that belong to {@code worker}; that of the next one
   * ends them}
   *
   * @param count number of items
   * @param worker number of the worker, from 0
   * @param workers number of workers, at least 1
   */
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
   * @param job the task
   * @throws IllegalStateException if another part than the caller's failed, with its exception as
   *     cause; or if the context is closed or at work for another thread
   */
  public void run(Task job) {
    run(job, false);
  }

  /**
   * As {@link #run}, for parts that wait for each other: each is done by a thread of its own, if
   * not the caller does the job whole.
   *
   * @param job the task
   * @throws IllegalStateException if another part than the caller's failed, with its exception as
   *     cause; or if the context is closed or at work for another thread
   */
  public void runTogether(Task job) {
    run(job, true);
  }

  private void run(Task job, boolean together) {
    if (crew.isClosed()) {
      throw new IllegalStateException("The context is closed; its workers have ended.");
    }
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "The context is at work for another thread, or for the job that calls it; give each"
              + " thread a context of its own.");
    }
    try {
      runAlone(job, together);
    } finally {
      busy.set(false);
    }
  }

  private void runAlone(Task job, boolean together) {
    long start = System.nanoTime();
    if (crew.size() == 0 || pause.lasts(start)) {
      job.run(0, 1);
      return;
    }
    int region = crew.begin(job);
    try {
      job.run(0, crew.size() + 1);
    } finally {
      long own = System.nanoTime();
      if (!together && pause.takesOver()) {
        crew.takeOver(region);
      }
      crew.end();
      waited(Pause.counted(System.nanoTime() - own), own - start);
    }
    Throwable thrown = crew.failure();
    if (thrown != null) {
      throw new IllegalStateException("A worker failed: " + thrown, thrown);
    }
  }

  /** Takes note of how long a thread waited for others in a region, and worked else. */
  void waited(long waited, long worked) {
    pause.note(waited, worked, System.nanoTime());
  }

  /**
   * Ends the workers.
   *
   * @throws IllegalStateException if a job runs
   */
  @Override
  public void close() {
    if (busy.get()) {
      throw new IllegalStateException("The context is at work; close it when its job has ended.");
    }
    crew.close();
  }

  /** Ends the workers of contexts that nobody can close any more; made with the first of them. */
  private static final class Forgotten {
    static final Cleaner CLEANER = Cleaner.create();
  }
}
