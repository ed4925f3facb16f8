package org.eqprop.core.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.testing.ExclusiveCount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ContextTest {
  @Test
  void sharesCoverAllItemsOnceAndDifferByOneAtMost() {
    for (int workers = 1; workers <= 9; workers++) {
      for (int count = 0; count < 50; count++) {
        int next = 0;
        for (int w = 0; w < workers; w++) {
          assertThat(Context.share(count, w, workers)).isEqualTo(next);
          int size = Context.share(count, w + 1, workers) - next;
          assertThat(size).isBetween(count / workers, (count + workers - 1) / workers);
          next += size;
        }
        assertThat(next).isEqualTo(count);
      }
    }
    assertThat(Context.share(Integer.MAX_VALUE, 7, 8)).isPositive();
  }

  @Test
  void aLearnerHasItsWeightsForItselfOnOneThread() {
    ExclusiveCount kernels = new ExclusiveCount();
    try (Context one = new Context(1, kernels);
        Context two = new Context(2, kernels)) {
      assertThat(one.learnerKernels()).isSameAs(kernels.exclusive());
      assertThat(two.learnerKernels()).isSameAs(kernels);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void everyPartOfEveryRunIsDoneOnce(int threads) {
    try (Context context = new Context(threads)) {
      assertThat(context.threads()).isEqualTo(threads);
      assertThat(context.kernels()).isSameAs(KernelsSelector.kernels());
      int runs = 3000;
      AtomicIntegerArray parts = new AtomicIntegerArray(threads);
      int[] plain = new int[threads];
      for (int i = 0; i < runs; i++) {
        context.run(
            (worker, workers) -> {
              int end = Context.share(threads, worker + 1, workers);
              for (int p = Context.share(threads, worker, workers); p < end; p++) {
                parts.incrementAndGet(p);
                plain[p]++;
              }
            });
        int total = 0;
        for (int count : plain) {
          total += count;
        }
        assertThat(total).isEqualTo((i + 1) * threads);
      }
      for (int w = 0; w < threads; w++) {
        assertThat(parts.get(w)).isEqualTo(runs);
      }
    }
  }

  @Test
  void theCallerIsWorkerZeroAndTheOthersAreNamedThreads() {
    try (Context context = Rests.never(3)) {
      Set<String> names = ConcurrentHashMap.newKeySet();
      context.runTogether(
          (worker, workers) -> names.add(worker + " " + Thread.currentThread().getName()));
      assertThat(names)
          .containsExactlyInAnyOrder(
              "0 " + Thread.currentThread().getName(), "1 eqprop-worker-1", "2 eqprop-worker-2");
    }
  }

  @Test
  void workersThatWentToSleepAreWoken() throws InterruptedException {
    try (Context context = Rests.never(2)) {
      AtomicInteger parts = new AtomicInteger();
      for (int i = 0; i < 20; i++) {
        Thread.sleep(2);
        context.runTogether((worker, workers) -> parts.incrementAndGet());
      }
      assertThat(parts).hasValue(40);
    }
  }

  @Test
  void aWorkersExceptionReachesTheCallerAndTheContextStaysUsable() {
    try (Context context = Rests.never(3)) {
      for (int i = 0; i < 3; i++) {
        assertFails(context::runTogether, 2, new IllegalArgumentException("no good"));
        AtomicInteger parts = new AtomicInteger();
        context.runTogether((worker, workers) -> parts.incrementAndGet());
        assertThat(parts).hasValue(3);
      }
    }
  }

  /** Other languages throw checked exceptions without declaring them. */
  @Test
  void aWorkersCheckedExceptionReachesTheCallerToo() {
    try (Context context = Rests.never(2)) {
      for (int i = 0; i < 3; i++) {
        assertFails(context::runTogether, 1, new IOException("disk"));
      }
    }
  }

  private static void assertFails(Consumer<Context.Task> run, int part, Exception wrong) {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                run.accept(
                    (worker, workers) -> {
                      if (worker == part) {
                        ContextTest.<RuntimeException>undeclared(wrong);
                      }
                    }))
        .withMessage("A worker failed: " + wrong)
        .withCause(wrong);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> void undeclared(Exception thrown) throws E {
    throw (E) thrown;
  }

  @Test
  void theCallersOwnExceptionIsThrownWhenTheOthersAreDone() {
    try (Context context = Rests.never(2)) {
      AtomicInteger done = new AtomicInteger();
      AssertionError wrong = new AssertionError("no good");
      assertThatThrownBy(
              () ->
                  context.runTogether(
                      (worker, workers) -> {
                        if (worker == 0) {
                          throw wrong;
                        }
                        sleep(20);
                        done.incrementAndGet();
                      }))
          .isSameAs(wrong);
      assertThat(done).hasValue(1);
    }
  }

  @Test
  void whoWaitsForWorkersLeavesTheProcessorToOthers() {
    try (Context context = Rests.never(2)) {
      ThreadMXBean clock = ManagementFactory.getThreadMXBean();
      long before = clock.getCurrentThreadCpuTime();
      context.runTogether(
          (worker, workers) -> {
            if (worker == 1) {
              sleep(500);
            }
          });
      long spent = clock.getCurrentThreadCpuTime() - before;
      assertThat(TimeUnit.NANOSECONDS.toMillis(spent)).isLessThan(250);
    }
  }

  /** A worker that sleeps needs some 50 µs to wake; the caller's own part takes none. */
  @Test
  void theCallerDoesThePartOfAWorkerThatComesLate() {
    try (Context context = Rests.without(2, true)) {
      int taken = 0;
      for (int i = 0; i < 100; i++) {
        sleep(2);
        Thread[] by = new Thread[2];
        context.run((worker, workers) -> by[worker] = Thread.currentThread());
        assertThat(by[0]).isSameAs(Thread.currentThread());
        taken += by[1] == by[0] ? 1 : 0;
      }
      assertThat(taken).isPositive();
    }
  }

  @Test
  void aFailureInAPartThatTheCallerTookIsStillTheWorkers() {
    try (Context context = Rests.without(2, true)) {
      for (int i = 0; i < 20; i++) {
        sleep(2);
        assertFails(context::run, 1, new IllegalArgumentException("no good"));
      }
    }
  }

  @Test
  void afterALongWaitTheCallerDoesTheNextJobsWhole() {
    try (Context context = new Context(2)) {
      int[] last = new int[1];
      Context.Task count = (worker, workers) -> last[0] = workers;
      context.waited(20_000_000, 10_000_000);
      context.run(count);
      assertThat(last[0]).isEqualTo(2);
      context.waited(30_000_000, 10_000_000);
      for (int i = 0; i < 3; i++) {
        context.run(count);
        assertThat(last[0]).isEqualTo(1);
        context.runTogether(count);
        assertThat(last[0]).isEqualTo(1);
      }
      sleep(500);
      context.runTogether(count);
      assertThat(last[0]).isEqualTo(2);
    }
  }

  /** A worker that sleeps stands for one that lost its processor. */
  @Test
  void aWorkerThatStopsWithinItsPartIsLeftAsleepForSixteenTimesAsLong() {
    try (Context context = new Context(2)) {
      context.runTogether(
          (worker, workers) -> {
            if (worker == 1) {
              sleep(50);
            }
          });
      long start = System.nanoTime();
      int[] last = {1};
      while (last[0] == 1) {
        context.run((worker, workers) -> last[0] = workers);
      }
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isGreaterThan(16 * 45);
    }
  }

  /** A process that is stopped for an hour is not one whose processors are busy. */
  @Test
  void aVeryLongWaitCountsAsAQuarterOfASecond() {
    assertThat(Pause.counted(100)).isEqualTo(100);
    assertThat(Pause.counted(TimeUnit.HOURS.toNanos(1))).isEqualTo(250_000_000);
    Pause pause = new Pause();
    pause.note(Pause.counted(TimeUnit.HOURS.toNanos(1)), 0, 0);
    assertThat(pause.lasts(3_900_000_000L)).isTrue();
    assertThat(pause.lasts(4_100_000_000L)).isFalse();
    pause.note(TimeUnit.HOURS.toNanos(1), 0, 0);
    assertThat(pause.lasts(29_900_000_000L)).isTrue();
    assertThat(pause.lasts(30_100_000_000L)).isFalse();
  }

  @Test
  void whatAContextNotesOfAWaitIsAQuarterOfASecondAtMost() {
    long[] noted = new long[1];
    Pause pause =
        new Pause() {
          @Override
          void note(long waited, long worked, long now) {
            noted[0] = Math.max(noted[0], waited);
          }
        };
    try (Context context = new Context(2, KernelsSelector.kernels(), pause)) {
      context.runTogether(
          (worker, workers) -> {
            if (worker == 1) {
              sleep(400);
            }
          });
    }
    assertThat(noted[0]).isEqualTo(250_000_000);
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException thrown) {
      throw new IllegalStateException(thrown);
    }
  }

  @Test
  void closingEndsTheThreadsAndRefusesFurtherWork() throws InterruptedException {
    for (int threads = 1; threads <= 3; threads++) {
      List<Thread> seen = new ArrayList<>();
      Context context = new Context(threads, new ScalarKernels());
      context.runTogether(
          (worker, workers) -> {
            synchronized (seen) {
              seen.add(Thread.currentThread());
            }
          });
      context.close();
      context.close();
      for (Thread thread : seen) {
        if (thread != Thread.currentThread()) {
          thread.join(10_000);
          assertThat(thread.isAlive()).isFalse();
        }
      }
      assertThatIllegalStateException()
          .isThrownBy(() -> context.run((worker, workers) -> {}))
          .withMessage("The context is closed; its workers have ended.");
    }
  }

  @Test
  void fewerThanOneThreadIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Context(0))
        .withMessage("The number of threads is 0; it must be from 1 to 1024.");
  }
}
