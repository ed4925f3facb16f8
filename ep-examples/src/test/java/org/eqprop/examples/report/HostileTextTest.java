package org.eqprop.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eqprop.core.internal.file.Visible;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Names that try to fool a reader or break a file, in figures, tables and pages. */
class HostileTextTest {
  /** What a name can contain to fool a reader or break a file. */
  private static final String HOSTILE =
      "a\u001b]0;x\u0007\u001b[31m\u009b1m\0\u202eb\u2066c\u2028d\ufeff\ud800\uffff<&\"'>{{rows}}\n"
          + "\t\r";

  @TempDir private Path folder;

  @Test
  void nothingOfAPageIsOpened() {
    assertThat(Visible.html(HOSTILE)).doesNotContain("<", ">", "\"", "'", "\n", "\u001b");
  }

  /** Figures of every kind with the name in every place. */
  static Stream<Arguments> figures() {
    Axis axis = Axis.linear(HOSTILE);
    double[] x = {1, 2, 3};
    Chart chart = Chart.of(HOSTILE, axis, axis, List.of(Series.of(HOSTILE, x, x)));
    BarChart bars =
        BarChart.of(
            HOSTILE, HOSTILE, List.of(HOSTILE, "b"), axis, List.of(Bars.of(HOSTILE, 0, 1, 2)));
    return Stream.of(
        Arguments.argumentSet("chart", chart),
        Arguments.argumentSet("bars", bars),
        Arguments.argumentSet("grid", ChartGrid.of(HOSTILE, 2, List.of(chart, bars))));
  }

  @ParameterizedTest
  @MethodSource("figures")
  void figuresWithSuchNamesAreSoundFiles(Figure figure) throws Exception {
    Path file = folder.resolve("a.svg");
    figure.write(file);
    assertThat(Svg.texts(file)).contains(Visible.line(HOSTILE));
    figure.write(folder.resolve("a.png"));
    figure.write(folder.resolve("a.pdf"));
  }

  @Test
  void tablesKeepTheirLines() {
    Table table = Table.of("name", "x").row(HOSTILE, 1).row(new Table.Cell(HOSTILE, HOSTILE), 2);
    assertThat(table.text().lines()).hasSize(4);
    assertThat(table.toCsv().split("\r\n")).hasSize(3);
    for (String text : List.of(table.text(), table.toCsv())) {
      assertThat(Visible.lines(text)).isEqualTo(text);
    }
  }
}
