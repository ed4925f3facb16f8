package org.eqprop.checks;

import java.util.Random;
import org.eqprop.core.learn.Samples;

/** Noise around one random point a class, values in [0, 1]; sample i has class i mod classes. */
final class RandomSamples implements Samples {
  private final float[][] inputs;
  private final int classes;

  RandomSamples(int size, int inputSize, int classes) {
    Random random = new Random(41);
    float[][] centres = new float[classes][inputSize];
    for (float[] centre : centres) {
      for (int i = 0; i < inputSize; i++) {
        centre[i] = random.nextFloat();
      }
    }
    this.classes = classes;
    inputs = new float[size][inputSize];
    for (int n = 0; n < size; n++) {
      for (int i = 0; i < inputSize; i++) {
        float value = centres[n % classes][i] + 0.2f * (random.nextFloat() - 0.5f);
        inputs[n][i] = Math.clamp(value, 0f, 1f);
      }
    }
  }

  /** The values of the first {@code count} samples, row by row. */
  double[] x(int count) {
    double[] x = new double[count * inputSize()];
    for (int i = 0; i < x.length; i++) {
      x[i] = inputs[i / inputSize()][i % inputSize()];
    }
    return x;
  }

  /** Their one-hot targets, row by row. */
  double[] y(int count) {
    double[] y = new double[count * classes];
    for (int i = 0; i < count; i++) {
      y[i * classes + label(i)] = 1;
    }
    return y;
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
    return i % classes;
  }

  @Override
  public void copyInput(int i, float[] destination, int offset) {
    System.arraycopy(inputs[i], 0, destination, offset, inputs[i].length);
  }
}
