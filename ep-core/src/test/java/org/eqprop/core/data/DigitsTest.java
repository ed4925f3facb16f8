package org.eqprop.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.eqprop.core.learn.Samples;
import org.junit.jupiter.api.Test;

class DigitsTest {
  @Test
  void theyAreDividedEvenlyByClass() {
    Samples train = Digits.train();
    Samples test = Digits.test();
    assertThat(train.size()).isEqualTo(1437);
    assertThat(test.size()).isEqualTo(360);
    for (int c = 0; c < 10; c++) {
      int digit = c;
      assertThat(IntStream.range(0, 360).filter(i -> test.label(i) == digit).count())
          .isBetween(34L, 37L);
    }
    assertThat(train.classes()).isEqualTo(10);
    assertThat(train.inputSize()).isEqualTo(Digits.PIXELS);
  }

  @Test
  void pixelsAreFromZeroToOne() {
    float[] pixels = new float[Digits.PIXELS];
    float largest = 0;
    Samples train = Digits.train();
    for (int i = 0; i < train.size(); i++) {
      train.copyInput(i, pixels, 0);
      for (float pixel : pixels) {
        assertThat(pixel).isBetween(0f, 1f);
        largest = Math.max(largest, pixel);
      }
    }
    assertThat(largest).isEqualTo(1f);
  }

  @Test
  void splitsMarkTheirShareOfEachClass() {
    int[] labels = {1, 0, 1, 0, 1, 1};
    assertThat(EvenSplit.byClass(labels, 2, 3))
        .containsExactly(false, false, true, true, false, true);
    assertThat(EvenSplit.byClass(labels, 2, 0)).containsOnly(false);
    assertThat(EvenSplit.byClass(labels, 2, 6)).containsOnly(true);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EvenSplit.byClass(labels, 2, 7))
        .withMessage("Of 6 samples, 0 to 6 can be held out, not 7.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EvenSplit.byClass(labels, 1, 1))
        .withMessage("Sample 0 has the label 1, but there are 1 classes.");
  }
}
