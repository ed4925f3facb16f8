package org.eqprop.examples.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Brings the entries of a configuration file into the form of {@link Config}, where they can be
 * meant in one way only: names as in the options, in capitals or with underscores; {@code 1.0} for
 * a whole number; one number for a list of one.
 */
final class ConfigEntries {
  /** The options of {@code ep train} that are no part of a configuration. */
  private static final List<String> OF_THE_COMMAND =
      List.of(
          "config",
          "trials",
          "threads",
          "out",
          "resume",
          "quiet",
          "json",
          "accept-changed-config",
          "accept-changed-data",
          "figure-width",
          "font-size",
          "font",
          "log-error");

  /** Those of them that have no value. */
  private static final List<String> FLAGS =
      List.of("quiet", "json", "accept-changed-config", "accept-changed-data", "log-error");

  private static final Map<String, String> LONG_NAMES =
      Map.of("free-steps", "t", "nudged-steps", "k", "settle-momentum", "momentum");

  private ConfigEntries() {}

  /**
   * Brings entries into the usual form. What has no such form stays as it is, and is refused later.
   *
   * @param example has all names, and values of their types
   * @param place where a name was written
   * @throws UsageException in one sentence, if an entry is there twice or belongs to the command
   *     line
   */
  static ObjectNode usual(ObjectNode given, ObjectNode example, UnaryOperator<String> place) {
    ObjectNode usual = given.objectNode();
    Map<String, String> written = new HashMap<>();
    for (var entry : given.properties()) {
      String name = name(entry.getKey(), example);
      String where = place.apply(name);
      String before = written.put(name, entry.getKey());
      if (before != null) {
        throw new UsageException(
            "In " + where + ", " + before + " and " + entry.getKey() + " are the same; keep one.");
      }
      JsonNode type = example.get(name);
      if (type == null) {
        checkPlace(name, entry.getValue(), where);
      }
      usual.set(name, type == null ? entry.getValue() : value(entry.getValue(), type));
    }
    return usual;
  }

  /** The usual name of an entry, or what was written if there is none. */
  static String name(String written, ObjectNode example) {
    String plain = written.toLowerCase(Locale.ROOT).replace('_', '-').replaceFirst("^--?", "");
    String name = LONG_NAMES.getOrDefault(plain, plain);
    if (example.has(written)) {
      return written;
    }
    for (var entry : example.properties()) {
      if (joined(entry.getKey()).equalsIgnoreCase(joined(name))) {
        return entry.getKey();
      }
    }
    return OF_THE_COMMAND.contains(name) ? name : written;
  }

  /** A name without hyphens: {@code solver-options} is {@code solverOptions}. */
  private static String joined(String name) {
    return name.replace("-", "");
  }

  private static void checkPlace(String name, JsonNode value, String where) {
    if (OF_THE_COMMAND.contains(name)) {
      boolean flag = FLAGS.contains(name);
      throw new UsageException(
          "In "
              + where
              + ", "
              + name
              + " is no hyperparameter; give it on the command line: --"
              + name
              + (flag ? "" : " " + value.asText("VALUE"))
              + ".");
    }
    if (value.isObject()) {
      throw new UsageException(
          "There is no hyperparameter '"
              + name
              + "' ("
              + where
              + "); write the entries without a table, without the line ["
              + name
              + "].");
    }
  }

  private static JsonNode value(JsonNode value, JsonNode type) {
    if (type.isArray()) {
      var list = Configs.JSON.createArrayNode();
      if (!value.isArray()) {
        return value.isNumber() ? list.add(value(value, type.get(0))) : value;
      }
      value.forEach(item -> list.add(value(item, type.get(0))));
      return list;
    }
    boolean fraction = value.isFloatingPointNumber() && Double.isFinite(value.doubleValue());
    return type.isIntegralNumber() && fraction ? whole(value) : value;
  }

  /** The same number without a point, or what was given if it is no whole number. */
  private static JsonNode whole(JsonNode value) {
    BigDecimal exact = value.decimalValue();
    if (Math.abs((long) exact.scale()) > Long.SIZE) {
      return value;
    }
    try {
      BigInteger integer = exact.toBigIntegerExact();
      return integer.bitLength() < Integer.SIZE
          ? Configs.JSON.getNodeFactory().numberNode(integer.intValue())
          : Configs.JSON.getNodeFactory().numberNode(integer);
    } catch (ArithmeticException fraction) {
      return value;
    }
  }
}
