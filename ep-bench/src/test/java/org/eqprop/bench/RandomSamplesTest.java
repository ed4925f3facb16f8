package org.eqprop.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The shares of MNIST's first 2,000 test images: 0.18 in one, 0.47 in ten, 0.53 in twenty. */
class RandomSamplesTest {
  private static final int SIZE = 784;

  @Test
  void asManyInputsAreNotZeroAsInDigits() {
    RandomSamples samples = new RandomSamples(200, SIZE, 10);

    assertThat(share(samples, 1)).isBetween(0.18, 0.22);
    assertThat(share(samples, 10)).isBetween(0.42, 0.52);
    assertThat(share(samples, 20)).isBetween(0.48, 0.58);
  }

  @Test
  void fewInputsAreDrawnToo() {
    for (int inputs = 1; inputs < 30; inputs++) {
      float[] input = new float[inputs];
      new RandomSamples(3, inputs, 2).copyInput(2, input, 0);
      assertThat(input).doesNotContain(Float.NaN);
    }
  }

  /** The mean share of inputs that are not zero in all of so many samples. */
  private static double share(RandomSamples samples, int together) {
    int used = 0;
    for (int i = 0; i < samples.size(); i += together) {
      float[] sums = new float[SIZE];
      float[] input = new float[SIZE];
      for (int j = i; j < i + together; j++) {
        samples.copyInput(j, input, 0);
        for (int p = 0; p < SIZE; p++) {
          sums[p] += input[p];
        }
      }
      for (float sum : sums) {
        used += sum == 0f ? 0 : 1;
      }
    }
    return (double) used * together / samples.size() / SIZE;
  }
}
