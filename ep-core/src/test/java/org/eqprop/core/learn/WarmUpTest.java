package org.eqprop.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  @Test
  void callsAreManyAndNumbered() {
    List<Integer> turns = new ArrayList<>();
    WarmUp.repeat(turns::add, TimeUnit.MINUTES.toNanos(5));
    assertThat(turns)
        .hasSizeGreaterThanOrEqualTo(WarmUp.LEAST_CALLS)
        .isEqualTo(IntStream.range(0, turns.size()).boxed().toList());
  }

  @Test
  void slowCallsEndAfterTheLongestTime() {
    int[] calls = new int[1];
    WarmUp.repeat(
        turn -> {
          calls[0]++;
          sleep();
        },
        TimeUnit.MILLISECONDS.toNanos(200));
    // at least 10 ms each
    assertThat(calls[0]).isBetween(1, 20);
  }

  @Test
  void aScorerIsCalledWithSamplesThatDiffer() {
    List<Float> firstValues = new ArrayList<>();
    WarmUp.run(
        input -> {
          firstValues.add(input[0]);
          return input.length;
        },
        3);
    assertThat(firstValues).hasSizeGreaterThanOrEqualTo(WarmUp.LEAST_CALLS);
    assertThat(firstValues.stream().distinct().count()).isGreaterThan(WarmUp.LEAST_CALLS / 2);
  }

  private static void sleep() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void samplesDifferFromTurnToTurnAndLieBetweenZeroAndOne() {
    float[] first = new float[50];
    float[] second = new float[50];
    WarmUp.fill(first, 0);
    WarmUp.fill(second, 1);
    assertThat(second).isNotEqualTo(first);
    for (float[] sample : List.of(first, second)) {
      for (float value : sample) {
        assertThat(value).isBetween(0f, 1f);
      }
    }
    assertThat(Arrays.stream(toDoubles(first)).distinct().count()).isGreaterThan(40);
    // what products leave out must be reached, too
    assertThat(second).contains(0f);
    assertThat(Arrays.stream(toDoubles(second)).distinct().count()).isBetween(4L, 20L);
  }

  private static double[] toDoubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
