package org.eqprop.examples.run;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In which line of a file an entry stands: {@code epochs}, {@code layers}, {@code layers.0} or
 * {@code layers.0.units}.
 */
final class EntryLines {
  private static final Pattern NAME = Pattern.compile("\\s*\"?([\\w-]+)\"?\\s*=.*");
  private static final Pattern TABLE =
      Pattern.compile("\\s*(\\[\\[?)\\s*\"?([\\w-]+)\"?\\s*\\]\\]?\\s*(#.*)?");

  private EntryLines() {}

  /**
   * The lines of a TOML file's entries.
   *
   * @param example has all names of a configuration
   */
  static Map<String, Integer> ofToml(String text, ObjectNode example) {
    Map<String, Integer> lines = new HashMap<>();
    Map<String, Integer> counts = new HashMap<>();
    String table = "";
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      Matcher header = TABLE.matcher(line);
      Matcher name = NAME.matcher(line);
      if (header.matches()) {
        table = ConfigEntries.name(header.group(2), example);
        lines.putIfAbsent(table, number);
        if (header.group(1).length() == 2) {
          table += "." + (counts.merge(table, 1, Integer::sum) - 1);
          lines.putIfAbsent(table, number);
        }
      } else if (name.matches()) {
        String key =
            table.isEmpty()
                ? ConfigEntries.name(name.group(1), example)
                : table + "." + name.group(1);
        lines.putIfAbsent(key, number);
      }
    }
    return lines;
  }

  /**
   * The lines of a JSON file's entries.
   *
   * @param example has all names of a configuration
   */
  static Map<String, Integer> ofJson(String text, ObjectMapper json, ObjectNode example) {
    Map<String, Integer> lines = new HashMap<>();
    try (JsonParser parser = json.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String path = parser.getParsingContext().pathAsPointer().toString();
        if (!path.isEmpty() && (token == JsonToken.FIELD_NAME || token == JsonToken.START_OBJECT)) {
          String key = path.substring(1).replace('/', '.');
          lines.putIfAbsent(
              key.contains(".") ? key : ConfigEntries.name(key, example),
              parser.currentTokenLocation().getLineNr());
        }
      }
    } catch (IOException notValid) {
      // the file has been read before, so it is valid
      return lines;
    }
    return lines;
  }

  /** The line of a TOML file where a name stands for the second time in its table. */
  static int repetition(List<String> lines, int otherwise) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      if (TABLE.matcher(lines.get(i)).matches()) {
        names.clear();
      }
      Matcher name = NAME.matcher(lines.get(i));
      if (name.matches() && !names.add(name.group(1))) {
        return i + 1;
      }
    }
    return otherwise;
  }
}
