package org.eqprop.core.learn;

/** Labelled samples as the trainer reads them. Reading allocates nothing and is thread-safe. */
public interface Samples {
  /** Number of samples, at least 1. */
  int size();

  /** Values a sample has. */
  int inputSize();

  /** Number of classes; labels are 0 to classes − 1. */
  int classes();

  /** Class of sample {@code i}. */
  int label(int i);

  /** Writes the values of sample {@code i} from {@code destination[offset]} on. */
  void copyInput(int i, float[] destination, int offset);
}
