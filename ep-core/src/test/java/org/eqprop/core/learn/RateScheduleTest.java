package org.eqprop.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateScheduleTest {
  private static final int EPOCHS = 200;

  /** Steps of a number of tenths of an epoch, counted in whole numbers. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 11, 12, 13, 24, 25, 100})
  void aStepEndsWithTheUpdateThatEndsIt(int tenths) {
    RateSchedule.Step step = new RateSchedule.Step(tenths / 10.0, 0.5);
    for (int updates : new int[] {1, 3, 7, 10, 15, 20, 100, 600, 3000}) {
      int wrong = 0;
      for (long t = 0; t < (long) EPOCHS * updates; t++) {
        int falls = (int) (10 * t / ((long) updates * tenths));
        double found = step.factor((double) t / updates);
        wrong += found == Math.pow(0.5, falls) ? 0 : 1;
      }
      assertThat(wrong).describedAs("updates an epoch: " + updates).isZero();
    }
  }
}
