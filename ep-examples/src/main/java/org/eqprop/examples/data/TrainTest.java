package org.eqprop.examples.data;

/**
 * The two parts of a data set.
 *
 * @param train what a network learns from
 * @param test what it is judged by; same geometry and classes
 */
public record TrainTest(Dataset train, Dataset test) {

  /**
   * Checks that the parts belong together.
   *
   * @throws IllegalArgumentException if their geometry or their number of classes differ
   */
  public TrainTest {
    if (!train.shape().equals(test.shape()) || train.classes() != test.classes()) {
      throw new IllegalArgumentException(train + " and " + test + " do not belong together");
    }
  }
}
