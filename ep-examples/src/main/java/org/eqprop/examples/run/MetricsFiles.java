package org.eqprop.examples.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.store.AtomicFiles;

/** Writes a run's metrics, one line an epoch, as CSV and as JSON lines. Small, so written whole. */
final class MetricsFiles {
  private static final ObjectWriter LINES =
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
        values.add(value.asText());
      }
      csv.append(String.join(",", values)).append('\n');
      json.append(text(fields)).append('\n');
    }
    AtomicFiles.write(folder.resolve("metrics.csv"), bytes(csv));
    AtomicFiles.write(folder.resolve("metrics.jsonl"), bytes(json));
  }

  private static String text(ObjectNode fields) {
    try {
      return LINES.writeValueAsString(fields);
    } catch (JsonProcessingException thrown) {
      throw new IllegalStateException(thrown);
    }
  }

  private static ByteBuffer bytes(StringBuilder text) {
    return ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
