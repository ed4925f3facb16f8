package org.eqprop.examples.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeLeftTest {
  private static final Cell P_1H_EP = new Cell(PaperRow.P_1H, Method.EP);
  private static final Cell P_1H_BPTT = new Cell(PaperRow.P_1H, Method.BPTT);
  private static final Cell P_2H_EP = new Cell(PaperRow.P_2H, Method.EP);

  @Test
  void nothingIsKnownBeforeATraining() {
    TimeLeft left = new TimeLeft();
    left.add(P_1H_EP, Double.NaN, 3);
    left.add(P_1H_EP, 0, 0);
    assertThat(left.seconds(P_1H_EP, 1)).isNaN();
    assertThat(left.seconds(P_1H_EP, 0)).isZero();
  }

  @Test
  void theNearestTimeCounts() {
    TimeLeft left = new TimeLeft();
    left.add(P_1H_EP, 60, 3);
    assertThat(left.seconds(P_1H_EP, 5)).isCloseTo(100, offset(1e-9));
    assertThat(left.seconds(P_1H_BPTT, 5)).isCloseTo(100, offset(1e-9));
    // the paper's 116 minutes for 50 epochs beside 17 for 30
    assertThat(left.seconds(P_2H_EP, 50)).isCloseTo(600 * 116 / 17.0, offset(1e-6));
    left.add(P_1H_BPTT, 300, 3);
    assertThat(left.seconds(P_1H_EP, 5)).isCloseTo(100, offset(1e-9));
    assertThat(left.seconds(P_1H_BPTT, 5)).isCloseTo(500, offset(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, unknown",
    "0, 0 s",
    "59.2, 60 s",
    "61, 2 min",
    "3540, 59 min",
    "3599, 1 h 00 min",
    "7500, 2 h 05 min",
    "180000, 2 days 2 h"
  })
  void timesAreInWords(double seconds, String words) {
    assertThat(TimeLeft.words(seconds)).isEqualTo(words);
  }
}
