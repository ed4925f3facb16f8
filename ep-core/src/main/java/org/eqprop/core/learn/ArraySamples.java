package org.eqprop.core.learn;

/** Samples with a class each, copied from arrays. */
final class ArraySamples implements Samples {
  private final float[][] inputs;
  private final int[] labels;
  private final int classes;

  ArraySamples(float[][] inputs, int[] labels, int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException(
          "There are " + classes + " classes; there must be at least 1.");
    }
    if (labels.length != inputs.length) {
      throw new IllegalArgumentException(
          "There are " + inputs.length + " inputs, but " + labels.length + " labels.");
    }
    this.inputs = copy("input", inputs);
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

  /** Checked rows of one length. */
  static float[][] copy(String what, float[][] rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("There are no samples; give at least one.");
    }
    float[][] copies = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      copies[i] = rows[i].clone();
      if (copies[i].length == 0 || copies[i].length != copies[0].length) {
        throw new IllegalArgumentException(
            "The "
                + what
                + " of sample "
                + i
                + " has "
                + copies[i].length
                + " values; each must have as many as the first, and at least 1.");
      }
      checkFinite(what, i, copies[i]);
    }
    return copies;
  }

  static void checkFinite(String what, int i, float[] values) {
    for (int j = 0; j < values.length; j++) {
      if (!Float.isFinite(values[j])) {
        throw new IllegalArgumentException(
            "Value "
                + j
                + " of the "
                + what
                + " of sample "
                + i
                + " is "
                + values[j]
                + ", which is no finite number.");
      }
    }
  }

  @Override
  public int size() {
    return inputs.length;
  }

  @Override
  public int inputSize() {
    return inputs[0].length;
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
    System.arraycopy(inputs[i], 0, destination, offset, inputs[i].length);
  }
}
