package org.eqprop.bptt.gdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class AlignmentTest {
  @Test
  void equalGradientsAgree() {
    double[] a = {1, -2, 0, 3};
    assertThat(Alignment.of(a, a)).isEqualTo(new Alignment(1, 0, 1, 1));
  }

  @Test
  void eachFigureIsByItsDefinition() {
    Alignment found = Alignment.of(new double[] {3, 0, -4, 0}, new double[] {3, 4, 0, 0});
    assertThat(found.cosine()).isCloseTo(9.0 / 25, within(1e-15));
    assertThat(found.relativeError()).isCloseTo(Math.sqrt(32) / 5, within(1e-15));
    assertThat(found.sameSign()).as("one is the same, and one is zero in both").isEqualTo(0.5);
    assertThat(found.norm()).isEqualTo(1);
  }

  @Test
  void lengthDoesNotChangeTheAngle() {
    Alignment found = Alignment.of(new double[] {-2, -4}, new double[] {1, 2});
    assertThat(found.cosine()).isCloseTo(-1, within(1e-15));
    assertThat(found.relativeError()).isCloseTo(3, within(1e-15));
    assertThat(found.sameSign()).isZero();
    assertThat(found.norm()).isEqualTo(2);
  }

  @Test
  void besideZeroThereIsNoSize() {
    Alignment found = Alignment.of(new double[2], new double[2]);
    assertThat(found.cosine()).isEqualTo(1);
    assertThat(found.relativeError()).isNaN();
    assertThat(found.norm()).isNaN();
    assertThat(Alignment.of(new double[] {1, 0}, new double[2]).cosine()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Alignment.of(new double[2], new double[3]));
  }
}
