package org.eqprop.examples.reproduce;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.stream.Stream;
import org.eqprop.examples.run.Names;

/** The tables of the paper whose figures are trainings. */
public enum PaperTable {
  /** Both methods on MNIST. */
  TABLE_1("table1", "Table 1"),
  /** Results of others on MNIST. */
  TABLE_2("table2", "Table 2");

  private final String id;
  private final String title;

  PaperTable(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /**
   * The table named {@code name}.
   *
   * @throws org.eqprop.examples.run.UsageException if there is none, with the nearest name
   */
  @JsonCreator
  public static PaperTable of(String name) {
    return Names.constant("table", values(), PaperTable::id, name);
  }

  /** The name in commands and files: {@code table1}. */
  @JsonValue
  public String id() {
    return id;
  }

  /** What the paper calls it. */
  public String title() {
    return title;
  }

  /** The rows that are built, in the paper's order. */
  public List<PaperRow> rows() {
    return Stream.of(PaperRow.values()).filter(row -> row.table() == this).toList();
  }
}
