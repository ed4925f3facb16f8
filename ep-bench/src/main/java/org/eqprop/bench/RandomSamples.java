package org.eqprop.bench;

import org.eqprop.core.learn.Samples;
import org.eqprop.core.network.Randomness;

/** Samples with the statistics that matter for speed: a fifth of the inputs are not zero. */
public final class RandomSamples implements Samples {
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
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(5) == 0 ? (float) random.nextDouble() : 0f;
    }
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
