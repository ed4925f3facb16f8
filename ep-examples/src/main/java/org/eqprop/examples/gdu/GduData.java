package org.eqprop.examples.gdu;

import org.eqprop.core.network.Randomness;
import org.eqprop.core.tensor.Shape;
import org.eqprop.examples.data.Dataset;

/** Where mini-batches come from. */
public interface GduData {
  /** Shape of a sample. */
  Shape input();

  /** Size of the output layer. */
  int classes();

  /**
   * A mini-batch.
   *
   * @param number which one, from 0
   * @param size how many samples
   */
  Batch batch(int number, int size);

  /** Samples and their one-hot targets. All values are float32 numbers. */
  final class Batch {
    private final double[] x;
    private final double[] y;

    Batch(double[] x, double[] y) {
      this.x = x;
      this.y = y;
    }

    /** The inputs, samples × size, row-major. */
    double[] x() {
      return x;
    }

    /** The targets, samples × size, row-major. */
    double[] y() {
      return y;
    }
  }

  /** The toy model's: x uniform in [0, 1], random targets. */
  static GduData toy(long seed) {
    return new Toy(seed);
  }

  /** Training images, in the order of the first epoch of a training with this seed. */
  static GduData images(Dataset images, long seed) {
    return new Images(images, seed);
  }

  /** Random samples. */
  record Toy(long seed) implements GduData {
    @Override
    public Shape input() {
      return Shape.of(5);
    }

    @Override
    public int classes() {
      return 10;
    }

    @Override
    public Batch batch(int number, int size) {
      Randomness random = new Randomness(seed, Randomness.Stream.ORDER, number);
      double[] x = new double[size * input().size()];
      double[] y = new double[size * classes()];
      for (int row = 0; row < size; row++) {
        for (int i = 0; i < input().size(); i++) {
          x[row * input().size() + i] = (float) random.nextDouble();
        }
        y[row * classes() + random.nextInt(classes())] = 1;
      }
      return new Batch(x, y);
    }
  }

  /** Samples of a data set. */
  record Images(Dataset images, long seed) implements GduData {
    @Override
    public Shape input() {
      return images.shape().tensor();
    }

    @Override
    public int classes() {
      return images.classes();
    }

    @Override
    public Batch batch(int number, int size) {
      int[] order = new int[images.size()];
      new Randomness(seed, Randomness.Stream.ORDER, 0).permute(order);
      double[] x = new double[size * input().size()];
      double[] y = new double[size * classes()];
      float[] image = new float[input().size()];
      for (int row = 0; row < size; row++) {
        int sample = order[Math.floorMod(number * size + row, order.length)];
        images.copyImage(sample, image, 0);
        for (int i = 0; i < image.length; i++) {
          x[row * image.length + i] = image[i];
        }
        y[row * classes() + images.label(sample)] = 1;
      }
      return new Batch(x, y);
    }
  }
}
