package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalisationTest {
  /** Columns 1, 3, 5, 7 and 2, 2, 2, 2: mean 4, deviation √5. */
  private static Dataset rows() {
    float[] values = {1, 2, 3, 2, 5, 2, 7, 2};
    return new Dataset(
        "rows",
        new ImageShape(1, 1, 2),
        ClassLabels.upTo(1),
        new Pixels.Floats(values),
        new int[4]);
  }

  @Test
  void theStatisticsAreThoseOfTheFormulas() {
    DataStatistics columns = DataStatistics.of(rows(), 2);
    assertThat(columns.mean(0)).isEqualTo(4);
    assertThat(columns.deviation(0)).isCloseTo(Math.sqrt(5), within(1e-15));
    assertThat(columns.least(0)).isEqualTo(1);
    assertThat(columns.most(0)).isEqualTo(7);
    assertThat(columns.deviation(1)).isZero();
    DataStatistics all = DataStatistics.of(rows(), 1);
    assertThat(all.mean(0)).isEqualTo(3);
    assertThat(all.deviation(0)).isCloseTo(Math.sqrt(28 / 8.0), within(1e-15));
  }

  @Test
  void columnsOfTablesAreNormalisedOneByOne() {
    Dataset scaled = rows().normalised(Normalisation.scale(rows()));
    assertThat(SetValues.of(scaled, 0)).containsExactly(0, 0);
    assertThat(SetValues.of(scaled, 1)).containsExactly(2 / 6f, 0);
    assertThat(SetValues.of(scaled, 3)).containsExactly(1, 0);
    Dataset standard = rows().normalised(Normalisation.standard(rows()));
    assertThat(SetValues.of(standard, 3)).containsExactly(3 / (float) Math.sqrt(5), 0);
    assertThat(SetValues.of(standard.first(1), 0)).containsExactly(-3 / (float) Math.sqrt(5), 0);
  }

  @Test
  void imagesAreNormalisedByChannel() {
    byte[] pixels = {0, 100, 50, 50, 100, 0, 50, 100};
    Dataset images = Dataset.of("two", new ImageShape(2, 1, 2), 1, 100, pixels, new byte[2]);
    Dataset scaled = images.normalised(Normalisation.scale(images));

    assertThat(SetValues.of(scaled, 0)).containsExactly(0, 1, 0, 0);
    assertThat(SetValues.of(scaled, 1)).containsExactly(1, 0, 0, 1);
    Normalisation grey =
        Normalisation.scale(
            new Dataset(
                "x",
                new ImageShape(1, 2, 1),
                ClassLabels.upTo(1),
                new Pixels.Floats(new float[] {0, 4}),
                new int[1]));
    assertThat(grey.divisor()).containsExactly(4);
    assertThat(grey.fits(new ImageShape(1, 28, 28))).isTrue();
    assertThat(grey.fits(images.shape())).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> images.normalised(grey));
  }

  @Test
  void numbersThatCannotBeAreRefused() {
    float[] one = {1};
    for (float[] divisor : new float[][] {{0}, {-1}, {Float.NaN}, {1, 1}, {}}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Normalisation.of(one, divisor));
    }
  }
}
