package org.eqprop.examples.data;

import java.util.Arrays;
import java.util.Objects;

/**
 * Labelled images, immutable. Parts taken by {@link #first} and {@link #holdOut} share the pixels
 * of the whole; every method may be called from several threads.
 *
 * <p>Pixels are kept as unsigned bytes, a quarter of the memory of floats (MNIST: 47 MB, not 188).
 */
public final class Dataset {

  private final String name;
  private final ImageShape shape;
  private final int classes;
  private final byte[] pixels;
  private final byte[] labels;
  private final float[] scaled;
  private final int[] order;

  /**
   * Takes the arrays over: the caller must not modify them afterwards.
   *
   * @param white the byte value, in 1..255, that becomes 1.0; greater values must not occur
   */
  Dataset(String name, ImageShape shape, int classes, int white, byte[] pixels, byte[] labels) {
    this(name, shape, classes, pixels, labels, table(white), identity(labels.length));
    check(white);
  }

  private Dataset(
      String name,
      ImageShape shape,
      int classes,
      byte[] pixels,
      byte[] labels,
      float[] scaled,
      int[] order) {
    this.name = name;
    this.shape = shape;
    this.classes = classes;
    this.pixels = pixels;
    this.labels = labels;
    this.scaled = scaled;
    this.order = order;
  }

  /**
   * Makes a data set from copies of the given arrays.
   *
   * @param name what the set is called in messages
   * @param shape geometry of each image
   * @param classes number of classes, in 1..256
   * @param white the pixel value, in 1..255, that becomes 1.0; a pixel p becomes {@code p / (float)
   *     white}
   * @param pixels unsigned bytes in 0..white, one image after another, each row-major
   * @param labels unsigned bytes in 0..classes-1, one for each image
   * @return the data set
   * @throws IllegalArgumentException if the lengths do not fit each other or a value is out of
   *     range
   */
  public static Dataset of(
      String name, ImageShape shape, int classes, int white, byte[] pixels, byte[] labels) {
    return new Dataset(name, shape, classes, white, pixels.clone(), labels.clone());
  }

  /**
   * Returns what the set is called.
   *
   * @return the name, such as {@code mnist}
   */
  public String name() {
    return name;
  }

  /**
   * Returns the geometry of each image.
   *
   * @return channels, height and width
   */
  public ImageShape shape() {
    return shape;
  }

  /**
   * Returns the number of classes.
   *
   * @return at least 1; labels are in 0..classes-1
   */
  public int classes() {
    return classes;
  }

  /**
   * Returns the number of samples.
   *
   * @return at least 1
   */
  public int size() {
    return order.length;
  }

  /**
   * Returns the class of a sample.
   *
   * @param sample in 0..size-1
   * @return in 0..classes-1
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  public int label(int sample) {
    return labels[order[sample]] & 0xFF;
  }

  /**
   * Copies one image out, as values in [0, 1]: channel by channel, row by row. Allocates nothing.
   *
   * @param sample in 0..size-1
   * @param dest written from {@code offset}, {@code shape().size()} values; the rest is left alone
   * @param offset first index to write
   * @throws IndexOutOfBoundsException if there is no such sample or {@code dest} is too short
   */
  public void copyImage(int sample, float[] dest, int offset) {
    int length = shape.size();
    Objects.checkFromIndexSize(offset, length, dest.length);
    int from = order[sample] * length;
    for (int i = 0; i < length; i++) {
      dest[offset + i] = scaled[pixels[from + i] & 0xFF];
    }
  }

  /**
   * Returns the first samples.
   *
   * @param limit how many at most, at least 1; the whole set if it has no more
   * @return a set of {@code min(limit, size())} samples in the same order
   * @throws IllegalArgumentException if the limit is not positive
   */
  public Dataset first(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a data set keeps at least 1 sample, not " + limit);
    }
    return limit >= size() ? this : part(Arrays.copyOf(order, limit));
  }

  /**
   * Splits the set in two, always in the same way and without chance: sorted by class, the samples
   * held out lie evenly spaced. So each class is held out in its own proportion (to within one
   * sample), however the set is ordered. Both parts keep that order.
   *
   * @param count how many samples to hold out, in 1..size-1
   * @return the samples kept as {@code train}, those held out as {@code test}
   * @throws IllegalArgumentException if the count is out of range
   */
  public TrainTest holdOut(int count) {
    int size = size();
    if (count < 1 || count >= size) {
      throw new IllegalArgumentException(
          "of the "
              + size
              + " samples of "
              + name
              + ", 1 to "
              + (size - 1)
              + " can be held out, not "
              + count);
    }
    boolean[] out = Split.evenlyByClass(this, count);
    int[] kept = new int[size - count];
    int[] held = new int[count];
    int k = 0;
    int h = 0;
    for (int i = 0; i < size; i++) {
      if (out[i]) {
        held[h++] = order[i];
      } else {
        kept[k++] = order[i];
      }
    }
    return new TrainTest(part(kept), part(held));
  }

  /** Returns the name, number of samples and geometry. */
  @Override
  public String toString() {
    return name + " (" + size() + " samples of " + shape + ", " + classes + " classes)";
  }

  private Dataset part(int[] samples) {
    return new Dataset(name, shape, classes, pixels, labels, scaled, samples);
  }

  private void check(int white) {
    if (labels.length == 0 || (long) labels.length * shape.size() != pixels.length) {
      throw new IllegalArgumentException(
          labels.length + " labels and " + pixels.length + " pixels are no set of " + shape);
    }
    if (classes < 1 || classes > 256) {
      throw new IllegalArgumentException("no data set has " + classes + " classes");
    }
    for (int i = 0; i < size(); i++) {
      if (label(i) >= classes) {
        throw new IllegalArgumentException("label " + label(i) + " of " + classes + " classes");
      }
    }
    for (byte pixel : pixels) {
      if ((pixel & 0xFF) > white) {
        throw new IllegalArgumentException("pixel " + (pixel & 0xFF) + " is above " + white);
      }
    }
  }

  private static float[] table(int white) {
    if (white < 1 || white > 255) {
      throw new IllegalArgumentException("white is in 1..255, not " + white);
    }
    float[] table = new float[256];
    for (int i = 0; i <= white; i++) {
      table[i] = i / (float) white;
    }
    return table;
  }

  private static int[] identity(int size) {
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    return order;
  }
}
