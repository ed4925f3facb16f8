package org.eqprop.bptt.replay;

import java.util.Arrays;
import org.eqprop.core.learn.Samples;

/** A recorded batch as labelled samples. */
final class RecordedSamples implements Samples {
  private final float[] x;
  private final int[] labels;
  private final int classes;

  /** Samples with one-hot targets, both row-major. */
  RecordedSamples(float[] x, float[] targets, int classes) {
    this.x = x;
    this.classes = classes;
    this.labels = new int[targets.length / classes];
    for (int i = 0; i < labels.length; i++) {
      float[] target = Arrays.copyOfRange(targets, i * classes, (i + 1) * classes);
      float[] oneHot = new float[classes];
      while (labels[i] < classes - 1 && target[labels[i]] != 1f) {
        labels[i]++;
      }
      oneHot[labels[i]] = 1f;
      if (!Arrays.equals(oneHot, target)) {
        throw new IllegalArgumentException("The target of sample " + i + " is not one-hot.");
      }
    }
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int inputSize() {
    return x.length / labels.length;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int label(int i) {
    return labels[i];
  }

  @Override
  public void copyInput(int i, float[] destination, int offset) {
    System.arraycopy(x, i * inputSize(), destination, offset, inputSize());
  }
}
