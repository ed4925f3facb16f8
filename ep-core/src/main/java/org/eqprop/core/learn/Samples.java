package org.eqprop.core.learn;

/** Labelled samples as the trainer reads them. Reading allocates nothing and is thread-safe. */
public interface Samples {
  /** Number of samples, at least 1. */
  int size();

  /** Values a sample has: all of the network's input. */
  int inputSize();

  /** Number of classes; labels are 0 to classes − 1. */
  int classes();

  /**
   * Class of sample {@code i}, from 0 to classes − 1; another one is refused when it is its turn.
   */
  int label(int i);

  /**
   * Writes the values of sample {@code i} from {@code destination[offset]} on, channel by channel
   * and row by row where the input has a shape. All must be finite; those of the paper's data are
   * in [0, 1].
   */
  void copyInput(int i, float[] destination, int offset);
}
