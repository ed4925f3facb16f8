package org.eqprop.examples.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and a kill's TERM signal into a request that the training loop sees after the batch
 * under way, and holds the JVM's end back until the checkpoint is written.
 */
final class Interrupts implements AutoCloseable {
  /** How long the end is held back at most. */
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::hold, "eqprop-interrupt");
  private volatile boolean requested;

  Interrupts() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether the program was asked to end. */
  boolean requested() {
    return requested;
  }

  private void hold() {
    requested = true;
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("ep: stopped without a new checkpoint; the last one is kept.");
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException alreadyEnding) {
        // The hook runs and returns at once.
      }
    }
  }
}
