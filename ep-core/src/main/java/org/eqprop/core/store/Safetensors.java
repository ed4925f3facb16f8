package org.eqprop.core.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
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
 *
 * <p>A header written here ends with at least {@value #PADDING} spaces, and the checksum says so.
 * Programs that read such a file and write it anew do not know of that, and keep the metadata at
 * most: so a file that was edited is told from one that was damaged ({@link #isEdited}).
 */
public final class Safetensors {
  /** The metadata entry with the SHA-256 of everything else. */
  public static final String CHECKSUM = "checksum";

  static final String METADATA = "__metadata__";

  /** Bytes of the header's length. */
  static final int LENGTH_BYTES = 8;

  /** Spaces at the end of a header, at least. Other programs write fewer than 8. */
  private static final int PADDING = 8;

  /** The header and its length end at a multiple of this, so that the data is aligned. */
  private static final int ALIGNMENT = 64;

  /** How the checksum of a file begins whose header has so many spaces at its end. */
  private static final String PADDED = "padded-sha256:";

  /** Names that a message lists at most. */
  private static final int MENTIONED = 12;

  private final Map<String, String> metadata = new TreeMap<>();
  private final Map<String, Entry> entries = new TreeMap<>();
  private boolean edited;
  private boolean padded;

  /** A tensor's bytes, little-endian. */
  private record Entry(String type, Shape shape, ByteBuffer data) {}

  /** An empty container. */
  public Safetensors() {}

  /** {@return the metadata; may be changed} */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** {@return the names of the tensors, in order} */
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /**
   * Adds a float32 tensor of row-major values.
   *
   * @param name name of the tensor
   * @param shape its shape
   * @param values row-major, as many as the shape has
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
   * @param name name of the tensor
   * @param shape its shape
   * @param values row-major, as many as the shape has
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

  /**
   * Adds a float32 tensor of a row a sample.
   *
   * @param name name of the tensor
   * @param rows one row a sample
   */
  public void put(String name, Rows rows) {
    ByteBuffer bytes = buffer(Math.multiplyExact(rows.count() * rows.size(), Float.BYTES));
    FloatBuffer floats = bytes.asFloatBuffer();
    for (int r = 0; r < rows.count(); r++) {
      floats.put(rows.data(), rows.index(r, 0), rows.size());
    }
    entries.put(name, new Entry("F32", Shape.of(rows.count(), rows.size()), bytes));
  }

  /**
   * Reads a float32 tensor into as many rows.
   *
   * @param name name of the tensor
   * @param into filled
   */
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

  /**
   * {@return the shape of a tensor}
   *
   * @param name name of the tensor
   */
  public Shape shape(String name) {
    return entry(name).shape;
  }

  /**
   * {@return the row-major values as floats, rounded if stored as float64}
   *
   * @param name name of the tensor
   */
  public float[] floats(String name) {
    Entry entry = entry(name);
    float[] values = new float[entry.shape.size()];
    ByteBuffer bytes = entry.data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.length; i++) {
      values[i] = entry.type.equals("F32") ? bytes.getFloat() : (float) bytes.getDouble();
    }
    return values;
  }

  /**
   * {@return the row-major values as doubles}
   *
   * @param name name of the tensor
   */
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
   * @param file written, or replaced
   * @throws StoreException if it cannot be written
   */
  public void write(Path file) {
    metadata.remove(CHECKSUM);
    metadata.put(CHECKSUM, PADDED + checksum(true));
    byte[] header = header(true).getBytes(StandardCharsets.UTF_8);
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
   * @param file the file
   * @return the content
   * @throws StoreException if it is missing, truncated, altered, longer than its tensors, too large
   *     or not of this format
   */
  public static Safetensors read(Path file) {
    try {
      InputFiles.requireFile(file);
      try (FileChannel channel = FileChannel.open(file)) {
        return new SafetensorsReader(new SafetensorsReader.FileBytes(channel)).read();
      }
    } catch (IOException thrown) {
      throw new StoreException(
          "Cannot read " + file + ": " + AtomicFiles.reason(thrown) + ".", thrown);
    } catch (IllegalArgumentException thrown) {
      throw new StoreException("Cannot use " + file + ": " + thrown.getMessage() + ".", thrown);
    }
  }

  /**
   * Reads a whole stream, which stays open.
   *
   * @param stream read to its end
   * @return the content
   * @throws StoreException if it cannot be read, or its bytes are truncated, altered, longer than
   *     the tensors, too large or not of this format
   */
  public static Safetensors read(InputStream stream) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(stream.readAllBytes());
      return new SafetensorsReader(new SafetensorsReader.Bytes(bytes)).read();
    } catch (IOException thrown) {
      throw new StoreException(
          "Cannot read the stream: " + AtomicFiles.reason(thrown) + ".", thrown);
    } catch (IllegalArgumentException thrown) {
      throw new StoreException("Cannot use the stream: " + thrown.getMessage() + ".", thrown);
    }
  }

  /** Takes the bytes of a tensor over. */
  void put(String name, String type, Shape shape, ByteBuffer data) {
    entries.put(name, new Entry(type, shape, data));
  }

  /**
   * {@return whether another program has changed the content and written it anew since it got its
   * checksum}
   */
  public boolean isEdited() {
    return edited;
  }

  /** Whether the header that was read ends as no other program would end it. */
  boolean isPadded() {
    return padded;
  }

  /**
   * Compares the checksum, if there is one, with the content, and the header with the canonical
   * one.
   *
   * @return whether the file is as it was written, or was written anew by another program
   */
  boolean isSound(String headerText) {
    padded = headerText.endsWith(" ".repeat(PADDING));
    String expected = metadata.get(CHECKSUM);
    if (expected == null) {
      return true;
    }
    boolean own = expected.startsWith(PADDED);
    boolean same = expected.equals((own ? PADDED : "") + checksum(own));
    if (own && !padded) {
      edited = !same;
      return true;
    }
    return same && headerText.equals(header(own));
  }

  private String checksum(boolean spaced) {
    String kept = metadata.remove(CHECKSUM);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(header(spaced).getBytes(StandardCharsets.UTF_8));
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

  private String header(boolean spaced) {
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
    int spaces =
        spaced
            ? PADDING + (-(LENGTH_BYTES + length + PADDING) & (ALIGNMENT - 1))
            : -length & (LENGTH_BYTES - 1);
    return json.append(" ".repeat(spaces)).toString();
  }

  static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
