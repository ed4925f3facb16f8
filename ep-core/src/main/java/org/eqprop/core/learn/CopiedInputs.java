package org.eqprop.core.learn;

/** Samples whose inputs are copied from an array. */
abstract class CopiedInputs implements Samples {
  private final float[][] inputs;

  /**
   * Samples of one length.
   *
   * @throws IllegalArgumentException if there are none, one has another length than the first, or a
   *     value is not finite
   */
  CopiedInputs(float[][] inputs) {
    this.inputs = copy("input", inputs);
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
  public final int size() {
    return inputs.length;
  }

  @Override
  public final int inputSize() {
    return inputs[0].length;
  }

  @Override
  public final void copyInput(int i, float[] destination, int offset) {
    System.arraycopy(inputs[i], 0, destination, offset, inputs[i].length);
  }
}
