package org.eqprop.conv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.store.Model;
import org.eqprop.core.train.EpochSummary;
import org.eqprop.core.train.Training;
import org.junit.jupiter.api.Test;

/** The front door of ep-core trains p-conv where this module is there. */
class ConvolutionalTrainingTest {
  private static final int SIDE = 20;

  /** A bright bar that lies or stands. */
  private static Samples bars(int count) {
    Random random = new Random(1);
    float[][] images = new float[count][2 * SIDE * SIDE];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 2;
      int place = random.nextInt(SIDE);
      for (int j = 0; j < SIDE; j++) {
        images[i][labels[i] == 0 ? place * SIDE + j : j * SIDE + place] = 1;
      }
    }
    return Samples.of(images, labels);
  }

  @Test
  void itLearnsImagesOfTwoChannels() {
    List<EpochSummary> epochs = new ArrayList<>();
    Model model =
        Training.of(PaperNet.P_CONV)
            .inputShape(2, SIDE, SIDE)
            .epochs(4)
            .batchSize(10)
            .onEpoch(epochs::add)
            .fit(bars(200));
    assertThat(epochs.getLast().trainError()).isLessThan(0.05);
    float[] image = new float[2 * SIDE * SIDE];
    bars(2).copyInput(1, image, 0);
    assertThat(model.predictor().predict(image)).isEqualTo(1);
  }
}
