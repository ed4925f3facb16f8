package org.eqprop.core.learn;

/** Samples with a class each, copied from arrays. */
final class ArraySamples extends CopiedInputs {
  private final int[] labels;
  private final int classes;

  ArraySamples(float[][] inputs, int[] labels, int classes) {
    super(inputs);
    if (classes < 1) {
      throw new IllegalArgumentException(
          "There are " + classes + " classes; there must be at least 1.");
    }
    if (labels.length != inputs.length) {
      throw new IllegalArgumentException(
          "There are " + inputs.length + " inputs, but " + labels.length + " labels.");
    }
    this.labels = labels.clone();
    this.classes = classes;
    for (int i = 0; i < labels.length; i++) {
      checkLabel(i, this.labels[i], classes);
    }
  }

  /** One more than the largest label, and at least 1. */
  static int classes(int[] labels) {
    int largest = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "Sample " + i + " has the label " + labels[i] + ", which is too large.");
      }
      largest = Math.max(largest, labels[i]);
    }
    return largest + 1;
  }

  static void checkLabel(int i, int label, int classes) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "Sample "
              + i
              + " has the label "
              + label
              + ", but the classes are 0 to "
              + (classes - 1)
              + ".");
    }
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int label(int i) {
    return labels[i];
  }
}
