package org.eqprop.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
  /** The texts of a chart without words, of one curve; raised ones with a circumflex. */
  private static List<String> ticks(Axis axis, double... values) {
    double[] zeros = new double[values.length];
    Series series = Series.of("a", zeros, values);
    Axis fixed = Axis.linear("").range(-1.5, -0.5);
    Chart chart = Chart.of("", fixed, axis, List.of(series)).withLegend(Legend.NONE);
    List<String> texts = new ArrayList<>();
    for (Picture.Mark mark : Painter.paint(chart).marks()) {
      if (mark instanceof Picture.Text text) {
        boolean raised = text.font().getSize2D() < Typeface.SMALL_SIZE;
        texts.add(raised ? texts.removeLast() + "^" + text.text() : text.text());
      }
    }
    return texts.stream().filter(text -> !text.startsWith("-")).toList();
  }

  private static Extent extent(Axis axis, double... values) {
    Extent.Finder finder = new Extent.Finder(axis);
    for (double value : values) {
      finder.add(value);
    }
    return finder.find();
  }

  @Test
  void percentages() {
    assertThat(ticks(Axis.linear("").asPercent().range(0, 0.1), 0.02))
        .contains("0%", "2%", "9%", "10%");
  }

  @Test
  void tinyAndHugeNumbers() {
    assertThat(ticks(Axis.linear(""), 0, 3e-14)).contains("0", "0.5·10^−14", "2.5·10^−14");
    assertThat(ticks(Axis.linear(""), 0, 3e9)).contains("0", "1·10^9", "2.5·10^9");
    assertThat(ticks(Axis.linear(""), 1, 1 + 1e-12)).contains("1");
  }

  @Test
  void manyDecadesHaveOneLabelEach() {
    assertThat(ticks(Axis.log(""), 3e-6, 0.2))
        .containsExactlyInAnyOrder("10^−6", "10^−5", "10^−4", "10^−3", "10^−2", "10^−1", "10^0");
    assertThat(ticks(Axis.log(""), 1e-40, 1)).hasSizeBetween(5, 15);
  }

  @Test
  void labelsOfAnAxisAreOfOneKind() {
    assertThat(ticks(Axis.log(""), 0.02, 90))
        .containsExactlyInAnyOrder("0.01", "0.1", "1", "10", "100");
    assertThat(ticks(Axis.log(""), 3e-5, 9e-4)).contains("10^−5", "2·10^−5", "10^−3");
    assertThat(ticks(Axis.linear(""), 0, 0.0009)).contains("0", "5·10^−4").doesNotContain("0.0005");
  }

  @Test
  void whatIsCountedHasWholeTicks() {
    for (double last : new double[] {2, 3, 7, 25, 100, 3000}) {
      assertThat(ticks(Axis.whole("").range(1, last), 1, last))
          .isNotEmpty()
          .allMatch(label -> label.matches("[0-9]*"));
      assertThat(ticks(Axis.whole("").range(1, last), 1, last)).anyMatch(label -> !label.isEmpty());
    }
    assertThat(ticks(Axis.linear("").range(1, 2), 1, 2)).contains("1.5"); // others do not
  }

  @Test
  void fewDecadesHaveLabelsBetween() {
    assertThat(ticks(Axis.log("").asPercent(), 0.013, 0.09))
        .containsExactlyInAnyOrder("1%", "2%", "5%", "10%");
  }

  @Test
  void logAxisReachesOverWholeDecades() {
    assertThat(extent(Axis.log(""), 0.02, 0.5, 0, -3))
        .isEqualTo(new Extent(0.01, 1, Extent.Scale.LOG, 0));
    assertThat(extent(Axis.log(""), 0.1)).isEqualTo(new Extent(0.01, 0.1, Extent.Scale.LOG, 0));
    assertThat(extent(Axis.log(""), -1)).isEqualTo(new Extent(0.1, 1, Extent.Scale.LOG, 0));
    assertThat(extent(Axis.log(""), 2e-9, 3))
        .isEqualTo(new Extent(0, 10, Extent.Scale.DECADES, -9));
  }

  @Test
  void singleValueHasRoom() {
    Extent extent = extent(Axis.linear(""), 3);
    assertThat(extent.fraction(3)).isEqualTo(0.5, within(1e-9));
    assertThat(extent(Axis.linear(""), 0).fraction(0)).isEqualTo(0.5, within(1e-9));
  }

  @Test
  void fixedRangeHolds() {
    Extent extent = extent(Axis.linear("").range(0, 2), 1, 50);
    assertThat(extent.fraction(0)).isZero();
    assertThat(extent.fraction(2)).isEqualTo(1);
  }

  @Test
  void impossibleRanges() {
    assertThatThrownBy(() -> Axis.linear("").range(1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Axis.log("").range(0, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
