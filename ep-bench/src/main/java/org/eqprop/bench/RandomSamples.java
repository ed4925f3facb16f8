package org.eqprop.bench;

import org.eqprop.core.learn.Samples;
import org.eqprop.core.network.Randomness;

/**
 * Samples with the statistics that matter for speed: 784 inputs of which a fifth are not zero, 10
 * classes.
 */
final class RandomSamples implements Samples {
  private static final int INPUTS = 784;
  private static final int CLASSES = 10;

  private final float[] values;
  private final int size;

  RandomSamples(int size) {
    this.size = size;
    this.values = new float[size * INPUTS];
    Randomness random = new Randomness(1, Randomness.Stream.CHOICE, 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(5) == 0 ? (float) random.nextDouble() : 0f;
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int inputSize() {
    return INPUTS;
  }

  @Override
  public int classes() {
    return CLASSES;
  }

  @Override
  public int label(int i) {
    return i % CLASSES;
  }

  @Override
  public void copyInput(int i, float[] destination, int offset) {
    System.arraycopy(values, i * INPUTS, destination, offset, INPUTS);
  }
}
