package org.eqprop.examples.gdu;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** Runs tasks on a few threads, while the calling one shows how much is done. */
public final class Workers implements AutoCloseable {
  private static final long REDRAW_MILLIS = 100;

  private final int threads;
  private final ExecutorService executor;
  private final LongAdder done = new LongAdder();
  private final LongConsumer progress;

  /**
   * Workers.
   *
   * @param threads at least 1
   * @param progress told how much is done, ten times a second, by the thread that waits
   */
  public Workers(int threads, LongConsumer progress) {
    this.threads = threads;
    this.progress = progress;
    this.executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("eqprop-gdu-", 0).factory());
  }

  /** How many tasks run at the same time. */
  int threads() {
    return threads;
  }

  /** Says that work has been done; may be called by any thread. */
  void done(long cost) {
    done.add(cost);
  }

  /** Runs all tasks; the results are in the tasks' order. */
  <T> List<T> run(List<Callable<T>> tasks) {
    List<Future<T>> futures = new ArrayList<>();
    tasks.forEach(task -> futures.add(executor.submit(task)));
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> future : futures) {
        results.add(await(future));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(failed.getCause());
    }
    return results;
  }

  private <T> T await(Future<T> future) throws InterruptedException, ExecutionException {
    while (true) {
      try {
        return future.get(REDRAW_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        progress.accept(done.sum());
      }
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
