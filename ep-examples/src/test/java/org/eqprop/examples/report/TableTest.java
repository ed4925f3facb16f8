package org.eqprop.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class TableTest {
  private static Table table() {
    return Table.of("layer", "RelMSE", "error")
        .row("first", 1.0 / 3, new Table.Cell(0.0213, "2.13%"))
        .row("out, \"last\"", 12345.678912, new Table.Cell(0.1, "10.00%"))
        .row(null, 2.5e-7, null);
  }

  @Test
  void numbersAreAlignedToTheRight() {
    assertThat(table().title("Errors").footnote("three trials").text())
        .isEqualTo(
            """
            Errors
            layer          RelMSE   error
            -----------  --------  ------
            first        0.333333   2.13%
            out, "last"   12345.7  10.00%
                           2.5e-7
            three trials
            """);
  }

  @Test
  void tableWithoutRows() {
    assertThat(Table.of("a", "bc").text()).isEqualTo("a  bc\n-  --\n");
    assertThat(Table.of("a", "bc").toCsv()).isEqualTo("a,bc\r\n");
  }

  @Test
  void extremeNumbers() {
    assertThat(Table.of("x").row(0.0).row(-1e12).row(Double.NaN).row(7).row(true).text())
        .isEqualTo("x\n-----\n0\n-1e12\nNaN\n7\ntrue\n");
  }

  @Test
  void csvQuotesAndKeepsAllDigits() {
    assertThat(table().toCsv())
        .isEqualTo(
            "layer,RelMSE,error\r\n"
                + "first,0.3333333333333333,0.0213\r\n"
                + "\"out, \"\"last\"\"\",12345.678912,0.1\r\n"
                + ",2.5E-7,\r\n");
  }

  @Test
  void jacksonWritesRows() throws Exception {
    assertThat(new ObjectMapper().writeValueAsString(table()))
        .isEqualTo(
            "[{\"layer\":\"first\",\"RelMSE\":0.3333333333333333,\"error\":0.0213},"
                + "{\"layer\":\"out, \\\"last\\\"\",\"RelMSE\":12345.678912,\"error\":0.1},"
                + "{\"layer\":null,\"RelMSE\":2.5E-7,\"error\":null}]");
  }

  @Test
  void oneValueForEachColumn() {
    Table table = Table.of("a", "b");
    assertThatThrownBy(() -> table.row(1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void markdownHasABarForEachColumnAndTakesNoneFromACell() {
    Table table = Table.of("a", "b").row("x|y", 1.5).row("<b>", null);
    assertThat(table.toMarkdown())
        .isEqualTo("| a | b |\n| --- | --- |\n| x\\|y | 1.5 |\n| &lt;b> |  |\n");
  }

  @Test
  void htmlTakesNoTagFromACell() {
    assertThat(Table.of("a").row("<b>&").toHtml())
        .isEqualTo("<table>\n<tr><th>a</th></tr>\n<tr><td>&lt;b&gt;&amp;</td></tr>\n</table>\n");
  }
}
