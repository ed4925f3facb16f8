package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eqprop.core.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassLabelsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"0..9", "1..26", "7", "2 5 70", "-3..-1", "-5 9", "-2147483648 2147483647"})
  void theTextOfLabelsIsReadAgain(String text) {
    ClassLabels labels = ClassLabels.parse(text);

    assertThat(labels).hasToString(text);
    assertThat(ClassLabels.parse(labels.toString())).isEqualTo(labels);
    for (int c = 0; c < labels.count(); c++) {
      assertThat(labels.indexOf(labels.label(c))).isEqualTo(c);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "3 2", "2 2", "9..0", "0..2147483647", "1..2..3", "1,2"})
  void otherTextsAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ClassLabels.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"cat\" \"dog\"", "\"a \\\" b\" \"a\\\\\"", "\"\"", "\" \" \"1\" \"10\" \"2x\""})
  void namesAreReadAgain(String text) {
    ClassLabels labels = ClassLabels.parse(text);

    assertThat(labels.haveNames()).isTrue();
    assertThat(labels.encoded()).isEqualTo(text);
    assertThat(ClassLabels.parse(labels.encoded())).isEqualTo(labels);
    for (int c = 0; c < labels.count(); c++) {
      assertThat(labels.indexOf(labels.name(c))).isEqualTo(c);
      assertThat(labels.label(c)).isEqualTo(c);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"b\" \"a\"",
        "\"a\" \"a\"",
        "\"a",
        "\"a\"\"b\"",
        "\"a\" ",
        "\"a\\n\"",
        "\"1\" \"2\""
      })
  void otherNamesAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ClassLabels.parse(text));
  }

  @Test
  void wholeNumbersAreNumbersAndNotNames() {
    ClassLabels numbers = ClassLabels.of(List.of("10", "9", "-1", "10"));

    assertThat(numbers.encoded()).isEqualTo("-1 9 10");
    assertThat(numbers.indexOf("9")).isEqualTo(1);
    assertThat(numbers.indexOf("09")).isNegative();
    assertThat(ClassLabels.of(List.of("10", "9", "x"))).hasToString("10, 9, x");
    assertThat(ClassLabels.of(List.of("01", "2")).haveNames()).isTrue();
    assertThat(ClassLabels.of(List.of("4294967296")).haveNames()).isTrue();
    assertThat(numbers.and(ClassLabels.of(List.of("cat")))).hasToString("-1, 10, 9, cat");
  }

  @Test
  void onlyLabelsThatCountFromZeroAreTheClassesOwnNumbers() {
    assertThat(ClassLabels.upTo(10).countFromZero()).isTrue();
    assertThat(ClassLabels.parse("1..10").countFromZero()).isFalse();
    assertThat(ClassLabels.parse("0 2").countFromZero()).isFalse();
    assertThat(ClassLabels.parse("0 2").indexOf(1)).isNegative();
  }

  @Test
  void samplesTakeOtherClassesByTheirLabels() {
    byte[] pixels = {1, 2, 3};
    Dataset set = Dataset.of("three", new ImageShape(1, 1, 1), 3, 3, pixels, new byte[] {2, 0, 1});

    Dataset wider = set.withClasses(ClassLabels.parse("-1..5"));

    assertThat(IntStream.range(0, 3).map(wider::label)).containsExactly(3, 1, 2);
    assertThat(wider.classes()).isEqualTo(7);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> set.withClasses(ClassLabels.parse("0 1")))
        .withMessage("A sample of three has the label 2, which is none of 0..1.");
    assertThat(ClassLabels.of(Arrays.stream(new int[] {5, 1, 5}))).hasToString("1 5");
  }
}
