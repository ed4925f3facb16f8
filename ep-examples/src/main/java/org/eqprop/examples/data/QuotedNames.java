package org.eqprop.examples.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Names in one text, each in double quotes; a backslash stands before a quote or a backslash. */
final class QuotedNames {
  private QuotedNames() {}

  /** Returns such as {@code "cat" "dog"}. */
  static String text(List<String> names) {
    return names.stream()
        .map(name -> '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(" "));
  }

  /**
   * Reads what {@link #text} has written.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static List<String> parse(String text) {
    List<String> names = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      if (!names.isEmpty() && text.charAt(at++) != ' ') {
        throw wrong(text);
      }
      StringBuilder name = new StringBuilder();
      at = quoted(text, at, name);
      names.add(name.toString());
    }
    return names;
  }

  /** Reads a name; returns where its closing quote ends. */
  private static int quoted(String text, int from, StringBuilder name) {
    if (from >= text.length() || text.charAt(from) != '"') {
      throw wrong(text);
    }
    for (int at = from + 1; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        return at + 1;
      }
      if (c == '\\') {
        at++;
        if (at == text.length() || (text.charAt(at) != '"' && text.charAt(at) != '\\')) {
          throw wrong(text);
        }
        c = text.charAt(at);
      }
      name.append(c);
    }
    throw wrong(text);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(text + " are no names in quotes");
  }
}
