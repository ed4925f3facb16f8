package org.eqprop.core.learn;

import java.util.Arrays;

/**
 * Labelled samples as the trainer reads them. Reading allocates nothing and is thread-safe.
 *
 * <p>Arrays become samples by {@link #of(float[][], int[])}; data that is elsewhere, by a class
 * that implements this interface.
 */
public interface Samples {
  /**
   * {@return samples from arrays, which are copied} There are as many classes as the largest label
   * says.
   *
   * @param inputs one row a sample, all of one length of at least 1, finite
   * @param labels the class of each row, from 0 on
   * @throws IllegalArgumentException if there are no samples, the numbers of rows and labels
   *     differ, a row has another length, a value is not finite or a label is negative
   */
  static Samples of(float[][] inputs, int[] labels) {
    return new ArraySamples(inputs, labels, ArraySamples.classes(labels));
  }

  /**
   * {@return samples from arrays, which are copied}
   *
   * @param inputs one row a sample, all of one length of at least 1, finite
   * @param labels the class of each row, from 0 to {@code classes} − 1
   * @param classes number of classes, at least 1
   * @throws IllegalArgumentException if there are no samples, the numbers of rows and labels
   *     differ, a row has another length, a value is not finite or a label is no class
   */
  static Samples of(float[][] inputs, int[] labels, int classes) {
    return new ArraySamples(inputs, labels, classes);
  }

  /**
   * {@return samples with a target y of any values, for regression; the arrays are copied} The
   * label of a sample is the place of its largest target value, the first among equals.
   *
   * @param inputs one row a sample, all of one length of at least 1, finite
   * @param targets y of each row: one value for each output unit, finite
   * @throws IllegalArgumentException if there are no samples, the numbers of rows differ, a row has
   *     another length or a value is not finite
   */
  static Samples of(float[][] inputs, float[][] targets) {
    return new TargetSamples(inputs, targets);
  }

  /** {@return the number of samples, at least 1} */
  int size();

  /** {@return the values a sample has: all of the network's input} */
  int inputSize();

  /** {@return the number of classes; labels are 0 to classes − 1} */
  int classes();

  /**
   * {@return the class of sample {@code i}, from 0 to classes − 1; another one is refused when it
   * is its turn}
   *
   * @param i number of the sample, from 0
   */
  int label(int i);

  /**
   * Writes the values of sample {@code i} from {@code destination[offset]} on, channel by channel
   * and row by row where the input has a shape. All must be finite; those of the paper's data are
   * in [0, 1].
   *
   * @param i number of the sample, from 0
   * @param destination has room for {@link #inputSize()} values
   * @param offset where the first value goes
   */
  void copyInput(int i, float[] destination, int offset);

  /**
   * Writes the target y of sample {@code i}, {@link #classes()} values, from {@code
   * destination[offset]} on: 1 for its class and 0 for the others, if it is not overridden.
   *
   * @param i number of the sample, from 0
   * @param destination has room for {@link #classes()} values
   * @param offset where the first value goes
   */
  default void copyTarget(int i, float[] destination, int offset) {
    Arrays.fill(destination, offset, offset + classes(), 0f);
    destination[offset + label(i)] = 1f;
  }
}
