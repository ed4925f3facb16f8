package org.eqprop.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AxisTest {
  @TempDir private Path folder;

  /** The texts of a chart without words, of one curve through the given points. */
  private List<String> ticks(Axis axis, double... values) throws Exception {
    Path file = folder.resolve("a.svg");
    double[] zeros = new double[values.length];
    Series series = Series.of("a", zeros, values);
    Axis fixed = Axis.linear("").range(-1.5, -0.5);
    Chart.of("", fixed, axis, List.of(series)).withLegend(Legend.NONE).write(file);
    return Svg.texts(file).stream().filter(text -> !text.startsWith("-")).toList();
  }

  private static Extent extent(Axis axis, double... values) {
    Extent.Finder finder = new Extent.Finder(axis);
    for (double value : values) {
      finder.add(value);
    }
    return finder.find();
  }

  @Test
  void percentages() throws Exception {
    assertThat(ticks(Axis.linear("").asPercent().range(0, 0.1), 0.02))
        .contains("0%", "2%", "9%", "10%");
  }

  @Test
  void tinyAndHugeNumbers() throws Exception {
    assertThat(ticks(Axis.linear(""), 0, 3e-14)).contains("0", "5e-15", "2.5e-14");
    assertThat(ticks(Axis.linear(""), 0, 3e9)).contains("0", "1e9", "2.5e9");
    assertThat(ticks(Axis.linear(""), 1, 1 + 1e-12)).contains("1");
  }

  @Test
  void manyDecadesHaveOneLabelEach() throws Exception {
    assertThat(ticks(Axis.log(""), 3e-6, 0.2))
        .containsExactlyInAnyOrder("10⁻⁶", "10⁻⁵", "10⁻⁴", "10⁻³", "0.01", "0.1", "1");
    assertThat(ticks(Axis.log(""), 1e-40, 1)).hasSizeBetween(5, 15);
  }

  @Test
  void fewDecadesHaveLabelsBetween() throws Exception {
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
