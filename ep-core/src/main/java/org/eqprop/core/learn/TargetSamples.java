package org.eqprop.core.learn;

/** Samples with a target of any values each, copied from arrays. */
final class TargetSamples extends CopiedInputs {
  private final float[][] targets;

  TargetSamples(float[][] inputs, float[][] targets) {
    super(inputs);
    if (targets.length != inputs.length) {
      throw new IllegalArgumentException(
          "There are " + inputs.length + " inputs, but " + targets.length + " targets.");
    }
    this.targets = copy("target", targets);
  }

  @Override
  public int classes() {
    return targets[0].length;
  }

  @Override
  public int label(int i) {
    float[] target = targets[i];
    int largest = 0;
    for (int c = 1; c < target.length; c++) {
      largest = target[c] > target[largest] ? c : largest;
    }
    return largest;
  }

  @Override
  public void copyTarget(int i, float[] destination, int offset) {
    System.arraycopy(targets[i], 0, destination, offset, targets[i].length);
  }
}
