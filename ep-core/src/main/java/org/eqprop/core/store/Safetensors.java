package org.eqprop.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eqprop.core.tensor.Shape;

/**
 * Named float32 and float64 tensors and string metadata in a safetensors file: 8 bytes of
 * little-endian header length, a JSON header, the tensors' little-endian data.
 *
 * <p>Files written here are canonical (names in order, no gaps), so equal content is equal bytes,
 * and carry a SHA-256 of header and data in the metadata entry {@value #CHECKSUM}, which is checked
 * on reading. Files without it, from other programs, are read unchecked.
 */
public final class Safetensors {
  /** The metadata entry with the SHA-256 of everything else. */
  public static final String CHECKSUM = "checksum";

  private static final String METADATA = "__metadata__";
  private static final int LENGTH_BYTES = 8;

  private final Map<String, String> metadata = new TreeMap<>();
  private final Map<String, Entry> entries = new TreeMap<>();

  /** A tensor's bytes, little-endian. */
  private record Entry(String type, Shape shape, ByteBuffer data) {}

  /** An empty container. */
  public Safetensors() {}

  /** The metadata; may be changed. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** Names of the tensors, in order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /** Adds a float32 tensor of row-major values. */
  public void put(String name, Shape shape, float[] values) {
    ByteBuffer bytes = buffer(shape.size() * Float.BYTES);
    bytes.asFloatBuffer().put(values, 0, shape.size());
    entries.put(name, new Entry("F32", shape, bytes));
  }

  /** Adds a float64 tensor of row-major values. */
  public void put(String name, Shape shape, double[] values) {
    ByteBuffer bytes = buffer(shape.size() * Double.BYTES);
    bytes.asDoubleBuffer().put(values, 0, shape.size());
    entries.put(name, new Entry("F64", shape, bytes));
  }

  /** Shape of a tensor. */
  public Shape shape(String name) {
    return entry(name).shape;
  }

