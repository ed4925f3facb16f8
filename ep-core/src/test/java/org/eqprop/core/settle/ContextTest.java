package org.eqprop.core.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
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
  void everyWorkerDoesItsPartOfEveryRun(int threads) {
    try (Context context = new Context(threads)) {
      assertThat(context.threads()).isEqualTo(threads);
      assertThat(context.kernels()).isSameAs(KernelsSelector.kernels());
      int runs = 3000;
      AtomicIntegerArray parts = new AtomicIntegerArray(threads);
      int[] plain = new int[threads];
      for (int i = 0; i < runs; i++) {
        context.run(
            (worker, workers) -> {
              assertThat(workers).isEqualTo(threads);
              parts.incrementAndGet(worker);
              plain[worker]++;
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
    try (Context context = new Context(3)) {
      Set<String> names = ConcurrentHashMap.newKeySet();
      context.run((worker, workers) -> names.add(worker + " " + Thread.currentThread().getName()));
      assertThat(names)
          .containsExactlyInAnyOrder(
              "0 " + Thread.currentThread().getName(), "1 eqprop-worker-1", "2 eqprop-worker-2");
    }
  }

  @Test
  void workersThatWentToSleepAreWoken() throws InterruptedException {
    try (Context context = new Context(2)) {
      AtomicInteger parts = new AtomicInteger();
      for (int i = 0; i < 20; i++) {
        Thread.sleep(2);
        context.run((worker, workers) -> parts.incrementAndGet());
      }
      assertThat(parts).hasValue(40);
    }
  }

  @Test
  void aWorkersExceptionReachesTheCallerAndTheContextStaysUsable() {
    try (Context context = new Context(3)) {
      IllegalArgumentException wrong = new IllegalArgumentException("no good");
      for (int i = 0; i < 3; i++) {
        assertThatIllegalStateException()
            .isThrownBy(
                () ->
                    context.run(
                        (worker, workers) -> {
                          if (worker == 2) {
                            throw wrong;
                          }
                        }))
            .withMessage("A worker failed: " + wrong)
            .withCause(wrong);
        AtomicInteger parts = new AtomicInteger();
        context.run((worker, workers) -> parts.incrementAndGet());
        assertThat(parts).hasValue(3);
      }
    }
  }

  @Test
  void theCallersOwnExceptionIsThrownWhenTheOthersAreDone() {
    try (Context context = new Context(2)) {
      AtomicInteger done = new AtomicInteger();
      AssertionError wrong = new AssertionError("no good");
      assertThatThrownBy(
              () ->
                  context.run(
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
    try (Context context = new Context(2)) {
      ThreadMXBean clock = ManagementFactory.getThreadMXBean();
      long before = clock.getCurrentThreadCpuTime();
      context.run(
          (worker, workers) -> {
            if (worker == 1) {
              sleep(500);
            }
          });
      long spent = clock.getCurrentThreadCpuTime() - before;
      assertThat(TimeUnit.NANOSECONDS.toMillis(spent)).isLessThan(250);
    }
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
      context.run(
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
        .withMessage("threads is 0; it must be at least 1.");
  }
}
