package org.eqprop.core.settle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of a solver as names and texts, read with checks that name the solver. */
record Options(String solver, Map<String, String> texts) {
  static final String SCHEDULE = "schedule";
  static final String OMEGA = "omega";
  static final String MOMENTUM = "momentum";

  /** A map from names and texts in turn, in their order. */
  static Map<String, String> of(String... namesAndTexts) {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      options.put(namesAndTexts[i], namesAndTexts[i + 1]);
    }
    return Collections.unmodifiableMap(options);
  }

  /**
   * The same, if all names are among {@code known}.
   *
   * @throws IllegalArgumentException if not
   */
  Options check(String... known) {
    List<String> names = List.of(known);
    for (String name : texts.keySet()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "The solver "
                + solver
                + " has no option '"
                + name
                + "'; it has "
                + (names.isEmpty() ? "none" : String.join(", ", names))
                + ".");
      }
    }
    return this;
  }

  /** The schedule, or synchronous if none is given. */
  Schedule schedule() {
    String text = texts.getOrDefault(SCHEDULE, Schedule.SYNCHRONOUS.id());
    for (Schedule schedule : Schedule.values()) {
      if (schedule.id().equals(text)) {
        return schedule;
      }
    }
    throw wrong(SCHEDULE, text, "synchronous or alternating");
  }

  /** A number. */
  double number(String name, double otherwise) {
    String text = texts.get(name);
    try {
      return text == null ? otherwise : Double.parseDouble(text);
    } catch (NumberFormatException thrown) {
      throw wrong(name, text, "a number");
    }
  }

  /** A whole number. */
  int whole(String name, int otherwise) {
    String text = texts.get(name);
    try {
      return text == null ? otherwise : Integer.parseInt(text);
    } catch (NumberFormatException thrown) {
      throw wrong(name, text, "a whole number");
    }
  }

  private IllegalArgumentException wrong(String name, String text, String right) {
    return new IllegalArgumentException(
        "The option "
            + name
            + " of the solver "
            + solver
            + " is '"
            + text
            + "'; it must be "
            + right
            + ".");
  }
}
