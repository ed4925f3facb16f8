package org.eqprop.examples.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eqprop.core.internal.file.Visible;
import org.jspecify.annotations.Nullable;

/**
 * A table for people ({@link #text}), spreadsheets ({@link #toCsv}) and programs ({@link #rows},
 * which is also how Jackson writes it).
 */
public final class Table {
  private static final MathContext SHOWN_DIGITS = new MathContext(6);

  /**
   * A cell that people are shown otherwise than programs: 0.0213 as "2.13%", say.
   *
   * @param value what programs are given: a number, text, a truth value or null
   * @param text what people are shown
   */
  public record Cell(@Nullable Object value, String text) {}

  private static final Pattern NUMERIC = Pattern.compile("[-+]?[0-9.]+(e[-+]?[0-9]+)?%?|NaN|");

  private final List<String> columns;
  private final List<List<Cell>> rows = new ArrayList<>();
  private String title = "";
  private String footnote = "";

  private Table(List<String> columns) {
    this.columns = columns;
  }

  /** A table without rows. */
  public static Table of(String... columns) {
    return new Table(List.of(columns));
  }

  /** Sets the line above, shown to people only. */
  public Table title(String line) {
    title = Visible.lines(line);
    return this;
  }

  /** Sets the line below, shown to people only. */
  public Table footnote(String line) {
    footnote = Visible.lines(line);
    return this;
  }

  /**
   * Adds a row.
   *
   * @param values one a column: a number, text, a truth value, a {@link Cell}, or null for an empty
   *     cell; people see numbers with at most six digits
   * @throws IllegalArgumentException if there are more or fewer values than columns
   */
  public Table row(@Nullable Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(
          values.length + " values do not fit " + columns.size() + " columns.");
    }
    rows.add(Arrays.stream(values).map(Table::cell).toList());
    return this;
  }

  private static Cell cell(@Nullable Object value) {
    return value instanceof Cell cell
        ? new Cell(cell.value, Visible.line(cell.text))
        : new Cell(value, Visible.line(shown(value)));
  }

  private static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Double number when Double.isFinite(number) -> rounded(number);
      case Float number when Float.isFinite(number) -> rounded(number);
      default -> value.toString();
    };
  }

  private static String rounded(double number) {
    BigDecimal shown = BigDecimal.valueOf(number).round(SHOWN_DIGITS);
    double size = Math.abs(number);
    return size == 0 || (size >= 1e-4 && size < 1e9)
        ? shown.stripTrailingZeros().toPlainString()
        : shown.stripTrailingZeros().toString().replace("E", "e").replace("e+", "e");
  }

  /** The rows in order: column to value. Columns of the same name keep the last value. */
  @JsonValue
  public List<Map<String, @Nullable Object>> rows() {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (List<Cell> row : rows) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        fields.put(columns.get(i), row.get(i).value());
      }
      all.add(Collections.unmodifiableMap(fields));
    }
    return List.copyOf(all);
  }

  /** Comma-separated values with a header (RFC 4180); numbers in full, lines end in CR LF. */
  public String toCsv() {
    StringBuilder csv = new StringBuilder();
    appendCsv(csv, columns);
    for (List<Cell> row : rows) {
      appendCsv(csv, row.stream().map(Table::exact).toList());
    }
    return csv.toString();
  }

  /** A table of Markdown, as people are shown it; without title and footnote. */
  public String toMarkdown() {
    StringBuilder markdown = new StringBuilder();
    appendMarkdown(markdown, columns);
    appendMarkdown(markdown, Collections.nCopies(columns.size(), "---"));
    rows.forEach(row -> appendMarkdown(markdown, row.stream().map(Cell::text).toList()));
    return markdown.toString();
  }

  private static void appendMarkdown(StringBuilder markdown, List<String> fields) {
    List<String> cells =
        fields.stream().map(field -> field.replace("|", "\\|").replace("<", "&lt;")).toList();
    markdown.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** The rows as HTML: a table with a header, as people are shown it. */
  public String toHtml() {
    StringBuilder html = new StringBuilder("<table>\n");
    appendHtml(html, "th", columns);
    rows.forEach(row -> appendHtml(html, "td", row.stream().map(Cell::text).toList()));
    return html.append("</table>\n").toString();
  }

  private static void appendHtml(StringBuilder html, String tag, List<String> fields) {
    html.append("<tr>");
    for (String field : fields) {
      html.append("<" + tag + ">" + Visible.html(field) + "</" + tag + ">");
    }
    html.append("</tr>\n");
  }

  private static String exact(Cell cell) {
    return cell.value() == null ? "" : Visible.line(cell.value().toString());
  }

  private static void appendCsv(StringBuilder csv, List<String> fields) {
    csv.append(String.join(",", fields.stream().map(Table::quoted).toList())).append("\r\n");
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  /**
   * Aligned columns for a terminal; ends in a line break. Columns of numbers, percentages or
   * nothing are aligned to the right.
   */
  public String text() {
    List<String> lines = new ArrayList<>();
    int[] widths = new int[columns.size()];
    boolean[] right = new boolean[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      right[i] = rows.stream().allMatch(row -> NUMERIC.matcher(row.get(column).text()).matches());
      widths[i] =
          rows.stream()
              .mapToInt(row -> length(row.get(column).text()))
              .reduce(length(columns.get(i)), Math::max);
    }
    if (!title.isEmpty()) {
      lines.add(title);
    }
    lines.add(line(columns, widths, right));
    lines.add(line(Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths, right));
    rows.forEach(row -> lines.add(line(row.stream().map(Cell::text).toList(), widths, right)));
    if (!footnote.isEmpty()) {
      lines.add(footnote);
    }
    return String.join("\n", lines) + "\n";
  }

  private static String line(List<String> texts, int[] widths, boolean[] right) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String room = " ".repeat(widths[i] - length(texts.get(i)));
      line.append(i == 0 ? "" : "  ");
      line.append(right[i] ? room + texts.get(i) : texts.get(i) + room);
    }
    return line.toString().stripTrailing();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
