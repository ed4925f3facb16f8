package org.eqprop.examples.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.eqprop.core.DataException;
import org.eqprop.core.internal.file.Visible;

/**
 * A table of numbers with a column of labels, its fields between commas, semicolons or tabs. Values
 * become floats as they are.
 */
final class CsvTable {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  /** Names that columns of labels have. */
  private static final List<String> USUAL =
      List.of("label", "labels", "class", "target", "species");

  private static final String MEND = "mend the file";

  private static final int NO_LABELS = -1;

  private final Path file;
  private final String labelColumn;
  private final List<String> labels = new ArrayList<>();
  private final FloatList values = new FloatList();
  private List<String> names = List.of();
  private int columns;
  private int label;

  /** Values that a model takes; 0 if the table tells how many there are. */
  private int wanted;

  private CsvTable(Path file, String labelColumn) {
    this.file = file;
    this.labelColumn = labelColumn;
  }

  /**
   * Reads a table, plain or gzipped.
   *
   * @param part what the part is called in the identity of the data
   * @param labelColumn the name, or the number from 1, of the column of labels; empty for the last
   * @throws DataException if it cannot be read, or has a row with another number of fields or with
   *     something that is no number
   */
  static LabelledPart read(Path file, String part, String labelColumn) {
    FileContent content = FileContent.of(file);
    CsvTable table = new CsvTable(file, labelColumn);
    table.parse(content.bytes());
    ImageShape shape = new ImageShape(1, 1, table.columns - 1);
    Pixels pixels = new Pixels.Floats(table.values.toArray());
    return new LabelledPart(
        file, shape, pixels, Numerals.plain(table.labels), Map.of(part, content.sha256()));
  }

  /**
   * Reads the rows of a table for a model, with or without a column of labels, which are ignored.
   *
   * @param values that a row has beside the label
   * @throws DataException as in {@link #read}, or if rows have another number of values
   */
  static Dataset rows(Path file, int values, String labelColumn) {
    CsvTable table = new CsvTable(file, labelColumn);
    table.wanted = values;
    table.parse(FileContent.of(file).bytes());
    float[] all = table.values.toArray();
    ImageShape shape = new ImageShape(1, 1, values);
    if (all.length == 0) {
      throw new DataException(file, "there are no rows of numbers", "give a table that has some");
    }
    int[] noLabels = new int[all.length / values];
    return new Dataset(
        file.toString(), shape, ClassLabels.upTo(1), new Pixels.Floats(all), noLabels);
  }

  private void parse(byte[] bytes) {
    int start = startsWithMark(bytes) ? 3 : 0;
    Reader text =
        new InputStreamReader(
            new ByteArrayInputStream(bytes, start, bytes.length - start),
            StandardCharsets.UTF_8.newDecoder());
    try (CsvReader<CsvRecord> rows =
        CsvReader.builder()
            .fieldSeparator(separator(bytes))
            .skipEmptyLines(true)
            .allowMissingFields(true) // said here, with the number of the row
            .allowExtraFields(true)
            .ofCsvRecord(text)) {
      for (CsvRecord row : rows) {
        add(row);
      }
    } catch (CharacterCodingException e) {
      throw notText(e);
    } catch (UncheckedIOException e) {
      throw notText(Objects.requireNonNull(e.getCause()));
    } catch (CsvParseException e) {
      if (e.getCause() instanceof IOException cause) {
        throw notText(cause);
      }
      throw new DataException(file, "its fields or quotes cannot be told apart", MEND, e);
    } catch (IOException e) {
      throw new DataException(file, "cannot be read (" + DataException.reason(e) + ")", MEND, e);
    }
    if (columns == 0) {
      throw new DataException(file, "the file has no rows", "give a table that has some");
    }
  }

  private DataException notText(IOException cause) {
    return new DataException(file, "its text is not in UTF-8", "save it as CSV in UTF-8", cause);
  }

