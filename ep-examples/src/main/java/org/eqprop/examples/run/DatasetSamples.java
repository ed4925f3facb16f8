package org.eqprop.examples.run;

import org.eqprop.core.learn.Samples;
import org.eqprop.examples.data.Dataset;

/** A data set as the trainer reads it. */
public record DatasetSamples(Dataset dataset) implements Samples {
  @Override
  public int size() {
    return dataset.size();
  }

  @Override
  public int inputSize() {
    return dataset.shape().size();
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
    dataset.copyImage(i, destination, offset);
  }
}
