package org.eqprop.bptt.learn;

import java.util.Random;
import java.util.stream.IntStream;
import org.eqprop.core.learn.Minibatch;
import org.eqprop.core.learn.Samples;

/** A few samples in their own order. */
final class Batch implements Samples {
  private final float[][] inputs;
  private final int[] labels;
  private final int classes;

  private Batch(float[][] inputs, int[] labels, int classes) {
    this.inputs = inputs;
    this.labels = labels;
    this.classes = classes;
  }

  /** Inputs in [0, 1]. */
  static Batch random(int size, int inputSize, int classes) {
    Random random = new Random(11);
    float[][] inputs = new float[size][inputSize];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < inputSize; j++) {
        inputs[i][j] = random.nextFloat();
      }
      labels[i] = random.nextInt(classes);
    }
    return new Batch(inputs, labels, classes);
  }

  /** Samples given row-major, with one-hot targets. */
  static Batch of(double[] x, double[] target, int classes) {
    int size = target.length / classes;
    int inputSize = x.length / size;
    float[][] inputs = new float[size][inputSize];
    int[] labels = new int[size];
    for (int i = 0; i < x.length; i++) {
      inputs[i / inputSize][i % inputSize] = (float) x[i];
    }
    for (int i = 0; i < target.length; i++) {
      if (target[i] == 1) {
        labels[i / classes] = i % classes;
      }
    }
    return new Batch(inputs, labels, classes);
  }

  /** The first {@code count} samples. */
  Minibatch first(int count) {
    Minibatch batch = new Minibatch(this, size());
    batch.select(IntStream.range(0, size()).toArray(), 0, count, 0);
    return batch;
  }

  /** The inputs of the first {@code count} samples, row-major. */
  double[] x(int count) {
    double[] x = new double[count * inputSize()];
    for (int i = 0; i < x.length; i++) {
      x[i] = inputs[i / inputSize()][i % inputSize()];
    }
    return x;
  }

  /** The one-hot targets of the first {@code count} samples, row-major. */
  double[] y(int count) {
    double[] y = new double[count * classes];
    for (int r = 0; r < count; r++) {
      y[r * classes + labels[r]] = 1;
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
    return labels[i];
  }

  @Override
  public void copyInput(int i, float[] destination, int offset) {
    System.arraycopy(inputs[i], 0, destination, offset, inputSize());
  }
}
