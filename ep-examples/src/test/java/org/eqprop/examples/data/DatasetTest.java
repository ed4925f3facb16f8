package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatasetTest {

  private static final ImageShape PAIR = new ImageShape(1, 1, 2);

  @Test
  void pixelsBecomeTheirQuotientByWhiteExactly() {
    byte[] pixels = new byte[256];
    for (int i = 0; i < 256; i++) {
      pixels[i] = (byte) i;
    }
    Dataset set = Dataset.of("ramp", new ImageShape(1, 16, 16), 1, 255, pixels, new byte[1]);
    float[] image = new float[256];

    set.copyImage(0, image, 0);

    for (int i = 0; i < 256; i++) {
      assertThat(image[i]).isEqualTo(i / 255f);
    }
  }

  @Test
  void anImageIsCopiedToTheOffsetAndNothingElseIsTouched() {
    Dataset set = Dataset.of("two", PAIR, 2, 16, new byte[] {1, 2, 4, 16}, new byte[] {0, 1});
    float[] dest = {-1, -1, -1, -1};

    set.copyImage(1, dest, 1);

    assertThat(dest).containsExactly(-1, 0.25f, 1, -1);
  }

  @Test
  void anImageThatDoesNotFitIsRefused() {
    Dataset set = Dataset.of("one", PAIR, 1, 255, new byte[2], new byte[1]);

    assertThatThrownBy(() -> set.copyImage(0, new float[2], 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> set.copyImage(1, new float[2], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void theSetKeepsItsOwnCopyOfTheArrays() {
    byte[] pixels = {16, 16};
    byte[] labels = {0};
    Dataset set = Dataset.of("one", PAIR, 2, 16, pixels, labels);

    pixels[0] = 0;
    labels[0] = 1;

    float[] image = new float[2];
    set.copyImage(0, image, 0);
    assertThat(image).containsExactly(1, 1);
    assertThat(set.label(0)).isZero();
  }

  @Test
  void labelsAbove127AreNotNegative() {
    Dataset set = Dataset.of("many", PAIR, 256, 255, new byte[2], new byte[] {(byte) 200});

    assertThat(set.label(0)).isEqualTo(200);
  }

  @Test
  void valuesAndLengthsOutOfRangeAreRefused() {
    assertRefused(2, 255, new byte[3], new byte[1]);
    assertRefused(2, 255, new byte[0], new byte[0]);
    assertRefused(2, 255, new byte[2], new byte[] {2});
    assertRefused(2, 16, new byte[] {17, 0}, new byte[1]);
    assertRefused(0, 255, new byte[2], new byte[1]);
    assertRefused(257, 255, new byte[2], new byte[1]);
    assertRefused(2, 0, new byte[2], new byte[1]);
    assertRefused(2, 256, new byte[2], new byte[1]);
  }

  @Test
  void theFirstSamplesKeepTheirOrderAndAreNeverMoreThanThereAre() {
    Dataset set = numbered(5, 5);

    assertThat(IntStream.range(0, 3).map(set.first(3)::label)).containsExactly(0, 1, 2);
    assertThat(set.first(3).size()).isEqualTo(3);
    assertThat(set.first(9).size()).isEqualTo(5);
    assertThatThrownBy(() -> set.first(3).label(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatIllegalArgumentException().isThrownBy(() -> set.first(0));
  }

  @Test
  void everySampleIsEitherKeptOrHeldOutAndKeepsItsPlaceInTheOrder() {
    Dataset set = numbered(101, 101);

    TrainTest parts = set.holdOut(17);

    assertThat(parts.test().size()).isEqualTo(17);
    assertThat(labels(parts.train())).isSorted();
    assertThat(labels(parts.test())).isSorted().doesNotContain(labels(parts.train()));
    assertThat(parts.train().size()).isEqualTo(84);
  }

  @Test
  void eachClassIsHeldOutInProportionWhateverTheOrder() {
    Dataset mixed = numbered(1000, 10);
    Dataset sorted = Dataset.of("sorted", PAIR, 10, 255, new byte[2000], sorted(labels(mixed)));

    for (Dataset set : new Dataset[] {mixed, sorted}) {
      int[] held = labels(set.holdOut(200).test());
      for (int c = 0; c < 10; c++) {
        int wanted = c;
        assertThat(Arrays.stream(held).filter(label -> label == wanted).count()).isEqualTo(20);
      }
    }
  }

  @Test
  void imagesStayWithTheirLabelsInAPartOfAPart() {
    byte[] pixels = new byte[40];
    byte[] labels = new byte[20];
    for (int i = 0; i < 20; i++) {
      pixels[2 * i] = (byte) i;
      labels[i] = (byte) i;
    }
    Dataset part =
        Dataset.of("own", PAIR, 20, 20, pixels, labels)
            .holdOut(5)
            .train()
            .first(9)
            .holdOut(4)
            .test();
    float[] image = new float[2];

    for (int i = 0; i < part.size(); i++) {
      part.copyImage(i, image, 0);
      assertThat(image[0]).isEqualTo(part.label(i) / 20f);
    }
  }

  @Test
  void atLeastOneSampleIsKeptAndOneHeldOut() {
    Dataset set = numbered(5, 5);

    assertThatIllegalArgumentException().isThrownBy(() -> set.holdOut(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> set.holdOut(5))
        .withMessageContaining("1 to 4 can be held out, not 5");
  }

  @Test
  void partsOfDifferentGeometryDoNotBelongTogether() {
    Dataset pair = numbered(5, 5);
    Dataset single =
        Dataset.of("single", new ImageShape(1, 1, 1), 5, 255, new byte[1], new byte[1]);

    assertThatIllegalArgumentException().isThrownBy(() -> new TrainTest(pair, single));
    assertThatIllegalArgumentException().isThrownBy(() -> new ImageShape(1, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ImageShape(1, 1 << 16, 1 << 16));
  }

  private static int[] labels(Dataset set) {
    return IntStream.range(0, set.size()).map(set::label).toArray();
  }

  private static byte[] sorted(int[] labels) {
    byte[] sorted = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      sorted[i] = (byte) labels[i];
    }
    Arrays.sort(sorted);
    return sorted;
  }

  private static Dataset numbered(int samples, int classes) {
    byte[] labels = new byte[samples];
    for (int i = 0; i < samples; i++) {
      labels[i] = (byte) (i % classes);
    }
    return Dataset.of("numbered", PAIR, classes, 255, new byte[2 * samples], labels);
  }

  private static void assertRefused(int classes, int white, byte[] pixels, byte[] labels) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.of("bad", PAIR, classes, white, pixels, labels));
  }
}
