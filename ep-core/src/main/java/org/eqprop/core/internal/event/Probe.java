package org.eqprop.core.internal.event;

import org.jspecify.annotations.Nullable;

/**
 * Records how long something took and what it gave. While nobody records, {@link #begin} returns
 * null and allocates nothing. For one thread at a time.
 */
public interface Probe {
  /** Where there is no flight recorder. */
  Probe NONE =
      new Probe() {
        @Override
        public @Nullable Object begin() {
          return null;
        }

        @Override
        public void end(Object begun, Facts facts) {}

        @Override
        public void silence(boolean on) {}
      };

  /** Begins an event; null if nobody records it. */
  @Nullable Object begin();

  /**
   * Ends and records the event.
   *
   * @param begun what {@link #begin} returned
   */
  void end(Object begun, Facts facts);

  /**
   * Records nothing while {@code on}. Asked only where somebody records, so that code compiled
   * meanwhile is the same.
   */
  void silence(boolean on);

  /**
   * What came of it.
   *
   * @param samples number of samples
   * @param steps mean steps of their free phases
   * @param residual the largest residual
   * @param loss the mean loss before the update, or NaN
   * @param errors samples that were given the wrong class, or 0 if that is not known
   */
  record Facts(int samples, double steps, float residual, double loss, int errors) {}
}
