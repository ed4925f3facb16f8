package org.eqprop.bptt.estimate;

import java.util.Locale;

/** The memory that an estimator may ask for. */
public final class MemoryLimit {
  /** What is allowed where nothing else is said: 1 GiB. */
  public static final long DEFAULT = 1L << 30;

  private MemoryLimit() {}

  /**
   * Refuses what needs more than is allowed.
   *
   * @param what begins the sentence
   * @param bytes what it needs, as a floating-point number because products overflow
   * @throws IllegalArgumentException in one sentence, if that is more than {@code mostBytes}
   */
  static void check(String what, double bytes, long mostBytes) {
    if (bytes > mostBytes) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s needs %.0f bytes, more than the %d allowed; take a smaller network.",
              what,
              bytes,
              mostBytes));
    }
  }
}
