package org.eqprop.examples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.internal.file.Visible;

/**
 * A part of a result as values that have ranges. What is missing or out of range is refused in one
 * sentence with its place, such as {@code results[3].workers}.
 *
 * @param node the part
 * @param place where it is; empty for the whole
 */
record Figures(JsonNode node, String place) {
  private static final int MOST_WORKERS = 1 << 16;

  /** An entry of this part, which may be missing. */
  Figures at(String name) {
    return new Figures(node.path(name), place.isEmpty() ? name : place + "." + name);
  }

  /** Whether it is there. */
  boolean exists() {
    return !node.isMissingNode();
  }

  /**
   * The items of a list; of one that is missing there are none.
   *
   * @throws IllegalArgumentException if it is something else
   */
  List<Figures> items() {
    if (exists() && !node.isArray()) {
      throw refused("a list");
    }
    List<Figures> items = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      items.add(new Figures(node.get(i), place + "[" + i + "]"));
    }
    return items;
  }

  /** The same of a list that has to have items. */
  List<Figures> some() {
    List<Figures> items = items();
    if (items.isEmpty()) {
      throw refused("a list that is not empty");
    }
    return items;
  }

  /** A text that is not empty, if {@code needed}. */
  String text(boolean needed) {
    if (!node.isTextual() || (needed && node.asText().isBlank())) {
      throw refused("a text");
    }
    return node.asText();
  }

  /** The one text that it can be. */
  void only(String wanted) {
    if (!text(true).equals(wanted)) {
      throw refused('"' + wanted + '"');
    }
  }

  /** A moment such as {@code 2026-11-26T13:07:26Z}. */
  String moment() {
    try {
      return Instant.parse(text(true)).toString();
    } catch (DateTimeParseException none) {
      throw refused("a time in UTC such as 2026-11-26T13:07:26Z");
    }
  }

  /** A number of threads or processors. */
  int workers() {
    return whole(MOST_WORKERS);
  }

  /** A whole number from 1 to {@code most}. */
  int whole(int most) {
    if (!node.isInt() || node.asInt() < 1 || node.asInt() > most) {
      throw refused("a whole number from 1 to " + most);
    }
    return node.asInt();
  }

  /** A whole number of at least 0. */
  long count() {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0) {
      throw refused("a whole number of at least 0");
    }
    return node.asLong();
  }

  /** A finite number above 0: a time, or a peak. */
  double positive() {
    double value = node.isNumber() ? node.asDouble() : Double.NaN;
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw refused("a finite number above 0");
    }
    return value;
  }

  /** A finite number of at least 0. */
  double notNegative() {
    double value = node.isNumber() ? node.asDouble() : Double.NaN;
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw refused("a finite number of at least 0");
    }
    return value;
  }

  private IllegalArgumentException refused(String wanted) {
    String given = exists() ? "is " + Visible.brief(node.toString()) : "is missing";
    return new IllegalArgumentException(place + " " + given + "; it must be " + wanted);
  }
}
