package org.eqprop.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.eqprop.examples.report.Picture.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartTest {
  private static final double[] X = IntStream.rangeClosed(1, 60).asDoubleStream().toArray();
  private static final double[] Y = IntStream.of(range()).mapToDouble(i -> 1.0 / i).toArray();

  @TempDir private Path folder;

  private static int[] range() {
    return IntStream.rangeClosed(1, 60).toArray();
  }

  private static Chart chart(Series... series) {
    return Chart.of("Loss by epoch", Axis.linear("epoch"), Axis.linear("loss"), List.of(series));
  }

  /** The curves of one palette colour, without its place in the legend. */
  private static List<Line> curves(Chart chart, Color color) {
    return Painter.paint(chart.withLegend(Legend.NONE)).marks().stream()
        .filter(mark -> mark instanceof Line && mark.color().equals(color))
        .map(Line.class::cast)
        .toList();
  }

  @Test
  void textsOfAnSvgAreTexts() throws Exception {
    Path file = folder.resolve("a.svg");
    chart(Series.of("train < test", X, Y), Series.of("held out", X, X)).write(file);
    assertThat(Svg.texts(file))
        .contains("Loss by epoch", "epoch", "loss", "train < test", "held out", "10", "60");
    assertThat(Svg.parse(file).getDocumentElement().getAttribute("viewBox"))
        .isEqualTo("0 0 720 450");
  }

  @Test
  void sameChartGivesSameBytes() throws Exception {
    Path one = folder.resolve("1.svg");
    Path two = folder.resolve("2.svg");
    chart(Series.of("a", X, Y).markers()).write(one);
    chart(Series.of("a", X, Y).markers()).write(two);
    assertThat(two).hasSameBinaryContentAs(one);
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void onlyDashedSeriesAreDashed() throws Exception {
    Path file = folder.resolve("a.svg");
    chart(Series.of("solid", X, Y)).withLegend(Legend.NONE).write(file);
    assertThat(Files.readString(file)).doesNotContain("\"7,5\"");
    chart(Series.of("solid", X, Y), Series.of("dashed", X, Y).dashed())
        .withLegend(Legend.NONE)
        .write(file);
    assertThat(Files.readString(file)).contains("stroke-dasharray=\"7,5\"");
  }

  @Test
  void curveIsOneLineSoThatDashesRunThrough() {
    for (Series series : List.of(Series.of("a", X, Y).dashed(), Series.of("a", X, Y).markers())) {
      assertThat(curves(chart(series), Palette.of(0))).hasSize(1);
    }
  }

  @Test
  void solidUnderDashedOfItsColourIsBroadAndPale() {
    Chart chart = chart(Series.of("BPTT", X, Y).color(1), Series.of("EP", X, Y).color(1).dashed());
    Line under = curves(chart, Palette.pale(Palette.of(1))).getFirst();
    Line over = curves(chart, Palette.of(1)).getFirst();
    assertThat(under.stroke().getLineWidth()).isGreaterThan(over.stroke().getLineWidth());
    assertThat(over.stroke().getDashArray()).isNotNull();
  }

  @Test
  void valuesThatCannotBeShownAreGaps() {
    double[] x = {1, 2, 3, 4, 5, 6, 7, 8};
    double[] y = {1, 2, Double.NaN, 4, 5, Double.POSITIVE_INFINITY, 7, 8};
    assertThat(curves(chart(Series.of("a", x, y)), Palette.of(0))).hasSize(3);
    double[] z = {1, 2, 0, 4, 5, -1, 7, 8};
    Chart log = Chart.of("", Axis.linear("x"), Axis.log("y"), List.of(Series.of("a", x, z)));
    assertThat(curves(log, Palette.of(0))).hasSize(3);
  }

  @Test
  void seriesWithoutPointsAreLeftOut() throws Exception {
    Path file = folder.resolve("a.svg");
    double[] none = {};
    Chart.of(
            "",
            Axis.log("x"),
            Axis.log("y"),
            List.of(
                Series.of("empty", none, none), Series.of("zero", new double[1], new double[1])))
        .withLegend(Legend.RIGHT)
        .write(file);
    assertThat(Svg.texts(file)).contains("x", "y").doesNotContain("empty", "zero");
  }

  @Test
  void errorBarsReachFromBelowToAbove() {
    double[] x = {1, 2};
    Series series = Series.of("a", x, new double[] {10, 20}).errors(new double[] {1, Double.NaN});
    Chart log = Chart.of("", Axis.linear("x"), Axis.log("y").range(1, 100), List.of(series));
    for (Chart chart : List.of(chart(series), log)) {
      List<Line> thin = new ArrayList<>(curves(chart, Palette.of(0)));
      thin.removeIf(line -> line.stroke().getLineWidth() > 1);
      assertThat(thin).hasSize(1);
      assertThat(thin.getFirst().shape().getBounds2D().getHeight()).isGreaterThan(5);
    }
  }

  @Test
  void pngHasTwicePixelsAndShowsTheCurve() throws Exception {
    Path file = folder.resolve("a.PNG");
    chart(Series.of("a", X, Y)).withSize(400, 300).write(file);
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(800);
    assertThat(image.getHeight()).isEqualTo(600);
    assertThat(image.getRGB(0, 0)).isEqualTo(Color.WHITE.getRGB());
    int[] pixels = image.getRGB(0, 0, 800, 600, null, 0, 800);
    assertThat(IntStream.of(pixels).filter(p -> p == Palette.of(0).getRGB()).count())
        .isGreaterThan(500);
  }

  @Test
  void otherExtensionsAreRefused() {
    assertThatThrownBy(() -> chart().write(folder.resolve("a.gif")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a.gif");
  }

  @Test
  void saysThatThereAreNoFonts() {
    Path file = Path.of("a.svg");
    assertThatThrownBy(
            () ->
                Fonts.require(
                    file,
                    () -> {
                      throw new InternalError("no fonts");
                    }))
        .isInstanceOf(FigureException.class)
        .hasMessageContaining("a.svg")
        .hasMessageContaining("install");
    Fonts.require(file, Fonts::measure);
  }

  @Test
  void lengthsMustAgree() {
    assertThatThrownBy(() -> Series.of("a", X, new double[2]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Series.of("a", X, Y).errors(new double[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
