package org.eqprop.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Condition;
import org.eqprop.examples.report.Picture.Area;
import org.eqprop.examples.report.Picture.Line;
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
  void eachBarHasItsColour() {
    Bars bars = Bars.of("a", 0, 0.1, 0, 0.3).withColors(List.of(2, 3, 4));
    BarChart chart =
        BarChart.of("", "", List.of("1", "2", "3"), Axis.log(""), List.of(bars, bars.asPale()));
    for (int color : new int[] {2, 4}) {
      assertThat(rectangles(chart, Palette.of(color))).hasSize(1);
      assertThat(rectangles(chart, Palette.pale(Palette.of(color)))).hasSize(1);
    }
    assertThat(rectangles(chart, Palette.of(3))).isEmpty(); // 0 has no bar on a log axis
  }

  /** On an axis of two decades a factor of ten is half of the height. */
  @Test
  void rangesReachFromLeastToGreatest() {
    Bars bars = Bars.of("a", 0, 0.1, 0.1).withRange(List.of(0.01, 0.0), List.of(1.0, 0.1));
    BarChart chart = chart(Axis.log("").range(0.01, 1), bars).withLegend(Legend.NONE);
    List<Rectangle2D> lines =
        Painter.paint(chart).marks().stream()
            .filter(mark -> mark instanceof Line && mark.color().equals(Palette.TEXT))
            .map(mark -> ((Line) mark).shape().getBounds2D())
            .toList();
    Rectangle2D bar = rectangles(chart, Palette.of(0)).getFirst();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).getHeight()).isEqualTo(2 * lines.get(1).getHeight(), within(0.5));
    assertThat(lines.get(0).getMaxY()).isEqualTo(bar.getMaxY(), within(5.0));
    assertThat(lines.get(1).getMinY()).isEqualTo(bar.getMinY(), within(0.5));
    assertThat(lines.get(0).getMinY()).isLessThan(bar.getMinY() - 50);
  }

  /** The frame's lower line is where logarithmic bars end. */
  @Test
  void logBarsStandOnTheAxis() {
    BarChart chart =
        chart(Axis.log("").range(0.01, 1), Bars.of("a", 0, 0.1, 0.5)).withLegend(Legend.NONE);
    double frame =
        Painter.paint(chart).marks().stream()
            .filter(mark -> mark instanceof Line && mark.color().equals(Palette.FRAME))
            .map(mark -> ((Line) mark).shape().getBounds2D())
            .filter(box -> box.getWidth() > 300 && box.getHeight() > 100)
            .mapToDouble(Rectangle2D::getMaxY)
            .max()
            .orElseThrow();
    assertThat(rectangles(chart, Palette.of(0)))
        .allSatisfy(bar -> assertThat(bar.getMaxY()).isEqualTo(frame, within(1.5)));
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
