package org.eqprop.examples.data;

import org.eqprop.core.DataException;

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
   * @throws IllegalArgumentException if their geometry or their classes differ
   */
  public TrainTest {
    if (!train.shape().equals(test.shape()) || !train.classLabels().equals(test.classLabels())) {
      throw new IllegalArgumentException(train + " and " + test + " do not belong together");
    }
  }

  /**
   * The same images with rows and columns exchanged.
   *
   * @return both parts upright, if they were as EMNIST's are
   */
  public TrainTest transposed() {
    return new TrainTest(train.transposed(), test.transposed());
  }

  /**
   * The same samples with other classes.
   *
   * @param classes labels of classes, all that occur here among them
   * @return both parts with these classes
   * @throws DataException if a sample has a label that is not among them
   */
  public TrainTest withClasses(ClassLabels classes) {
    return new TrainTest(train.withClasses(classes), test.withClasses(classes));
  }

  /**
   * The same samples with other values.
   *
   * @param normalisation how their values are changed
   * @return both parts
   */
  public TrainTest normalised(Normalisation normalisation) {
    return new TrainTest(train.normalised(normalisation), test.normalised(normalisation));
  }
}
