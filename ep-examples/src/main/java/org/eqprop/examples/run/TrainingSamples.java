package org.eqprop.examples.run;

import org.eqprop.core.learn.Samples;
import org.eqprop.core.network.Randomness;
import org.eqprop.examples.data.Dataset;
import org.eqprop.examples.data.ImageShape;

/**
 * What a run learns from: its samples, changed from epoch to epoch if that is asked for. A change
 * is a function of the seed, the epoch and the sample, so a run that goes on sees the same images.
 */
final class TrainingSamples implements Samples {
  private final Dataset dataset;
  private final ImageShape shape;
  private final AugmentSettings settings;
  private final long seed;
  private final float[] black;
  private final ThreadLocal<Work> works;
  private volatile int epoch;

  /**
   * Samples of the first epoch.
   *
   * @throws UsageException if they cannot be changed as the settings say
   */
  TrainingSamples(Dataset dataset, AugmentSettings settings, long seed) {
    this.dataset = dataset;
    this.shape = dataset.shape();
    this.settings = settings;
    this.seed = seed;
    this.black = dataset.black();
    this.works = ThreadLocal.withInitial(() -> new Work(shape.size()));
    settings.check(shape);
  }

  /** What a thread needs to change an image. */
  private static final class Work {
    private final float[] image;
    private final Randomness random = new Randomness(0, Randomness.Stream.AUGMENTATION, 0);

    Work(int size) {
      image = new float[size];
    }
  }

  /** Goes to an epoch, from 0; not while samples are read. */
  void epoch(int number) {
    epoch = number;
  }

  @Override
  public int size() {
    return dataset.size();
  }

  @Override
  public int inputSize() {
    return shape.size();
  }

  @Override
  public int classes() {
    return dataset.classes();
  }

  @Override
  public int label(int i) {
    return dataset.label(i);
  }

  @Override
  public void copyInput(int i, float[] destination, int offset) {
    if (!settings.isAny()) {
      dataset.copyImage(i, destination, offset);
      return;
    }
    Work work = works.get();
    dataset.copyImage(i, work.image, 0);
    Randomness random = work.random;
    random.restart(seed, Randomness.Stream.AUGMENTATION, (long) epoch * dataset.size() + i);
    // All are drawn whatever is asked for: one setting does not change what another one does.
    boolean mirrored = random.nextInt(2) == 1 && settings.flip();
    int cropDown = draw(random, settings.crop());
    int cropRight = draw(random, settings.crop());
    int down = draw(random, settings.shift());
    int right = draw(random, settings.shift());
    int width = shape.width();
    int height = shape.height();
    int area = width * height;
    for (int y = 0; y < height; y++) {
      int row = y + cropDown;
      boolean above = row < 0 || row >= height;
      int fromRow = Math.clamp(row + down, 0, height - 1) * width;
      for (int x = 0; x < width; x++) {
        int column = (mirrored ? width - 1 - x : x) + cropRight;
        boolean outside = above || column < 0 || column >= width;
        int from = fromRow + Math.clamp(column + right, 0, width - 1);
        for (int c = 0; c < shape.channels(); c++) {
          destination[offset + c * area + y * width + x] =
              outside ? black[c * area] : work.image[c * area + from];
        }
      }
    }
  }

  /** From −most to most. */
  private static int draw(Randomness random, int most) {
    return random.nextInt(2 * most + 1) - most;
  }
}
