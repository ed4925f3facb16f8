package org.eqprop.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
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
import java.util.stream.Collectors;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.AtomicFiles;
import org.eqprop.core.internal.file.InputFiles;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.core.tensor.Rows;
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

  /** Bytes that a header may have: room for a hundred thousand tensors. */
  private static final long MOST_HEADER = 1L << 24;

  /** Bytes that all tensors may have together: what fits into one array. */
  private static final long MOST_DATA = Integer.MAX_VALUE - 1024;

  /** Names that a message lists at most. */
  private static final int MENTIONED = 12;

  private final Map<String, String> metadata = new TreeMap<>();
  private final Map<String, Entry> entries = new TreeMap<>();

  /** A tensor's bytes, little-endian. */
  private record Entry(String type, Shape shape, ByteBuffer data) {}

  /** Where a tensor lies among the data. */
  private record Place(String name, String type, Shape shape, long begin, long end) {}

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

  /**
   * Adds a float32 tensor of row-major values.
   *
   * @throws IllegalArgumentException if there are not as many as the shape says
   */
  public void put(String name, Shape shape, float[] values) {
    checkLength(name, shape, values.length);
    ByteBuffer bytes = buffer(shape.size() * Float.BYTES);
    bytes.asFloatBuffer().put(values, 0, shape.size());
    entries.put(name, new Entry("F32", shape, bytes));
  }

  /**
   * Adds a float64 tensor of row-major values.
   *
   * @throws IllegalArgumentException if there are not as many as the shape says
   */
  public void put(String name, Shape shape, double[] values) {
    checkLength(name, shape, values.length);
    ByteBuffer bytes = buffer(shape.size() * Double.BYTES);
    bytes.asDoubleBuffer().put(values, 0, shape.size());
    entries.put(name, new Entry("F64", shape, bytes));
  }

  private static void checkLength(String name, Shape shape, int length) {
    if (length != shape.size()) {
      throw new IllegalArgumentException(
          "The tensor " + name + " of " + shape + " has " + length + " values.");
    }
  }

  /** Adds a float32 tensor of a row a sample. */
  public void put(String name, Rows rows) {
    ByteBuffer bytes = buffer(Math.multiplyExact(rows.count() * rows.size(), Float.BYTES));
    FloatBuffer floats = bytes.asFloatBuffer();
    for (int r = 0; r < rows.count(); r++) {
      floats.put(rows.data(), rows.index(r, 0), rows.size());
    }
    entries.put(name, new Entry("F32", Shape.of(rows.count(), rows.size()), bytes));
  }

  /** Reads a float32 tensor into as many rows. */
  public void read(String name, Rows into) {
    Entry entry = entry(name);
    Shape expected = Shape.of(into.count(), into.size());
    if (!entry.type.equals("F32") || !entry.shape.equals(expected)) {
      throw new StoreException("The tensor '" + name + "' has other values than " + expected + ".");
    }
    ByteBuffer bytes = entry.data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer floats = bytes.asFloatBuffer();
    for (int r = 0; r < into.count(); r++) {
      floats.get(into.data(), into.index(r, 0), into.size());
    }
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
      throw new StoreException("There is no tensor '" + name + "'; there are " + some() + ".");
    }
    return entry;
  }

  private String some() {
    String names =
        names().stream()
            .limit(MENTIONED)
            .map(Visible::brief)
            .collect(Collectors.joining(", ", "[", "]"));
    int more = entries.size() - MENTIONED;
    return more > 0 ? names + " and " + more + " more" : names;
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
   * Reads a file. The header is read and checked first, so that a file that is none of this format,
   * or does not have the length that its header says, costs nothing.
   *
   * @throws StoreException if it is missing, truncated, altered, longer than its tensors, too large
   *     or not of this format
   */
  public static Safetensors read(Path file) {
    try {
      InputFiles.requireFile(file);
      try (FileChannel channel = FileChannel.open(file)) {
        return parse(channel);
      }
    } catch (IOException thrown) {
      throw new StoreException(
          "Cannot read " + file + ": " + AtomicFiles.reason(thrown) + ".", thrown);
    } catch (IllegalArgumentException thrown) {
      throw new StoreException("Cannot use " + file + ": " + thrown.getMessage() + ".", thrown);
    }
  }

  private static Safetensors parse(FileChannel channel) throws IOException {
    long size = channel.size();
    long length = size < LENGTH_BYTES ? -1 : read(channel, LENGTH_BYTES).getLong();
    if (size <= LENGTH_BYTES) {
      throw new IllegalArgumentException(
          (size == 0 ? "it is empty" : "it is truncated or not a safetensors file")
              + "; restore it from a copy or give another");
    }
    // Nothing that is damaged: a file of another kind.
    if (read(channel, 1).get() != '{') {
      throw new IllegalArgumentException("it is not a safetensors file; give another");
    }
    channel.position(LENGTH_BYTES);
    if (length < 2 || length > size - LENGTH_BYTES) {
      throw new IllegalArgumentException("it is truncated; restore it from a copy");
    }
    long dataSize = size - LENGTH_BYTES - length;
    if (length > MOST_HEADER || dataSize > MOST_DATA) {
      throw new IllegalArgumentException(
          "it is too large: a header of "
              + length
              + " and tensors of "
              + dataSize
              + " bytes; at most "
              + MOST_HEADER
              + " and "
              + MOST_DATA
              + " are read");
    }
    String text = utf8(read(channel, (int) length));
    Safetensors container = new Safetensors();
    Map<Long, Place> places = new TreeMap<>();
    HeaderJson.parse(text).forEach((name, value) -> container.add(name, value, places));
    checkPlaces(places, dataSize);
    ByteBuffer data = read(channel, (int) dataSize);
    for (Place place : places.values()) {
      ByteBuffer own = data.slice((int) place.begin, (int) (place.end - place.begin));
      container.entries.put(place.name, new Entry(place.type, place.shape, own));
    }
    String expected = container.metadata.get(CHECKSUM);
    if (expected != null
        && !(expected.equals(container.checksum()) && text.equals(container.header()))) {
      throw new IllegalArgumentException(
          "its checksum does not match, so it was altered; restore it from a copy");
    }
    return container;
  }

  private static ByteBuffer read(FileChannel channel, int count) throws IOException {
    ByteBuffer bytes = buffer(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new IllegalArgumentException("it is truncated; restore it from a copy");
      }
    }
    return bytes.flip();
  }

  private static String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException thrown) {
      throw new IllegalArgumentException(
          "its header is no UTF-8 text; restore it from a copy", thrown);
    }
  }

  private void add(String name, Object value, Map<Long, Place> places) {
    String shown = Visible.brief(name);
    if (!(value instanceof Map<?, ?> fields)) {
      throw new IllegalArgumentException("its header entry '" + shown + "' is no object");
    }
    if (name.equals(METADATA)) {
      fields.forEach(
          (key, text) -> {
            if (!(text instanceof String)) {
              throw new IllegalArgumentException(
                  "its metadata entry '" + Visible.brief(key.toString()) + "' is no text");
            }
            metadata.put(key.toString(), text.toString());
          });
      return;
    }
    List<?> dimensions = list(fields, "shape", shown);
    List<?> offsets = list(fields, "data_offsets", shown);
    String type = String.valueOf(fields.get("dtype"));
    int width = type.equals("F32") ? 4 : type.equals("F64") ? 8 : 0;
    if (width == 0) {
      String given = Visible.brief(type);
      throw new IllegalArgumentException(
          "its tensor '" + shown + "' has type " + given + " instead of F32 or F64; convert it");
    }
    long begin = (Long) offsets.get(0);
    long end = (Long) offsets.get(1);
    Shape shape = shape(dimensions, shown);
    if (begin < 0 || end - begin != (long) shape.size() * width) {
      throw new IllegalArgumentException(
          "its tensor '" + shown + "' of " + shape + " values has other data_offsets");
    }
    if (places.put(begin, new Place(name, type, shape, begin, end)) != null) {
      throw new IllegalArgumentException("two of its tensors lie at the same place");
    }
  }

  private static Shape shape(List<?> dimensions, String name) {
    long product = 1;
    for (Object dimension : dimensions) {
      long size = (Long) dimension;
      if (size < 1 || size > MOST_DATA / product) {
        String given = Visible.brief(dimensions.toString());
        throw new IllegalArgumentException(
            "its tensor '" + name + "' has the shape " + given + ", which is empty or too large");
      }
      product *= size;
    }
    return Shape.of(dimensions.stream().mapToInt(d -> ((Long) d).intValue()).toArray());
  }

  /** Tensors follow one another and fill the data: nothing overlaps, nothing is left over. */
  private static void checkPlaces(Map<Long, Place> places, long dataSize) {
    long position = 0;
    for (Place place : places.values()) {
      if (place.begin != position) {
        throw new IllegalArgumentException("its tensors overlap or leave gaps");
      }
      position = place.end;
    }
    if (position > dataSize) {
      throw new IllegalArgumentException(
          "it is truncated: of "
              + position
              + " bytes only "
              + dataSize
              + " are there; restore it from a copy");
    }
    if (position < dataSize) {
      throw new IllegalArgumentException(
          "it has "
              + (dataSize - position)
              + " bytes after its last tensor, so it was altered; restore it from a copy");
    }
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
