package org.eqprop.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Condition;
import org.eqprop.examples.report.Picture.Area;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BarChartTest {
  private static final List<String> LAYERS = List.of("layer 1", "layer 2");

  @TempDir private Path folder;

  private static BarChart chart(Axis y, Bars... bars) {
    return BarChart.of("RelMSE by layer", "", LAYERS, y, List.of(bars));
  }

  private static List<Rectangle2D> rectangles(BarChart chart, Color color) {
    return Painter.paint(chart.withLegend(Legend.NONE)).marks().stream()
        .filter(mark -> mark instanceof Area && mark.color().equals(color))
        .map(mark -> ((Area) mark).shape().getBounds2D())
        .toList();
  }

  @Test
  void namesBarsAndCategories() throws Exception {
    Path file = folder.resolve("a.svg");
    chart(Axis.log("RelMSE"), Bars.of("tanh", 0, 0.1, 0.2), Bars.of("relu", 1, 1e-4, 0.2))
        .write(file);
    assertThat(Svg.texts(file))
        .contains("RelMSE by layer", "RelMSE", "layer 1", "layer 2", "tanh", "relu");
  }

  @Test
  void logBarsStandOnTheLowerEnd() {
    for (double least : new double[] {0.01, 1e-9}) {
      List<Rectangle2D> bars =
          rectangles(
              chart(Axis.log("").range(least / 10, 1), Bars.of("a", 0, least, 1)), Palette.of(0));
      assertThat(bars).hasSize(2);
      assertThat(bars.get(0).getMaxY()).isEqualTo(bars.get(1).getMaxY());
      assertThat(bars.get(1).getHeight()).isGreaterThan(bars.get(0).getHeight());
    }
  }

  @Test
  void leastBarOfLogAxisIsSeen() {
    assertThat(rectangles(chart(Axis.log(""), Bars.of("a", 0, 1e-3, 1)), Palette.of(0)))
        .allSatisfy(bar -> assertThat(bar.getHeight()).isGreaterThan(10));
  }

  @Test
  void barsThatCannotBeShownAreLeftOut() {
    assertThat(rectangles(chart(Axis.log(""), Bars.of("a", 0, 0, 0.1)), Palette.of(0))).hasSize(1);
    assertThat(rectangles(chart(Axis.linear(""), Bars.of("a", 0, 3, Double.NaN)), Palette.of(0)))
        .hasSize(1);
    assertThat(rectangles(chart(Axis.log(""), Bars.of("a", 0, 0, 0)), Palette.of(0))).isEmpty();
  }

  @Test
  void oneBarForEachCategory() {
    Bars three = Bars.of("a", 0, 1, 2, 3);
    assertThatThrownBy(() -> chart(Axis.linear(""), three))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 bars");
  }

  @Test
  void gridLaysFiguresOut() throws Exception {
    BarChart bars = chart(Axis.linear(""), Bars.of("a", 0, 1, 2)).withSize(300, 200);
    Chart curves =
        Chart.of("Curves", Axis.linear("x"), Axis.linear("y"), List.of()).withSize(400, 250);
    ChartGrid grid = ChartGrid.of("Figure 2", 2, List.of(bars, curves, curves));
    assertThat(grid.rows()).hasSize(2);
    assertThat(grid.width()).isEqualTo(400 + 400);
    assertThat(grid.height()).isEqualTo(250 + 250 + Titles.height("Figure 2"));
    Path file = folder.resolve("a.svg");
    grid.write(file);
    assertThat(Svg.texts(file))
        .contains("Figure 2", "RelMSE by layer")
        .areExactly(2, curvesTitle());
  }

  private static Condition<String> curvesTitle() {
    return new Condition<>("Curves"::equals, "the title of the curves");
  }
}
