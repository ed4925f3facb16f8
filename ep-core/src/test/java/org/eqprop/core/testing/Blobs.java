package org.eqprop.core.testing;

import java.util.Random;
import org.eqprop.core.learn.Samples;

/** Synthetic samples: noise around one random point a class, values in [0, 1]. */
public final class Blobs implements Samples {
  private final float[][] inputs;
  private final int classes;

  /** {@code size} samples; sample i has class i mod {@code classes}. */
  public Blobs(int size, int inputSize, int classes, long seed) {
    Random random = new Random(seed);
    float[][] centres = new float[classes][inputSize];
    for (float[] centre : centres) {
      for (int i = 0; i < inputSize; i++) {
        centre[i] = random.nextFloat();
      }
    }
    this.classes = classes;
    this.inputs = new float[size][inputSize];
    for (int n = 0; n < size; n++) {
      for (int i = 0; i < inputSize; i++) {
        float value = centres[n % classes][i] + 0.2f * (random.nextFloat() - 0.5f);
        inputs[n][i] = Math.clamp(value, 0f, 1f);
      }
    }
  }

  /** The same, but that only one in {@code keep} values is not zero, at another place in each. */
  public Blobs sparse(int keep) {
    Blobs sparse = new Blobs(inputs.length, inputs[0].length, classes, 1);
    for (int n = 0; n < inputs.length; n++) {
      for (int i = 0; i < inputs[n].length; i++) {
        sparse.inputs[n][i] = (i + n) % keep == 0 ? inputs[n][i] : 0f;
      }
    }
    return sparse;
  }

  /** The values of sample {@code i}; shared, not a copy. */
  public float[] input(int i) {
    return inputs[i];
  }

  /** The values of sample {@code i}. */
  public double[] inputAsDoubles(int i) {
    double[] values = new double[inputs[i].length];
    for (int j = 0; j < values.length; j++) {
      values[j] = inputs[i][j];
    }
    return values;
  }

  /** The one-hot target of sample {@code i}. */
  public double[] target(int i) {
    double[] y = new double[classes];
    y[label(i)] = 1;
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
