package org.eqprop.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SamplesTest {
  private static final float[][] INPUTS = {{0.5f, 1}, {0.25f, 0}, {1, 0.75f}};

  private static float[] target(Samples samples, int i) {
    float[] all = {-1, -1, -1, -1, -1};
    samples.copyTarget(i, all, 1);
    return all;
  }

  @Test
  void classesAreThoseOfTheLargestLabel() {
    Samples samples = Samples.of(INPUTS, new int[] {0, 2, 1});
    assertThat(samples.size()).isEqualTo(3);
    assertThat(samples.inputSize()).isEqualTo(2);
    assertThat(samples.classes()).isEqualTo(3);
    assertThat(samples.label(1)).isEqualTo(2);
    float[] values = new float[4];
    samples.copyInput(2, values, 1);
    assertThat(values).containsExactly(0, 1, 0.75f, 0);
    assertThat(target(samples, 1)).containsExactly(-1, 0, 0, 1, -1);
  }

  @Test
  void targetsAreAnyValuesAndTheLabelIsTheLargest() {
    Samples samples = Samples.of(INPUTS, new float[][] {{0.1f, 0.9f}, {0.4f, 0.4f}, {-2, 3}});
    assertThat(samples.classes()).isEqualTo(2);
    assertThat(samples.label(0)).isEqualTo(1);
    assertThat(samples.label(1)).isZero();
    assertThat(target(samples, 2)).containsExactly(-1, -2, 3, -1, -1);
  }

  @Test
  void theArraysAreCopied() {
    float[][] inputs = {{0.5f}};
    float[][] targets = {{0.25f}};
    int[] labels = {0};
    Samples labelled = Samples.of(inputs, labels, 2);
    Samples regression = Samples.of(inputs, targets);
    inputs[0][0] = 7;
    targets[0][0] = 7;
    labels[0] = 1;
    float[] value = new float[1];
    labelled.copyInput(0, value, 0);
    assertThat(value[0]).isEqualTo(0.5f);
    assertThat(labelled.label(0)).isZero();
    regression.copyTarget(0, value, 0);
    assertThat(value[0]).isEqualTo(0.25f);
  }

  @Test
  void minibatchesHaveTheTargets() {
    Samples samples = Samples.of(INPUTS, new float[][] {{0.1f, 0.9f}, {0.4f, 0.3f}, {-2, 3}});
    Minibatch batch = new Minibatch(samples, 2);
    batch.select(new int[] {2, 0, 1}, 0, 2, 0);
    assertThat(batch.y().get(0, 1)).isEqualTo(3);
    assertThat(batch.y().get(1, 0)).isEqualTo(0.1f);
    batch.select(new int[] {2, 0, 1}, 2, 1, 1);
    assertThat(batch.y().get(0, 0)).isEqualTo(0.4f);
    assertThat(batch.label(0)).isZero();
  }

  private static void refused(Runnable call, String sentence) {
    assertThatIllegalArgumentException().isThrownBy(call::run).withMessage(sentence);
  }

  @Test
  void mistakesGiveOneSentence() {
    int[] three = {0, 1, 0};
    refused(() -> Samples.of(INPUTS, new int[] {0, 1}), "There are 3 inputs, but 2 labels.");
    refused(() -> Samples.of(INPUTS, new float[][] {{1}}), "There are 3 inputs, but 1 targets.");
    refused(() -> Samples.of(INPUTS, three, 0), "There are 0 classes; there must be at least 1.");
    refused(
        () -> Samples.of(INPUTS, three, 1),
        "Sample 1 has the label 1, but the classes are 0 to 0.");
    refused(
        () -> Samples.of(INPUTS, new int[] {0, -1, 0}),
        "Sample 1 has the label -1, but the classes are 0 to 0.");
    refused(
        () -> Samples.of(INPUTS, new int[] {0, Integer.MAX_VALUE, 0}),
        "Sample 1 has the label 2147483647, which is too large.");
    refused(
        () -> Samples.of(new float[0][], new int[0]), "There are no samples; give at least one.");
    refused(
        () -> Samples.of(new float[][] {{}}, new int[1]),
        "The input of sample 0 has 0 values; each must have as many as the first, and at least 1.");
    refused(
        () -> Samples.of(new float[][] {{1}, {1, 2}}, new int[2]),
        "The input of sample 1 has 2 values; each must have as many as the first, and at least 1.");
    refused(
        () -> Samples.of(new float[][] {{1}, {Float.NaN}}, new int[2]),
        "Value 0 of the input of sample 1 is NaN, which is no finite number.");
    refused(
        () -> Samples.of(new float[][] {{1}}, new float[][] {{Float.POSITIVE_INFINITY}}),
        "Value 0 of the target of sample 0 is Infinity, which is no finite number.");
  }
}
