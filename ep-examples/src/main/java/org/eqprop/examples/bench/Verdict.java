package org.eqprop.examples.bench;

import java.util.Locale;
import org.eqprop.examples.bench.Statistics.Interval;

/** What a comparison says about one benchmark. */
public enum Verdict {
  /** Less time, by more than the least effect and beyond the noise. */
  FASTER,
  /** No difference that matters. */
  SAME,
  /** More time, by more than the least effect and beyond the noise. */
  SLOWER,
  /** The noise is larger than what is looked for. */
  UNCLEAR;

  /** An interval that reaches further than this many times the least effect says nothing. */
  private static final int WIDEST = 4;

  /**
   * The verdict on a ratio of costs.
   *
   * @param effect the least that counts, such as 0.05
   */
  static Verdict of(Interval interval, double effect) {
    if (interval.ratio() > 1 + effect && interval.low() > 1) {
      return SLOWER;
    }
    if (interval.ratio() < 1 / (1 + effect) && interval.high() < 1) {
      return FASTER;
    }
    boolean wide =
        interval.high() > 1 + WIDEST * effect || interval.low() < 1 / (1 + WIDEST * effect);
    return wide ? UNCLEAR : SAME;
  }

  /** In lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
