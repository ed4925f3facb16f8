package org.eqprop.examples.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one of the entries {@code layers} or {@code connections} of a configuration.
 *
 * @param place {@code layers.0}
 * @param node what is written there
 * @param subject the beginning of a message: {@code The layer 'h1'}
 */
record EntryReader(String place, JsonNode node, String subject) {
  private static final Pattern LAYER_NAME = Pattern.compile("[A-Za-z0-9_-]{1,60}");
  private static final Pattern CONNECTION_NAME = Pattern.compile("[A-Za-z0-9._-]{1,60}");

  /**
   * A reader of an entry without a known name.
   *
   * @throws EntryException in one sentence, if it is no table
   */
  EntryReader(String place, JsonNode node) {
    this(place, node, subject(place));
    if (!node.isObject()) {
      throw new EntryException(
          place, "the entry " + node + " is no table; write [[" + kind(place) + "]] above it.");
    }
  }

  private static String kind(String place) {
    return place.replaceFirst("\\..*", "");
  }

  /** As in {@code layer 2}: people count from 1. */
  private static String subject(String place) {
    String kind = kind(place);
    String one = kind.substring(0, kind.length() - 1);
    return place.equals(kind)
        ? "a " + one
        : one + " " + (Integer.parseInt(place.substring(kind.length() + 1)) + 1);
  }

  /** The same with a name for messages. */
  EntryReader called(String name) {
    String kind = kind(place);
    return new EntryReader(
        place, node, "the " + kind.substring(0, kind.length() - 1) + " '" + name + "'");
  }

  /** The value of a key, or null. */
  @Nullable JsonNode get(String key) {
    return node.get(key);
  }

  /** A refusal of this entry, for a key of it, whose message begins with its name. */
  EntryException refuse(String key, String rest) {
    return new EntryException(place + "." + key, subject + rest);
  }

  /**
   * Checks that there are no other keys.
   *
   * @throws EntryException in one sentence, if there are
   */
  void onlyKeys(List<String> keys) {
    for (var entry : node.properties()) {
      if (!keys.contains(entry.getKey())) {
        throw refuse(
            entry.getKey(),
            " has the key '"
                + entry.getKey()
                + "', but its keys are "
                + String.join(", ", keys)
                + "; entries of the whole configuration stand above the first [["
                + kind(place)
                + "]]."
                + Names.suggestion(entry.getKey(), keys));
      }
    }
  }

  /** A text, or null. */
  @Nullable String text(String key) {
    JsonNode value = node.get(key);
    if (value != null && !value.isTextual()) {
      throw refuse(key, " has " + key + " = " + value + "; it must be a text in quotes.");
    }
    return value == null ? null : value.asText();
  }

  /** A text that has to be there. */
  String required(String key) {
    String text = text(key);
    if (text == null) {
      throw new EntryException(place, subject + " has no " + key + "; write " + key + " = \"…\".");
    }
    return text;
  }

  /** A layer's name, which has to be there. */
  String layerName(String key) {
    return checked(key, required(key), LAYER_NAME, "");
  }

  /** A connection's name, or the usual one. */
  String connectionName(String key, String usual) {
    String text = text(key);
    return text == null ? usual : checked(key, text, CONNECTION_NAME, ", points");
  }

  private String checked(String key, String text, Pattern pattern, String more) {
    if (!pattern.matcher(text).matches()) {
      throw refuse(
          key,
          " has the name '"
              + text
              + "'; names are 1 to 60 letters (a to z), digits"
              + more
              + ", hyphens and underscores.");
    }
    return text;
  }

  /** A whole number from 1 on. */
  int whole(String key, JsonNode value, int most) {
    boolean whole = value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
    if (!whole || value.doubleValue() < 1 || value.doubleValue() > most) {
      throw refuse(
          key,
          " has "
              + key
              + " = "
              + shown(value)
              + "; it must be a whole number from 1 to "
              + most
              + ".");
    }
    return value.intValue();
  }

  /** NaN has quotes in JSON. */
  private static String shown(JsonNode value) {
    return value.isNumber() ? value.asText() : value.toString();
  }

  /** A number, or null. */
  @Nullable Double number(String key) {
    JsonNode value = node.get(key);
    if (value != null && !value.isNumber()) {
      throw refuse(key, " has " + key + " = " + value + "; it must be a number.");
    }
    return value == null ? null : value.doubleValue();
  }
}
