package org.eqprop.examples.run;

import java.util.function.LongSupplier;

/**
 * Measures a time that never becomes less. The clock of a virtual machine that was moved or paused
 * may step backwards; such a step counts as no time, and what comes after it counts again.
 */
public final class Stopwatch {
  private final LongSupplier clock;
  private long last;
  private long nanos;

  /** Starts now, by the JVM's clock for measuring. */
  public Stopwatch() {
    this(System::nanoTime);
  }

  /** Starts now, by a clock in nanoseconds. */
  Stopwatch(LongSupplier clock) {
    this.clock = clock;
    this.last = clock.getAsLong();
  }

  /** Nanoseconds since the start, at least 0. */
  public long nanos() {
    long now = clock.getAsLong();
    nanos += Math.max(0, now - last);
    last = now;
    return nanos;
  }
}
