package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Bytes that the calling thread allocates. Work is tried on the plain Java kernels, where nothing
 * is an object that would not be one after compilation.
 */
final class Allocation {
  private static final int TRIES = 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /** Fails if each of many runs of {@code work} allocates. */
  static void assertNone(String what, Runnable work) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TRIES && least > 0; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      work.run();
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).as("bytes allocated by " + what).isZero();
  }
}
