package org.eqprop.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** PDFs as another library reads and renders them. */
class PdfTest {
  private static final double[] X = {1, 2, 3, 4};
  private static final double[] Y = {0.5, 0.1, 0.4, 0.02};

  /** Of 255, as the mean over all pixels and colours. */
  private static final double ALIKE = 1.5;

  @TempDir private Path folder;

  static Stream<Arguments> figures() {
    Chart chart =
        Chart.of(
            "W^{fc}_{01}",
            Axis.linear("t"),
            Axis.log("y"),
            List.of(
                Series.of("a", X, Y).color(1).markers(),
                Series.of("b", X, Y).color(1).dashed().errors(Y)));
    Bars bars = Bars.of("g", 0, 1, 2).withRange(List.of(0.5, 1.5), List.of(1.5, 2.5));
    BarChart chart2 =
        BarChart.of("bars", "", List.of("s^{0}", "s^{1}"), Axis.linear("h"), List.of(bars));
    Key key = new Key(List.of(new Key.Entry("Δ", Key.Sample.DASHED, 6)), 720);
    return Stream.of(
        Arguments.argumentSet("curves", chart),
        Arguments.argumentSet("bars", chart2),
        Arguments.argumentSet("grid", ChartGrid.of("all", 1, List.of(chart, chart2, key))));
  }

  private static BufferedImage rendered(Path pdf, float dpi) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
      assertThat(document.getNumberOfPages()).isEqualTo(1);
      return new PDFRenderer(document).renderImageWithDPI(0, dpi);
    }
  }

  private static double difference(BufferedImage one, BufferedImage other) {
    double sum = 0;
    int width = Math.min(one.getWidth(), other.getWidth());
    int height = Math.min(one.getHeight(), other.getHeight());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          sum += Math.abs((one.getRGB(x, y) >> shift & 255) - (other.getRGB(x, y) >> shift & 255));
        }
      }
    }
    return sum / 3 / width / height;
  }

  @ParameterizedTest
  @MethodSource("figures")
  void looksAsThePng(Figure figure) throws IOException {
    Path pdf = folder.resolve("a.pdf");
    Path png = folder.resolve("a.png");
    figure.write(pdf);
    figure.write(png);
    BufferedImage expected = ImageIO.read(png.toFile());
    BufferedImage found = rendered(pdf, 192);
    assertThat(found.getWidth()).isCloseTo(expected.getWidth(), within(1));
    assertThat(found.getHeight()).isCloseTo(expected.getHeight(), within(1));
    assertThat(difference(expected, found)).isLessThan(ALIKE);
    // an empty page must not pass
    BufferedImage empty =
        new BufferedImage(found.getWidth(), found.getHeight(), BufferedImage.TYPE_INT_RGB);
    empty.createGraphics().fillRect(0, 0, found.getWidth(), found.getHeight());
    assertThat(difference(empty, found)).isGreaterThan(2 * ALIKE);
  }

  @Test
  void sameFigureGivesSameBytes() {
    Figure figure = (Figure) figures().findFirst().orElseThrow().get()[0];
    figure.write(folder.resolve("1.pdf"));
    figure.write(folder.resolve("2.pdf"));
    assertThat(folder.resolve("2.pdf")).hasSameBinaryContentAs(folder.resolve("1.pdf"));
  }

  /** A column of 86 mm: as wide in every format, and the fonts as large as asked for. */
  @Test
  void aColumnHasItsWidthAndItsFont() throws Exception {
    FigureStyle style = new FigureStyle(86, 7, "SansSerif", false);
    Chart chart = Chart.of("", Axis.linear("x"), Axis.linear("y"), List.of(Series.of("a", X, Y)));
    FigureStyle.Fitted fitted = style.fit(chart);
    assertThat(fitted.fontSize()).isEqualTo(7, within(0.03));
    assertThat(fitted.shrunk()).isFalse();
    double points = 86 / 25.4 * 72;
    assertThat(fitted.figure().width() * fitted.pixel()).isEqualTo(points, within(1e-9));
    List<String> complaints = new ArrayList<>();
    new Drawings(complaints::add, style).write(folder, "a", () -> chart);
    assertThat(complaints).isEmpty();
    try (PDDocument document = Loader.loadPDF(folder.resolve("a.pdf").toFile())) {
      assertThat(document.getPage(0).getMediaBox().getWidth())
          .isEqualTo((float) points, within(.01f));
    }
    assertThat(ImageIO.read(folder.resolve("a.png").toFile()).getWidth())
        .isCloseTo((int) Math.round(86 / 25.4 * 300), within(1));
    assertThat(Svg.parse(folder.resolve("a.svg")).getDocumentElement().getAttribute("width"))
        .isEqualTo("243.78pt");
  }

  @Test
  void fontsBecomeSmallerWhereTheyHaveNoRoom() {
    FigureStyle style = new FigureStyle(60, 12, "SansSerif", false);
    Chart chart = Chart.of("", Axis.linear("x"), Axis.linear("y"), List.of(Series.of("a", X, Y)));
    ChartGrid grid = ChartGrid.of("", 3, List.of(chart, chart, chart));
    FigureStyle.Fitted fitted = style.fit(grid);
    assertThat(fitted.shrunk()).isTrue();
    assertThat(fitted.fontSize()).isLessThan(12);
    List<String> complaints = new ArrayList<>();
    Drawings drawings = new Drawings(complaints::add, style);
    drawings.write(folder, "a", () -> grid);
    drawings.write(folder, "b", () -> grid);
    assertThat(complaints).hasSize(1).first().asString().contains("a.pdf", "--figure-width");
    assertThat(drawings.isWritten()).isTrue();
  }

  @Test
  void damagedFilesAreNoPdf() throws IOException {
    Path pdf = folder.resolve("a.pdf");
    Files.write(pdf, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> rendered(pdf, 72)).isInstanceOf(IOException.class);
  }
}
