package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class RealMnistTest {

  @Test
  void mnistIsWhatItsAuthorsPublished() {
    Datasets datasets = new Datasets();
    assumeTrue(
        System.getenv(DataFolders.VARIABLE) != null
            && datasets.locate(KnownDataset.MNIST).isPresent(),
        "EP_DATA names no folder with MNIST: the real files are not tested");

    FoundData found = datasets.find("mnist", null);
    TrainTest mnist = found.parts();

    assertThat(found.published()).isTrue();
    assertThat(found.remarks()).isEmpty();

    assertThat(mnist.train().size()).isEqualTo(60_000);
    assertThat(mnist.test().size()).isEqualTo(10_000);
    assertThat(mnist.train().shape()).isEqualTo(new ImageShape(1, 28, 28));
    int[] first = {5, 0, 4, 1, 9};
    for (int i = 0; i < first.length; i++) {
      assertThat(mnist.train().label(i)).isEqualTo(first[i]);
    }
    assertThat(mean(mnist.train())).isBetween(0.1306, 0.1308);
  }

  /** The mean pixel of the training images is well known: 0.1307. */
  private static double mean(Dataset set) {
    float[] image = new float[set.shape().size()];
    double sum = 0;
    for (int i = 0; i < set.size(); i++) {
      set.copyImage(i, image, 0);
      for (float value : image) {
        sum += value;
      }
    }
    return sum / ((double) set.size() * image.length);
  }
}
