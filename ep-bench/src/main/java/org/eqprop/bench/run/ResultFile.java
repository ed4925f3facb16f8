package org.eqprop.bench.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.eqprop.core.internal.file.AtomicFiles;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/**
 * One JSON file: {@code format}, {@code suite}, {@code machine} and {@code results}, which is the
 * array that JMH writes, and {@code memory} where that was measured; each of its elements has our
 * {@code name}, {@code workers}, {@code flop} and {@code others} (the processors that others used
 * during each fork) besides, and lacks the paths and options of the JVM.
 */
final class ResultFile {
  /** The version of the layout. */
  static final int FORMAT = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ResultFile() {}

  static void write(
      Path file, String suite, Machine machine, Rounds rounds, List<Footprint> memory) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("suite", suite);
    root.set("machine", JSON.valueToTree(machine));
    if (!memory.isEmpty()) {
      root.set("memory", JSON.valueToTree(memory));
    }
    ArrayNode results = root.putArray("results");
    for (Row row : rounds.rows()) {
      ObjectNode result = results.addObject();
      result.put("name", row.name());
      result.put("workers", row.threads());
      result.put("flop", row.flop());
      result.set("others", JSON.valueToTree(rounds.loads(row)));
      result.setAll(jmh(rounds.result(row)));
      result.remove(List.of("jvm", "jvmArgs"));
    }
    try {
      AtomicFiles.write(file, ByteBuffer.wrap(JSON.writeValueAsBytes(root)));
    } catch (JsonProcessingException thrown) {
      throw new IllegalStateException(thrown);
    }
  }

  private static ObjectNode jmh(RunResult result) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(List.of(result));
    }
    try {
      JsonNode array = JSON.readTree(bytes.toByteArray());
      return (ObjectNode) array.get(0);
    } catch (IOException thrown) {
      throw new IllegalStateException(thrown);
    }
  }
}
