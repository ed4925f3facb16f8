package org.eqprop.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Font;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.util.List;
import org.eqprop.examples.report.Picture.Text;
import org.junit.jupiter.api.Test;

class ScriptTest {
  private static final Font FONT = Typeface.SANS.small();

  private static List<Text> marks(String markup) {
    return Script.of(markup).marks(FONT, Color.BLACK, new AffineTransform());
  }

  private static Point2D place(Text text) {
    return text.at().transform(new Point2D.Double(), null);
  }

  @Test
  void raisedPartsAreSmallAndHigh() {
    List<Text> marks = marks("s^{0} and");
    assertThat(marks).extracting(Text::text).containsExactly("s", "0", " and");
    assertThat(marks.get(1).font().getSize2D()).isLessThan(FONT.getSize2D());
    assertThat(place(marks.get(1)).getY()).isNegative();
    assertThat(place(marks.get(1)).getX()).isPositive();
    assertThat(place(marks.get(2)).getY()).isZero();
    assertThat(place(marks.get(2)).getX()).isGreaterThan(place(marks.get(1)).getX());
  }

  @Test
  void bothPartsStandOverEachOther() {
    List<Text> marks = marks("W^{conv}_{01}");
    assertThat(place(marks.get(1)).getX()).isEqualTo(place(marks.get(2)).getX());
    assertThat(place(marks.get(1)).getY()).isNegative();
    assertThat(place(marks.get(2)).getY()).isPositive();
    double apart = Script.of("W^{conv}").width(FONT);
    assertThat(Script.of("W^{conv}_{01}").width(FONT)).isEqualTo(apart);
  }

  @Test
  void whatHasNoEndIsText() {
    for (String text : List.of("a^{b", "a_b", "^", "_{", "}{", "a^ {b}", "")) {
      assertThat(marks(text))
          .extracting(Text::text)
          .isEqualTo(text.isEmpty() ? List.of() : List.of(text));
      assertThat(Script.plain(text)).isEqualTo(text);
    }
  }

  @Test
  void plainIsOneLine() {
    assertThat(Script.plain("Δ^{EP}_{s}, 10^{−3}")).isEqualTo("ΔEPs, 10−3");
  }

  @Test
  void aChartSetsThemInEveryPlace() {
    double[] x = {1, 2};
    Chart chart =
        Chart.of(
                "t^{1}",
                Axis.linear("x_{2}"), Axis.linear("y^{3}"), List.of(Series.of("W_{4}", x, x)))
            .withLegend(Legend.RIGHT);
    List<String> small =
        Painter.paint(chart).marks().stream()
            .filter(mark -> mark instanceof Text text && !isFullSize(text))
            .map(mark -> ((Text) mark).text())
            .toList();
    assertThat(small).containsExactlyInAnyOrder("1", "2", "3", "4");
  }

  private static boolean isFullSize(Text text) {
    return text.font().getSize2D() >= Typeface.SMALL_SIZE
        && text.font().getSize2D() == Math.rint(text.font().getSize2D());
  }
}
