package org.eqprop.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Random;
import org.eqprop.examples.bench.Statistics.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {
  private static final double CONFIDENCE = 1 - 0.01 / 16;
  private static final int TRIALS = 1000;

  /** Values of a printed table. */
  @ParameterizedTest
  @CsvSource({
    "0.95,1,12.706",
    "0.95,2,4.303",
    "0.99,4,4.604",
    "0.999,8,5.041",
    "0.95,30,2.042",
    "0.9,1000,1.646"
  })
  void studentsQuantilesAreThoseOfTheTable(double probability, double freedom, double t) {
    assertThat(Statistics.studentQuantile(probability, freedom)).isCloseTo(t, offset(6e-4 * t));
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertThat(Statistics.median(new double[] {5, 1, 3})).isEqualTo(3);
    assertThat(Statistics.median(new double[] {4, 1, 3, 2})).isEqualTo(2.5);
  }

  /** Welch's interval of two samples of two, by hand: ln 2 ± 4.303·√(2·(0.05²)). */
  @Test
  void theIntervalIsWelchsOnLogarithms() {
    double[] before = {Math.exp(-0.05), Math.exp(0.05)};
    double[] after = {2 * Math.exp(-0.05), 2 * Math.exp(0.05)};
    Interval interval = Statistics.ratio(before, after, 0.95);
    double half = 4.3027 * Math.sqrt(2 * 0.05 * 0.05);
    assertThat(interval.ratio()).isCloseTo(2, offset(1e-12));
    assertThat(interval.low()).isCloseTo(2 * Math.exp(-half), offset(1e-4));
    assertThat(interval.high()).isCloseTo(2 * Math.exp(half), offset(1e-4));
  }

  @Test
  void theSlowestOfFiveIsLeftOut() {
    double[] quiet = {1, 1, 1, 1, 1};
    double[] disturbed = {1, 1, 7, 1, 1};
    assertThat(Statistics.ratio(quiet, disturbed, CONFIDENCE)).isEqualTo(new Interval(1, 1, 1));
  }

  @Test
  void oneForkSaysNothing() {
    Interval interval = Statistics.ratio(new double[] {1}, new double[] {3}, CONFIDENCE);
    assertThat(interval.low()).isZero();
    assertThat(interval.high()).isInfinite();
    assertThat(Verdict.of(interval, 0.05)).isEqualTo(Verdict.UNCLEAR);
  }

  /** Machines with noise of 1 to 20 %, and JVMs of which a third are a quarter slower. */
  @ParameterizedTest
  @CsvSource({"0.01,0", "0.03,0", "0.1,0", "0.2,0", "0.01,0.33", "0.03,0.33"})
  void whatIsTheSameIsNotFoundSlower(double noise, double bimodal) {
    assertThat(slower(noise, bimodal, 1)).isLessThanOrEqualTo(TRIALS / 200);
  }

  @ParameterizedTest
  @CsvSource({"0.01,1.1", "0.02,1.2", "0.03,1.3"})
  void whatIsSlowerIsFound(double noise, double factor) {
    assertThat(slower(noise, 0, factor)).isGreaterThan(TRIALS * 95 / 100);
  }

  private static int slower(double noise, double bimodal, double factor) {
    Random random = new Random(7);
    int found = 0;
    for (int i = 0; i < TRIALS; i++) {
      double[] before = forks(random, noise, bimodal, 1);
      double[] after = forks(random, noise, bimodal, factor);
      Verdict verdict = Verdict.of(Statistics.ratio(before, after, CONFIDENCE), 0.05);
      found += verdict == Verdict.SLOWER ? 1 : 0;
    }
    return found;
  }

  private static double[] forks(Random random, double noise, double bimodal, double factor) {
    double[] forks = new double[5];
    for (int i = 0; i < forks.length; i++) {
      double mode = random.nextDouble() < bimodal ? 1.25 : 1;
      forks[i] = factor * mode * Math.exp(noise * random.nextGaussian());
    }
    return forks;
  }

  @Test
  void verdictsNeedBothTheEffectAndTheConfidence() {
    assertThat(Verdict.of(new Interval(1.04, 1.03, 1.05), 0.05)).isEqualTo(Verdict.SAME);
    assertThat(Verdict.of(new Interval(1.08, 0.99, 1.17), 0.05)).isEqualTo(Verdict.SAME);
    assertThat(Verdict.of(new Interval(1.08, 1.01, 1.15), 0.05)).isEqualTo(Verdict.SLOWER);
    assertThat(Verdict.of(new Interval(0.9, 0.85, 0.99), 0.05)).isEqualTo(Verdict.FASTER);
    assertThat(Verdict.of(new Interval(1.3, 0.8, 2.1), 0.05)).isEqualTo(Verdict.UNCLEAR);
  }
}
