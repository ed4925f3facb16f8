package org.eqprop.core.learn;

/** What predicts one sample at a time. */
interface Scorer {
  /**
   * The class of a sample.
   *
   * @param input one value for each input unit
   */
  int predict(float[] input);
}
