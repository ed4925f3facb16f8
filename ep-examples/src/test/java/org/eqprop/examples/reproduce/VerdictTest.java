package org.eqprop.examples.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import java.util.Random;
import org.eqprop.examples.run.RunSummary.Spread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  private static final Reported PAPER = new Reported(2.00, 0.13, 0.2, 5);

  /** By hand: 2.1 ± 0.13 of five beside the paper's; freedom 8, t 1.860. */
  @Test
  void theIntervalIsWelchs() {
    Difference difference = Difference.of(new Spread(2.1, 0.13), 5, PAPER);
    double half = 1.8595 * 0.13 * Math.sqrt(0.4);
    assertThat(difference.value()).isCloseTo(0.1, offset(1e-12));
    assertThat(difference.low()).isCloseTo(0.1 - half, offset(1e-4));
    assertThat(difference.high()).isCloseTo(0.1 + half, offset(1e-4));
  }

  /** Then only the paper's spread counts, with its four degrees of freedom: t 2.132. */
  @Test
  void withoutASpreadOfOursThePapersCounts() {
    Difference difference = Difference.of(new Spread(2.0, 0), 3, PAPER);
    assertThat(difference.high()).isCloseTo(2.1318 * 0.13 / Math.sqrt(5), offset(1e-4));
    assertThat(difference.low()).isEqualTo(-difference.high());
  }

  /** A paper's single trial has no spread; ours has one degree of freedom: t 6.314. */
  @Test
  void withoutASpreadOfThePapersOursCounts() {
    Reported single = new Reported(2.2, 0, Double.NaN, 1);
    Difference difference = Difference.of(new Spread(2.2, 0.1), 2, single);
    assertThat(difference.high()).isCloseTo(6.3138 * 0.1 / Math.sqrt(2), offset(1e-3));
    assertThat(Difference.of(new Spread(2.2, 0), 2, single)).isEqualTo(new Difference(0, 0, 0));
  }

  @Test
  void oneTrialHasNoInterval() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Difference.of(new Spread(2, 0), 1, PAPER));
  }

  @ParameterizedTest
  @CsvSource({
    "-0.1, 0.3, HOLDS",
    "-0.4, 0.4, HOLDS",
    "-0.1, 0.41, UNDECIDED",
    "-0.41, 0.1, UNDECIDED",
    "-1, 1, UNDECIDED",
    "0.4, 0.5, UNDECIDED",
    "0.41, 0.5, HIGHER",
    "-0.5, -0.41, LOWER"
  })
  void theWholeIntervalDecides(double low, double high, Verdict verdict) {
    assertThat(Verdict.of(new Difference((low + high) / 2, low, high), 0.4)).isEqualTo(verdict);
    assertThat(Verdict.margin(PAPER)).isCloseTo(0.4, offset(1e-12));
  }

  /** Trials of both that are drawn from populations whose means are apart by the margin. */
  @Test
  void whatIsApartByTheMarginHoldsInAtMostOneCaseOfTwenty() {
    assertThat(holds(0.4)).isBetween(20, 80);
    assertThat(holds(0)).isGreaterThan(960);
  }

  private static int holds(double apart) {
    Random random = new Random(5);
    int holds = 0;
    for (int i = 0; i < 1_000; i++) {
      Spread theirs = trials(random, 2);
      Reported paper = new Reported(theirs.mean(), theirs.deviation(), 0.2, 5);
      Difference difference = Difference.of(trials(random, 2 + apart), 5, paper);
      holds += Verdict.of(difference, 0.4) == Verdict.HOLDS ? 1 : 0;
    }
    return holds;
  }

  private static Spread trials(Random random, double mean) {
    double[] values = new double[5];
    for (int i = 0; i < values.length; i++) {
      values[i] = mean + 0.13 * random.nextGaussian();
    }
    return Spread.of(values);
  }
}
