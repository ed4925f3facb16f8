package org.eqprop.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void sizeIsTheProductOfTheDimensions() {
    Shape shape = Shape.of(32, 12, 11);
    assertThat(shape.rank()).isEqualTo(3);
    assertThat(shape.dimension(0)).isEqualTo(32);
    assertThat(shape.dimension(2)).isEqualTo(11);
    assertThat(shape.size()).isEqualTo(32 * 12 * 11);
    assertThat(shape).hasToString("32x12x11");
  }

  @Test
  void equalityIsThatOfTheDimensions() {
    assertThat(Shape.of(2, 3)).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    assertThat(Shape.of(2, 3)).isNotEqualTo(Shape.of(3, 2)).isNotEqualTo(Shape.of(6));
  }

  @Test
  void arraysThatWereGivenOrTakenDoNotChangeIt() {
    int[] dimensions = {2, 3};
    Shape shape = Shape.of(dimensions);
    dimensions[0] = 9;
    shape.toArray()[1] = 9;
    assertThat(shape.toArray()).containsExactly(2, 3);
  }

  @Test
  void aDimensionBelowOneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(3, 0))
        .withMessage("A shape needs dimensions of at least 1, got [3, 0].");
  }

  @Test
  void moreThanAnArrayHoldsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(1 << 16, 1 << 16))
        .withMessageContaining("4294967296 elements");
    int huge = Integer.MAX_VALUE;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(huge, huge, huge))
        .withMessageEndingWith("elements or more is too large for one array.");
  }
}
