package org.eqprop.examples.data;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.eqprop.core.DataException;
import org.eqprop.core.data.EvenSplit;
import org.eqprop.core.internal.file.Visible;
import org.jspecify.annotations.Nullable;

/**
 * Labelled images, immutable. Parts taken by {@link #first} and {@link #holdOut} share the pixels
 * of the whole; every method may be called from several threads.
 *
 * <p>Pixels that come as bytes are kept so, a quarter of the memory of floats (MNIST: 47 MB, not
 * 188).
 */
public final class Dataset {

  private final String name;
  private final ImageShape shape;
  private final ClassLabels classes;
  private final Pixels pixels;
  private final int[] classOf;
  private final int[] order;
  private final @Nullable Normalisation normalisation;

  /**
   * Takes the arrays over: the caller must not modify them afterwards.
   *
   * @param white the byte value, in 1..255, that becomes 1.0; greater values must not occur
   * @param labels unsigned bytes in 0..classes-1
   */
  Dataset(String name, ImageShape shape, int classes, int white, byte[] pixels, byte[] labels) {
    this(
        name,
        shape,
        ClassLabels.upTo(checkedClasses(classes)),
        new Pixels.Bytes(pixels, table(white)),
        unsigned(labels));
    for (byte pixel : pixels) {
      if ((pixel & 0xFF) > white) {
        throw new IllegalArgumentException("pixel " + (pixel & 0xFF) + " is above " + white);
      }
    }
  }

  /**
   * Takes the values over: the caller must not modify them afterwards.
   *
   * @param labels one for each image, all of them labels of a class
   */
  Dataset(String name, ImageShape shape, ClassLabels classes, Pixels pixels, int[] labels) {
    this(name, shape, classes, pixels, indices(classes, labels), identity(labels.length), null);
    if (labels.length == 0 || (long) labels.length * shape.size() != pixels.length()) {
      throw new IllegalArgumentException(
          labels.length + " labels and " + pixels.length() + " pixels are no set of " + shape);
    }
  }

  private Dataset(
      String name,
      ImageShape shape,
      ClassLabels classes,
      Pixels pixels,
      int[] classOf,
      int[] order,
      @Nullable Normalisation normalisation) {
    this.name = name;
    this.shape = shape;
    this.classes = classes;
    this.pixels = pixels;
    this.classOf = classOf;
    this.order = order;
    this.normalisation = normalisation;
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
    return classes.count();
  }

  /**
   * Returns the labels of the classes.
   *
   * @return as the files have them; for MNIST 0..9, the classes' own numbers
   */
  public ClassLabels classLabels() {
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
   * Returns the class of a sample, whose label is {@code classLabels().label(class)}.
   *
   * @param sample in 0..size-1
   * @return in 0..classes-1
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  public int label(int sample) {
    return classOf[order[sample]];
  }

  /**
   * Copies one image out, values in [0, 1] for images that are not normalised: channel by channel,
   * row by row. Allocates nothing.
   *
   * @param sample in 0..size-1
   * @param dest written from {@code offset}, {@code shape().size()} values; the rest is left alone
   * @param offset first index to write
   * @throws IndexOutOfBoundsException if there is no such sample or {@code dest} is too short
   */
  public void copyImage(int sample, float[] dest, int offset) {
    int length = shape.size();
    Objects.checkFromIndexSize(offset, length, dest.length);
    pixels.copy(order[sample] * length, length, dest, offset);
    if (normalisation != null) {
      normalisation.apply(dest, offset, length);
    }
  }

  /**
   * Returns what an image is whose values were all read as 0.
   *
   * @return {@code shape().size()} values: zeros, unless the set is normalised
   */
  public float[] black() {
    float[] values = new float[shape.size()];
    if (normalisation != null) {
      normalisation.apply(values, 0, values.length);
    }
    return values;
  }

  /**
   * Returns the same samples with other values.
   *
   * @param other how their values, as they were read, are changed
   * @throws IllegalArgumentException if it is for samples of another geometry
   */
  public Dataset normalised(Normalisation other) {
    if (!other.fits(shape)) {
      throw new IllegalArgumentException("the normalisation is not for samples of " + shape);
    }
    return new Dataset(name, shape, classes, pixels, classOf, order, other);
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
    boolean[] out = EvenSplit.byClass(labels(), classes(), count);
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

  /**
   * Returns the same samples with the classes of another set, such as a model's.
   *
   * @param other labels of classes
   * @return a set with {@code other.count()} classes
   * @throws DataException if a sample has a label that is not among them
   */
  public Dataset withClasses(ClassLabels other) {
    if (other.equals(classes)) {
      return this;
    }
    int[] indices = new int[classOf.length];
    for (int i = 0; i < indices.length; i++) {
      String label = classes.name(classOf[i]);
      indices[i] = other.indexOf(label);
      if (indices[i] < 0) {
        throw new DataException(
            "A sample of "
                + name
                + " has the label "
                + Visible.brief(label)
                + ", which is none of "
                + Visible.line(other.toString())
                + ".");
      }
    }
    return new Dataset(name, shape, other, pixels, indices, order, normalisation);
  }

  /**
   * Returns the same images with rows and columns exchanged, as EMNIST's have to be.
   *
   * @return a set of images of width x height
   */
  public Dataset transposed() {
    ImageShape upright = new ImageShape(shape.channels(), shape.width(), shape.height());
    int[] from = new int[shape.size()];
    int i = 0;
    for (int c = 0; c < upright.channels(); c++) {
      for (int y = 0; y < upright.height(); y++) {
        for (int x = 0; x < upright.width(); x++) {
          from[i++] = (c * shape.height() + x) * shape.width() + y;
        }
      }
    }
    return new Dataset(
        name, upright, classes, pixels.permuted(from), classOf, order, normalisation);
  }

  /** Returns the name, number of samples and geometry. */
  @Override
  public String toString() {
    return name + " (" + size() + " samples of " + shape + ", " + classes() + " classes)";
  }

  /** The samples with these numbers, in this order. */
  Dataset samples(int[] numbers) {
    return part(Arrays.stream(numbers).map(i -> order[i]).toArray());
  }

  /** The class of each sample. */
  int[] labels() {
    return IntStream.range(0, size()).map(this::label).toArray();
  }

  private Dataset part(int[] samples) {
    return new Dataset(name, shape, classes, pixels, classOf, samples, normalisation);
  }

  private static int checkedClasses(int classes) {
    if (classes < 1 || classes > 256) {
      throw new IllegalArgumentException("no data set has " + classes + " classes");
    }
    return classes;
  }

  private static int[] unsigned(byte[] labels) {
    int[] wide = new int[labels.length];
    Arrays.setAll(wide, i -> labels[i] & 0xFF);
    return wide;
  }

  private static int[] indices(ClassLabels classes, int[] labels) {
    int[] indices = new int[labels.length];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = classes.indexOf(labels[i]);
      if (indices[i] < 0) {
        throw new IllegalArgumentException("label " + labels[i] + " of the classes " + classes);
      }
    }
    return indices;
  }

  /** The floats that bytes of 0 to {@code white}, in 1..255, become. */
  static float[] table(int white) {
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