  /** Row-major values as floats, rounded if stored as float64. */
  public float[] floats(String name) {
    Entry entry = entry(name);
    float[] values = new float[entry.shape.size()];
    ByteBuffer bytes = entry.data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.length; i++) {
      values[i] = entry.type.equals("F32") ? bytes.getFloat() : (float) bytes.getDouble();
    }
    return values;
  }

  /** Row-major values as doubles. */
  public double[] doubles(String name) {
    Entry entry = entry(name);
    double[] values = new double[entry.shape.size()];
    ByteBuffer bytes = entry.data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.length; i++) {
      values[i] = entry.type.equals("F32") ? bytes.getFloat() : bytes.getDouble();
    }
    return values;
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new StoreException("There is no tensor '" + name + "'; there are " + names() + ".");
    }
    return entry;
  }

  /**
   * Writes the file as a whole, with a checksum.
   *
   * @throws StoreException if it cannot be written
   */
  public void write(Path file) {
    metadata.remove(CHECKSUM);
    metadata.put(CHECKSUM, checksum());
    byte[] header = header().getBytes(StandardCharsets.UTF_8);
    ByteBuffer[] parts = new ByteBuffer[entries.size() + 2];
    parts[0] = buffer(LENGTH_BYTES).putLong(header.length).flip();
    parts[1] = ByteBuffer.wrap(header);
    int i = 2;
    for (Entry entry : entries.values()) {
      parts[i++] = entry.data.duplicate();
    }
    AtomicFiles.write(file, parts);
  }

  /**
   * Reads a file.
   *
   * @throws StoreException if it is missing, truncated, altered or not of this format
   */
  public static Safetensors read(Path file) {
    byte[] bytes;
    try {
      bytes = InputFiles.bytes(file);
    } catch (IOException thrown) {
      throw new StoreException(
          "Cannot read " + file + ": " + AtomicFiles.reason(thrown) + ".", thrown);
    }
    try {
      return parse(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    } catch (IllegalArgumentException | ArithmeticException thrown) {
      throw new StoreException(
          "Cannot use " + file + ": " + thrown.getMessage() + "; restore it from a copy.", thrown);
    }
  }

  private static Safetensors parse(ByteBuffer bytes) {
    long length = bytes.remaining() < LENGTH_BYTES ? -1 : bytes.getLong();
    if (length < 2 || length > bytes.remaining()) {
      throw new IllegalArgumentException("it is truncated or not a safetensors file");
    }
    byte[] header = new byte[(int) length];
    bytes.get(header);
    Safetensors container = new Safetensors();
    String text = new String(header, StandardCharsets.UTF_8);
    HeaderJson.parse(text).forEach((name, value) -> container.add(name, value, bytes));
    String expected = container.metadata.get(CHECKSUM);
    if (expected != null
        && !(expected.equals(container.checksum()) && text.equals(container.header()))) {
      throw new IllegalArgumentException("its checksum does not match, so it was altered");
    }
    return container;
  }

  private void add(String name, Object value, ByteBuffer bytes) {
    if (!(value instanceof Map<?, ?> fields)) {
      throw new IllegalArgumentException("its header entry '" + name + "' is no object");
    }
    if (name.equals(METADATA)) {
      fields.forEach((key, text) -> metadata.put(key.toString(), text.toString()));
      return;
    }
    List<?> dimensions = list(fields, "shape", name);
    List<?> offsets = list(fields, "data_offsets", name);
    String type = String.valueOf(fields.get("dtype"));
    int width = type.equals("F32") ? 4 : type.equals("F64") ? 8 : 0;
    if (width == 0) {
      throw new IllegalArgumentException(
          "its tensor '" + name + "' has type " + type + " instead of F32 or F64");
    }
    Shape shape = Shape.of(dimensions.stream().mapToInt(d -> Math.toIntExact((Long) d)).toArray());
    long begin = (Long) offsets.get(0);
    long end = (Long) offsets.get(1);
    if (begin < 0 || end > bytes.remaining() || end - begin != (long) shape.size() * width) {
      throw new IllegalArgumentException("it is truncated: '" + name + "' is not all there");
    }
    ByteBuffer data = bytes.slice(bytes.position() + (int) begin, (int) (end - begin));
    entries.put(name, new Entry(type, shape, data));
  }

  private static List<?> list(Map<?, ?> fields, String field, String name) {
    if (fields.get(field) instanceof List<?> values
        && values.stream().allMatch(Long.class::isInstance)
        && (!field.equals("data_offsets") || values.size() == 2)) {
      return values;
    }
    throw new IllegalArgumentException("its tensor '" + name + "' has no valid " + field);
  }

  private String checksum() {
    String kept = metadata.remove(CHECKSUM);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(header().getBytes(StandardCharsets.UTF_8));
      for (Entry entry : entries.values()) {
        digest.update(entry.data.duplicate());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException thrown) {
      throw new IllegalStateException("Every JDK has SHA-256.", thrown);
    } finally {
      if (kept != null) {
        metadata.put(CHECKSUM, kept);
      }
    }
  }

  private String header() {
    StringBuilder json = new StringBuilder("{\"" + METADATA + "\":{");
    String separator = "";
    for (Map.Entry<String, String> item : metadata.entrySet()) {
      json.append(separator);
      HeaderJson.quote(json, item.getKey());
      json.append(':');
      HeaderJson.quote(json, item.getValue());
      separator = ",";
    }
    json.append('}');
    long offset = 0;
    for (Map.Entry<String, Entry> item : entries.entrySet()) {
      Entry entry = item.getValue();
      json.append(',');
      HeaderJson.quote(json, item.getKey());
      json.append(":{\"dtype\":\"").append(entry.type).append("\",\"shape\":[");
      for (int i = 0; i < entry.shape.rank(); i++) {
        json.append(i == 0 ? "" : ",").append(entry.shape.dimension(i));
      }
      long end = offset + entry.data.remaining();
      json.append("],\"data_offsets\":[").append(offset).append(',').append(end).append("]}");
      offset = end;
    }
    json.append('}');
    int length = json.toString().getBytes(StandardCharsets.UTF_8).length;
    return json.append(" ".repeat(-length & (LENGTH_BYTES - 1))).toString();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
