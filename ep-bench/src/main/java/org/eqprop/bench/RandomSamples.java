package org.eqprop.bench;

import org.eqprop.core.learn.Samples;
import org.eqprop.core.network.Randomness;

/**
 * Samples with the statistics that matter for speed, those of handwritten digits: a line that winds
 * through the middle of a square, so that a fifth of the inputs are not zero, and half of them in
 * twenty samples. Inputs beyond the largest square are zero.
 */
public final class RandomSamples implements Samples {
  /** The share of a side that the pen's middle leaves free. */
  private static final double MARGIN = 0.18;

  private final float[] values;
  private final int size;
  private final int inputs;
  private final int classes;

  /** {@code size} samples, the same every time. */
  public RandomSamples(int size, int inputs, int classes) {
    this.size = size;
    this.inputs = inputs;
    this.classes = classes;
    this.values = new float[size * inputs];
    Randomness random = new Randomness(1, Randomness.Stream.CHOICE, 0);
    int side = (int) Math.sqrt(inputs);
    for (int i = 0; i < size; i++) {
      draw(random, i * inputs, side);
    }
  }

  /** Moves a pen of three by three inputs, which turns a little in each step. */
  private void draw(Randomness random, int start, int side) {
    double low = side * MARGIN;
    double high = side - 1 - low;
    double x = low + random.nextDouble() * (high - low);
    double y = low + random.nextDouble() * (high - low);
    double direction = 2 * Math.PI * random.nextDouble();
    int drawn = 0;
    while (drawn < side * side / 5) {
      drawn += dot(random, start, side, (int) Math.round(y), (int) Math.round(x));
      direction += random.nextDouble() - 0.5;
      x = Math.clamp(x + Math.cos(direction), low, high);
      y = Math.clamp(y + Math.sin(direction), low, high);
      if (x == low || x == high || y == low || y == high) {
        direction = 2 * Math.PI * random.nextDouble();
      }
    }
  }

  /** Inputs that were zero and are not any more. */
  private int dot(Randomness random, int start, int side, int row, int column) {
    int drawn = 0;
    for (int r = Math.max(0, row - 1); r < Math.min(side, row + 2); r++) {
      for (int c = Math.max(0, column - 1); c < Math.min(side, column + 2); c++) {
        int at = start + r * side + c;
        drawn += values[at] == 0f ? 1 : 0;
        values[at] = Math.max(values[at], 1f - (float) random.nextDouble());
      }
    }
    return drawn;
  }

  /** Batches of such samples, those of a batch one after the other in an array. */
  static float[][] batches(int count, int batch, int inputs) {
    RandomSamples samples = new RandomSamples(count * batch, inputs, 1);
    float[][] batches = new float[count][batch * inputs];
    for (int i = 0; i < samples.size; i++) {
      samples.copyInput(i, batches[i / batch], i % batch * inputs);
    }
    return batches;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int inputSize() {
    return inputs;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int label(int i) {
    return i % classes;
  }

  @Override
  public void copyInput(int i, float[] destination, int offset) {
    System.arraycopy(values, i * inputs, destination, offset, inputs);
  }
}
