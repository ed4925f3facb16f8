package org.eqprop.examples.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.AtomicFiles;
import org.eqprop.core.internal.file.Visible;
import org.jspecify.annotations.Nullable;

/** Writes a run's metrics, one line an epoch, as CSV and as JSON lines. Small, so written whole. */
final class MetricsFiles {
  static final String CSV = "metrics.csv";
  static final String LINES = "metrics.jsonl";
  private static final String ANGLES = "angles";

  private static final ObjectWriter ONE_LINE =
      Configs.JSON.writer().without(SerializationFeature.INDENT_OUTPUT);

  private MetricsFiles() {}

  static void write(Path folder, List<EpochMetrics> metrics) {
    StringBuilder csv = new StringBuilder();
    StringBuilder json = new StringBuilder();
    for (EpochMetrics line : metrics) {
      ObjectNode fields = Configs.JSON.valueToTree(line);
      if (csv.isEmpty()) {
        List<String> names = new ArrayList<>();
        fields.fieldNames().forEachRemaining(names::add);
        csv.append(String.join(",", names)).append('\n');
      }
      List<String> values = new ArrayList<>();
      for (JsonNode value : fields) {
        values.add(cell(value));
      }
      csv.append(String.join(",", values)).append('\n');
      json.append(text(fields)).append('\n');
    }
    AtomicFiles.write(folder.resolve(CSV), bytes(csv));
    AtomicFiles.write(folder.resolve(LINES), bytes(json));
  }

  /** A value as one cell: those of a list with spaces between them. */
  private static String cell(JsonNode value) {
    return value.isArray()
        ? value.valueStream().map(JsonNode::asText).collect(Collectors.joining(" "))
        : value.asText();
  }

  /**
   * The metrics of the first {@code epochs} epochs; fewer if there are fewer.
   *
   * @throws StoreException if the file is damaged
   */
  static List<EpochMetrics> read(Path folder, int epochs) {
    Path file = folder.resolve(LINES);
    if (!Files.exists(file)) {
      return List.of();
    }
    List<EpochMetrics> metrics;
    try {
      String text = TextFile.read(file, RunFolder.MOST_METRICS);
      metrics = text.lines().limit(epochs).map(line -> sound(file, line)).toList();
    } catch (IOException thrown) {
      throw new StoreException("Cannot read " + file + ": it is missing or damaged.");
    }
    for (int i = 0; i < metrics.size(); i++) {
      if (metrics.get(i).epoch() != i + 1 || !metrics.get(i).isPossible()) {
        throw new StoreException(
            "Line "
                + (i + 1)
                + " of "
                + file
                + " cannot be the metrics of epoch "
                + (i + 1)
                + "; restore it from a copy.");
      }
    }
    return metrics;
  }

  private static EpochMetrics sound(Path file, String line) {
    EpochMetrics metrics = parse(line);
    if (metrics == null) {
      throw new StoreException(
          "A line of "
              + file
              + " is damaged ("
              + Visible.brief(line)
              + "); restore it from a copy.");
    }
    return metrics;
  }

  /** The metrics as one text without times, the same for the same run. */
  static String timeless(List<EpochMetrics> metrics) {
    ArrayNode all = Configs.JSON.createArrayNode();
    for (EpochMetrics line : metrics) {
      ObjectNode fields = Configs.JSON.valueToTree(line);
      fields.remove(List.of("seconds", "samplesPerSecond"));
      all.add(fields);
    }
    return text(all);
  }

  /**
   * Reads what {@link #timeless} has written; the times are NaN.
   *
   * @throws StoreException if it is something else
   */
  static List<EpochMetrics> readTimeless(String text) {
    try {
      List<EpochMetrics> metrics = new ArrayList<>();
      for (JsonNode line : Configs.JSON.readTree(text)) {
        ObjectNode fields = (ObjectNode) line;
        fields.put("seconds", Double.NaN).put("samplesPerSecond", Double.NaN);
        metrics.add(Configs.JSON.treeToValue(fields, EpochMetrics.class));
      }
      return metrics;
    } catch (JsonProcessingException | ClassCastException thrown) {
      throw new StoreException("The metrics of the checkpoint are damaged: " + text + ".");
    }
  }

  /**
   * The metrics that a checkpoint knows, with their times, which only the files have. Files that
   * say something else about these epochs are written anew.
   *
   * @param known without times
   * @param complaint hears if files are mended
   */
  static List<EpochMetrics> restore(
      Path folder, List<EpochMetrics> known, Consumer<String> complaint) {
    List<@Nullable EpochMetrics> lines = lines(folder.resolve(LINES));
    List<@Nullable EpochMetrics> rows = rows(folder.resolve(CSV));
    List<EpochMetrics> metrics = new ArrayList<>();
    boolean same = true;
    for (int i = 0; i < known.size(); i++) {
      EpochMetrics line = trusted(lines, i, known.get(i));
      EpochMetrics row = trusted(rows, i, known.get(i));
      same &= line != null && line.equals(row);
      metrics.add(line != null ? line : row != null ? row : known.get(i));
    }
    if (!same) {
      complaint.accept(
          "The metrics in "
              + folder
              + " are not those of the checkpoint; "
              + LINES
              + " and "
              + CSV
              + " are written anew from it.");
      write(folder, metrics);
    }
    return metrics;
  }

  private static @Nullable EpochMetrics trusted(
      List<@Nullable EpochMetrics> read, int i, EpochMetrics known) {
    EpochMetrics found = i < read.size() ? read.get(i) : null;
    if (found == null || !found.timeless().equals(known)) {
      return null;
    }
    return found.hasTimes() || found.equals(known) ? found : null;
  }

  private static List<@Nullable EpochMetrics> lines(Path file) {
    List<@Nullable EpochMetrics> metrics = new ArrayList<>();
    for (String line : text(file)) {
      metrics.add(parse(line));
    }
    return metrics;
  }

  private static List<@Nullable EpochMetrics> rows(Path file) {
    List<@Nullable EpochMetrics> metrics = new ArrayList<>();
    List<String> lines = text(file);
    String[] names = lines.isEmpty() ? new String[0] : lines.get(0).split(",", -1);
    for (int i = 1; i < lines.size(); i++) {
      String[] values = lines.get(i).split(",", -1);
      StringBuilder json = new StringBuilder();
      for (int n = 0; n < names.length && n < values.length; n++) {
        String value = values[n].equals("NaN") ? "\"NaN\"" : values[n];
        if (names[n].equals(ANGLES)) {
          value = "[" + value.replace(' ', ',') + "]";
        }
        json.append(n == 0 ? "{\"" : ",\"").append(names[n]).append("\":").append(value);
      }
      metrics.add(values.length == names.length ? parse(json.append('}').toString()) : null);
    }
    return metrics;
  }

  private static List<String> text(Path file) {
    try {
      return Files.exists(file)
          ? TextFile.read(file, RunFolder.MOST_METRICS).lines().toList()
          : List.of();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static @Nullable EpochMetrics parse(String json) {
    try {
      return Configs.JSON.readValue(json, EpochMetrics.class);
    } catch (JsonProcessingException damaged) {
      return null;
    }
  }

  private static String text(JsonNode fields) {
    try {
      return ONE_LINE.writeValueAsString(fields);
    } catch (JsonProcessingException thrown) {
      throw new IllegalStateException(thrown);
    }
  }

  private static ByteBuffer bytes(StringBuilder text) {
    return ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
