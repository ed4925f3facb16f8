package org.eqprop.core.train;

import java.util.Arrays;
import org.eqprop.core.learn.Samples;

/** One sample, which is set again and again. */
final class LatestSample implements Samples {
  private final float[] input;
  private final float[] target;
  private int label;

  LatestSample(int inputSize, int classes) {
    input = new float[inputSize];
    target = new float[classes];
  }

  /** Takes a sample over, if it is in order. */
  void set(float[] values, int itsLabel) {
    check("inputs", values, input.length);
    if (itsLabel < 0 || itsLabel >= target.length) {
      throw new IllegalArgumentException(
          "The label is " + itsLabel + ", but the classes are 0 to " + (target.length - 1) + ".");
    }
    System.arraycopy(values, 0, input, 0, input.length);
    Arrays.fill(target, 0f);
    target[itsLabel] = 1f;
    label = itsLabel;
  }

  /** Takes a sample over, if it is in order. */
  void set(float[] values, float[] itsTarget) {
    check("inputs", values, input.length);
    check("target values", itsTarget, target.length);
    System.arraycopy(values, 0, input, 0, input.length);
    System.arraycopy(itsTarget, 0, target, 0, target.length);
    label = 0;
    for (int c = 1; c < target.length; c++) {
      label = target[c] > target[label] ? c : label;
    }
  }

  private static void check(String what, float[] values, int length) {
    if (values.length != length) {
      throw new IllegalArgumentException(
          "The network takes " + length + " " + what + ", got " + values.length + ".");
    }
    for (int i = 0; i < length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "The value "
                + i
                + " of the "
                + what
                + " is "
                + values[i]
                + ", which is no finite number.");
      }
    }
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public int inputSize() {
    return input.length;
  }

  @Override
  public int classes() {
    return target.length;
  }

  @Override
  public int label(int i) {
    return label;
  }

  @Override
  public void copyInput(int i, float[] destination, int offset) {
    System.arraycopy(input, 0, destination, offset, input.length);
  }

  @Override
  public void copyTarget(int i, float[] destination, int offset) {
    System.arraycopy(target, 0, destination, offset, target.length);
  }
}
