package org.eqprop.examples.run;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eqprop.core.internal.file.AtomicFiles;

/**
 * A configuration that a user wrote: TOML, or JSON as in a run's own {@code config.json}.
 *
 * @param path the file
 * @param entries what it says, in the usual form
 * @param lines the lines where names stand
 */
record ConfigFile(Path path, ObjectNode entries, Map<String, Integer> lines) {
  /** A configuration has about a kilobyte. */
  private static final int MOST_BYTES = 1 << 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Pattern YAML = Pattern.compile("\\s*([\\w-]+)\\s*:\\s+(\\S.*)");
  private static final Pattern COMMA =
      Pattern.compile("\\s*([\\w-]+)\\s*=\\s*([+-]?\\d+),(\\d+)\\s*(#.*)?");
  private static final Pattern UNQUOTED =
      Pattern.compile("\\s*([\\w-]+)\\s*=\\s*([A-Za-z][\\w./-]*)\\s*(#.*)?");
  private static final Pattern NOTHING = Pattern.compile("\\s*([\\w-]+)\\s*=\\s*(#.*)?");
  private static final Pattern PARSERS_NAME = Pattern.compile("[A-Z]{2,}_[A-Z]");

  /** Copies the lines. */
  ConfigFile {
    lines = Map.copyOf(lines);
  }

  /**
   * Reads a file.
   *
   * @param example has all names, and values of their types
   * @throws UsageException in one sentence, if it cannot be read or understood
   */
  static ConfigFile read(Path file, ObjectNode example) {
    String text = text(file);
    ObjectNode written = parse(file, text);
    Map<String, Integer> lines =
        isJson(file, text)
            ? EntryLines.ofJson(text, JSON, example)
            : EntryLines.ofToml(text, example);
    ConfigFile places = new ConfigFile(file, written, lines);
    return new ConfigFile(
        file, ConfigEntries.usual(written, example, places::place), places.lines());
  }

  /** The file, and the line where a name, or what it is part of, stands if that is known. */
  String place(String name) {
    Integer line = lines.get(name);
    int last = name.lastIndexOf('.');
    if (line == null && last > 0) {
      return place(name.substring(0, last));
    }
    return line == null ? path.toString() : path + ", line " + line;
  }

  private static boolean isJson(Path file, String text) {
    return text.stripLeading().startsWith("{") || file.toString().endsWith(".json");
  }

  private static ObjectNode parse(Path file, String text) {
    boolean json = isJson(file, text);
    String kind = json ? "JSON" : "TOML";
    try {
      JsonNode tree = json ? JSON.readTree(text) : new TomlMapper().readTree(text);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw new UsageException(
          "The file "
              + file
              + " has no entries: its JSON is no object; write {\"name\": value, …}.");
    } catch (StreamConstraintsException | StackOverflowError deep) {
      throw new UsageException(
          "The file " + file + " has brackets within brackets, too many to be a configuration.");
    } catch (JsonProcessingException thrown) {
      throw invalid(file, kind, text, thrown);
    }
  }

  private static String text(Path file) {
    try {
      return TextFile.readOrPipe(file, MOST_BYTES);
    } catch (TextFile.Malformed thrown) {
      throw new UsageException("The file " + file + " is not valid: " + thrown.getMessage() + ".");
    } catch (IOException thrown) {
      throw new UsageException("Cannot read " + file + ": " + AtomicFiles.reason(thrown) + ".");
    }
  }

  private static UsageException invalid(
      Path file, String kind, String text, JsonProcessingException thrown) {
    List<String> lines = text.lines().toList();
    String said = String.valueOf(thrown.getOriginalMessage()).lines().findFirst().orElse("");
    JsonLocation location = thrown.getLocation();
    int number = location == null ? 1 : Math.clamp(location.getLineNr(), 1, lines.size());
    String reason;
    if (said.startsWith("Duplicate")) {
      number = EntryLines.repetition(lines, number);
      reason = "Duplicate key. A name may stand there once";
    } else if (said.startsWith("Newline not permitted") && text.indexOf('\n') < 0) {
      reason = "its lines end with CR alone; save it with LF or CRLF";
    } else {
      reason = hint(lines.get(number - 1), said);
    }
    return new UsageException(
        "The file "
            + file
            + " is not valid "
            + kind
            + " in line "
            + number
            + ": "
            + reason
            + (reason.matches(".*[.?!]") ? "" : "."));
  }

  /** What to write instead of a line. */
  private static String hint(String line, String said) {
    Matcher yaml = YAML.matcher(line);
    if (yaml.matches()) {
      return "write 'name = value' in place of 'name: value', and texts in quotes";
    }
    Matcher comma = COMMA.matcher(line);
    if (comma.matches()) {
      return "numbers have a decimal point; write "
          + comma.group(1)
          + " = "
          + comma.group(2)
          + "."
          + comma.group(3);
    }
    Matcher unquoted = UNQUOTED.matcher(line);
    if (unquoted.matches()) {
      return "texts have quotes; write " + unquoted.group(1) + " = \"" + unquoted.group(2) + "\"";
    }
    Matcher nothing = NOTHING.matcher(line);
    if (nothing.matches()) {
      return nothing.group(1) + " has no value";
    }
    // The parser's own names are not the user's words.
    return said.equals("Unknown token") || PARSERS_NAME.matcher(said).find()
        ? "write 'name = value'"
        : said;
  }
}