  private static boolean startsWithMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  /** The commonest of comma, semicolon and tab in the first line. */
  private static char separator(byte[] bytes) {
    int commas = 0;
    int semicolons = 0;
    int tabs = 0;
    boolean quoted = false;
    for (byte b : bytes) {
      if (b == '"') {
        quoted = !quoted;
      } else if (!quoted && (b == '\n' || b == '\r')) {
        break;
      } else if (!quoted) {
        commas += b == ',' ? 1 : 0;
        semicolons += b == ';' ? 1 : 0;
        tabs += b == '\t' ? 1 : 0;
      }
    }
    return tabs > Math.max(commas, semicolons) ? '\t' : semicolons > commas ? ';' : ',';
  }

  private void add(CsvRecord row) {
    if (columns == 0) {
      columns = row.getFieldCount();
      label = columns == wanted ? NO_LABELS : labelOf(row);
      if (isHeader(row)) {
        names = row.getFields();
        checkLabelName();
        return;
      }
      if (!labelColumn.isEmpty() && label != NO_LABELS && byNumber() < 0) {
        throw noColumn();
      }
    }
    if (row.getFieldCount() != columns) {
      throw wrong(row, "has " + row.getFieldCount() + " fields, but the first row has " + columns);
    }
    for (int c = 0; c < columns; c++) {
      if (c == label) {
        labels.add(labelText(row));
      } else {
        values.add(number(row, c));
      }
    }
  }

  private int labelOf(CsvRecord first) {
    if (wanted > 0 && columns != wanted + 1) {
      throw wrong(
          first, "has " + columns + " fields, but the model takes " + wanted + " values in a row");
    }
    if (columns < 2) {
      throw wrong(first, "has one field, but a label and at least one number are needed");
    }
    if (labelColumn.isEmpty()) {
      return columns - 1;
    }
    int number = byNumber();
    for (int c = 0; c < columns && number < 0; c++) {
      if (first.getField(c).strip().equals(labelColumn)) {
        number = c;
      }
    }
    if (number < 0) {
      throw noColumn();
    }
    return number;
  }

  /** The column that the option means as a number, or -1. */
  private int byNumber() {
    if (!labelColumn.matches("[1-9][0-9]{0,8}") || Integer.parseInt(labelColumn) > columns) {
      return -1;
    }
    return Integer.parseInt(labelColumn) - 1;
  }

  private DataException noColumn() {
    return new DataException(
        file,
        "there is no column " + Visible.brief(labelColumn),
        "give --label-column a name of the first row, or a number from 1 to " + columns);
  }

  /** A first row is a header if it has a text where numbers belong. */
  private boolean isHeader(CsvRecord first) {
    for (int c = 0; c < columns; c++) {
      if (c != label && !isNumber(first.getField(c))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNumber(String field) {
    return NUMBER.matcher(field.strip()).matches();
  }

  /** Refuses to guess where another column is called a label. */
  private void checkLabelName() {
    for (int c = 0; c < columns && labelColumn.isEmpty() && label != NO_LABELS; c++) {
      String name = names.get(c).strip();
      if (c != label && isUsual(name) && !isUsual(names.get(label).strip())) {
        throw new DataException(
            file,
            "the labels may be in the column "
                + Visible.brief(name)
                + " or in the last, "
                + Visible.brief(names.get(label)),
            "give --label-column " + name + ", or the name of another column");
      }
    }
  }

  private static boolean isUsual(String name) {
    return USUAL.contains(name.toLowerCase(Locale.ROOT));
  }

  private String labelText(CsvRecord row) {
    String text = row.getField(label).strip();
    if (text.isEmpty()) {
      throw wrong(row, "has no label");
    }
    return text;
  }

  private float number(CsvRecord row, int column) {
    String field = row.getField(column).strip();
    String where = "column " + (column + 1) + name(column);
    if (field.isEmpty()) {
      throw wrong(row, "has no number in " + where);
    }
    if (!isNumber(field)) {
      throw wrong(row, "has " + Visible.brief(field) + " in " + where + ", which is no number");
    }
    float value = Float.parseFloat(field);
    if (Float.isInfinite(value)) {
      throw wrong(row, "has " + Visible.brief(field) + " in " + where + ", which is too large");
    }
    return value;
  }

  private String name(int column) {
    return names.isEmpty() ? "" : " (" + Visible.brief(names.get(column)) + ")";
  }

  private DataException wrong(CsvRecord row, String what) {
    return new DataException(file, "line " + row.getStartingLineNumber() + " " + what, MEND);
  }
}
