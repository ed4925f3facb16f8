package org.eqprop.core.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A context that is used by two threads, by its own job, or forgotten. */
@Timeout(60)
class ContextMisuseTest {
  private static final String AT_WORK =
      "The context is at work for another thread, or for the job that calls it; give each thread a"
          + " context of its own.";

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aSecondThreadIsRefusedAndTheFirstGoesOn(int threads) throws InterruptedException {
    try (Context context = new Context(threads)) {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch refused = new CountDownLatch(1);
      AtomicInteger parts = new AtomicInteger();
      Thread first =
          new Thread(
              () ->
                  context.run(
                      (worker, workers) -> {
                        begun.countDown();
                        await(refused);
                        parts.addAndGet(workers == 1 ? threads : 1);
                      }));
      first.start();
      begun.await();
      assertThatIllegalStateException()
          .isThrownBy(() -> context.run((worker, workers) -> {}))
          .withMessage(AT_WORK);
      assertThatIllegalStateException()
          .isThrownBy(() -> context.runTogether((worker, workers) -> {}))
          .withMessage(AT_WORK);
      assertThatIllegalStateException()
          .isThrownBy(context::close)
          .withMessage("The context is at work; close it when its job has ended.");
      refused.countDown();
      first.join();
      assertThat(parts).hasValue(threads);
      context.run((worker, workers) -> parts.addAndGet(workers == 1 ? threads : 1));
      assertThat(parts).hasValue(2 * threads);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void aJobCannotBeginAnother() {
    try (Context context = new Context(1)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> context.run((worker, workers) -> context.run((a, b) -> {})))
          .withMessage(AT_WORK);
      AtomicInteger parts = new AtomicInteger();
      context.run((worker, workers) -> parts.incrementAndGet());
      assertThat(parts).hasValue(1);
    }
  }

  private static Set<Thread> threads() {
    Set<Thread> workers = new HashSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("eqprop-worker-")) {
        workers.add(thread);
      }
    }
    return workers;
  }

  /** Makes a context that works on itself, and forgets it. */
  private static Set<Thread> forget() {
    Set<Thread> before = threads();
    Context context = new Context(3);
    context.run((worker, workers) -> assertThat(context.threads()).isEqualTo(3));
    Set<Thread> own = threads();
    own.removeAll(before);
    assertThat(own).hasSize(2);
    return own;
  }

  @Test
  void theWorkersOfAForgottenContextEnd() throws InterruptedException {
    Set<Thread> workers = forget();
    while (workers.stream().anyMatch(Thread::isAlive)) {
      System.gc();
      Thread.sleep(10);
    }
    try (Context kept = new Context(2)) {
      Set<Thread> alive = threads();
      System.gc();
      Thread.sleep(50);
      kept.run((worker, workers2) -> {});
      assertThat(alive).filteredOn(Thread::isAlive).isNotEmpty();
    }
  }
}
