package org.eqprop.examples.reproduce;

import java.util.Locale;

/**
 * One cell of a table.
 *
 * @param row its row
 * @param method how it is trained
 */
public record Cell(PaperRow row, Method method) {

  /** The name of its folder: {@code p-1h-ep}. */
  public String id() {
    return row.id() + "-" + method.id();
  }

  /** The name for people: {@code p-1h EP}. */
  public String title() {
    return row.id() + " " + method.id().toUpperCase(Locale.ROOT);
  }

  /** What the paper reports. */
  public Reported reported() {
    return row.reported(method);
  }
}
