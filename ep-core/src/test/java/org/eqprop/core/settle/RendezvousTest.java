package org.eqprop.core.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RendezvousTest {
  private final Rendezvous rendezvous = new Rendezvous();
  private final ExecutorService other = Executors.newSingleThreadExecutor();

  @AfterEach
  void end() {
    other.shutdownNow();
  }

  @Test
  void whatOneWroteBeforeAMeetingTheOtherSeesAfterIt() throws Exception {
    int meetings = 20_000;
    int[] written = new int[2];
    Future<?> partner =
        other.submit(
            () -> {
              for (int i = 0; i < meetings; i++) {
                rendezvous.meet(1);
                assertThat(written[0]).isEqualTo(i + 1);
                written[1] = i;
                rendezvous.meet(1);
              }
            });
    for (int i = 0; i < meetings; i++) {
      written[0] = i + 1;
      rendezvous.meet(0);
      rendezvous.meet(0);
      assertThat(written[1]).isEqualTo(i);
      if (i % 5000 == 0) {
        Thread.sleep(5); // long enough for the partner to fall asleep
      }
    }
    partner.get();
  }

  @Test
  void whoWaitsLeavesTheProcessorToOthers() throws Exception {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    Future<Long> spent =
        other.submit(
            () -> {
              long before = clock.getCurrentThreadCpuTime();
              rendezvous.meet(1);
              return clock.getCurrentThreadCpuTime() - before;
            });
    Thread.sleep(500);
    rendezvous.meet(0);
    assertThat(TimeUnit.NANOSECONDS.toMillis(spent.get())).isLessThan(250);
    assertThat(rendezvous.takeSlept()).isBetween(250_000_000L, 270_000_000L);
    assertThat(rendezvous.takeSlept()).isZero();
  }

  @Test
  void whoSleepsLearnsThatTheOtherFailed() throws Exception {
    IllegalArgumentException wrong = new IllegalArgumentException("no good");
    Future<?> failing =
        other.submit(
            () -> {
              Thread.sleep(50);
              rendezvous.abandon(wrong);
              return null;
            });
    assertThatIllegalStateException()
        .isThrownBy(() -> rendezvous.meet(0))
        .withMessage("The other worker of a pair failed: " + wrong)
        .withCause(wrong);
    failing.get();
  }
}
