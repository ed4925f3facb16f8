package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmbeddedDigitsTest {

  private final TrainTest digits = new Datasets().load("digits");

  @Test
  void oneInFiveIsForTesting() {
    assertThat(digits.train().size()).isEqualTo(1437);
    assertThat(digits.test().size()).isEqualTo(360);
    assertThat(digits.train().shape()).isEqualTo(new ImageShape(1, 8, 8));
    assertThat(digits.train().classes()).isEqualTo(10);
  }

  @Test
  void everyClassHasItsShareOfBothParts() {
    // Of all 1,797 images: 178, 182, 177, 183, 181, 182, 181, 179, 174, 180.
    int[] all = {178, 182, 177, 183, 181, 182, 181, 179, 174, 180};
    int[] train = classSizes(digits.train());
    int[] test = classSizes(digits.test());

    for (int c = 0; c < 10; c++) {
      assertThat(train[c] + test[c]).isEqualTo(all[c]);
      assertThat(test[c]).isBetween(34, 37);
    }
  }

  @Test
  void pixelsAreSixteenthsThatReachBothEnds() {
    float[] image = new float[64];
    float low = 1;
    float high = 0;
    for (int i = 0; i < digits.train().size(); i++) {
      digits.train().copyImage(i, image, 0);
      for (float value : image) {
        assertThat(value * 16).isEqualTo(Math.round(value * 16));
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    assertThat(low).isZero();
    assertThat(high).isEqualTo(1);
  }

  @Test
  void theFirstImageIsTheZeroThatTheFileBeginsWith() {
    float[] image = new float[64];

    digits.train().copyImage(0, image, 0);

    assertThat(digits.train().label(0)).isZero();
    assertThat(image).startsWith(0, 0, 5 / 16f, 13 / 16f, 9 / 16f, 1 / 16f, 0, 0);
  }

  private static int[] classSizes(Dataset set) {
    int[] sizes = new int[set.classes()];
    for (int i = 0; i < set.size(); i++) {
      sizes[set.label(i)]++;
    }
    return sizes;
  }
}
