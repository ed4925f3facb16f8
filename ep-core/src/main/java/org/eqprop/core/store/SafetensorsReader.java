package org.eqprop.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.core.tensor.Shape;

/** Reads a {@link Safetensors}: the header first, and nothing more if that is wrong. */
final class SafetensorsReader {
  /** Bytes that a header may have: room for a hundred thousand tensors. */
  private static final long MOST_HEADER = 1L << 24;

  /** Bytes that all tensors may have together: what fits into one array. */
  private static final long MOST_DATA = Integer.MAX_VALUE - 1024;

  private final Source source;
  private final Safetensors container = new Safetensors();
  private final Map<Long, Place> places = new TreeMap<>();

  /** Where a tensor lies among the data. */
  private record Place(String name, String type, Shape shape, long begin, long end) {}

  /** Where bytes come from. */
  interface Source {
    /** How many there are. */
    long size() throws IOException;

    /** The next byte, which is not taken. */
    byte next() throws IOException;

    /** The next {@code count} bytes, little-endian. */
    ByteBuffer take(int count) throws IOException;
  }

  /** Bytes of a file. */
  record FileBytes(FileChannel channel) implements Source {
    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public byte next() throws IOException {
      long position = channel.position();
      byte next = take(1).get();
      channel.position(position);
      return next;
    }

    @Override
    public ByteBuffer take(int count) throws IOException {
      ByteBuffer bytes = Safetensors.buffer(count);
      while (bytes.hasRemaining()) {
        if (channel.read(bytes) < 0) {
          throw new IllegalArgumentException("it is truncated; restore it from a copy");
        }
      }
      return bytes.flip();
    }
  }

  /** Bytes in memory. */
  record Bytes(ByteBuffer bytes) implements Source {
    @Override
    public long size() {
      return bytes.limit();
    }

    @Override
    public byte next() {
      return bytes.get(bytes.position());
    }

    @Override
    public ByteBuffer take(int count) {
      ByteBuffer taken = bytes.slice(bytes.position(), count).order(ByteOrder.LITTLE_ENDIAN);
      bytes.position(bytes.position() + count);
      return taken;
    }
  }

  SafetensorsReader(Source source) {
    this.source = source;
  }

  /**
   * The container.
   *
   * @throws IllegalArgumentException without a full stop, if the bytes are truncated, altered, too
   *     many or not of this format
   */
  Safetensors read() throws IOException {
    long size = source.size();
    long length =
        size < Safetensors.LENGTH_BYTES ? -1 : source.take(Safetensors.LENGTH_BYTES).getLong();
    if (size <= Safetensors.LENGTH_BYTES) {
      throw new IllegalArgumentException(
          (size == 0 ? "it is empty" : "it is truncated or not a safetensors file")
              + "; restore it from a copy or give another");
    }
    // Nothing that is damaged: a file of another kind.
    if (source.next() != '{') {
      throw new IllegalArgumentException("it is not a safetensors file; give another");
    }
    if (length < 2 || length > size - Safetensors.LENGTH_BYTES) {
      throw new IllegalArgumentException("it is truncated; restore it from a copy");
    }
    long dataSize = size - Safetensors.LENGTH_BYTES - length;
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
    String text = utf8(source.take((int) length));
    HeaderJson.parse(text).forEach(this::add);
    checkPlaces(dataSize);
    ByteBuffer data = source.take((int) dataSize);
    for (Place place : places.values()) {
      ByteBuffer own = data.slice((int) place.begin, (int) (place.end - place.begin));
      container.put(place.name, place.type, place.shape, own);
    }
    if (!container.isSound(text)) {
      throw new IllegalArgumentException(
          "its checksum does not match, so it was altered; restore it from a copy");
    }
    return container;
  }

  private static String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException thrown) {
      throw new IllegalArgumentException(
          "its header is no UTF-8 text; restore it from a copy", thrown);
    }
  }

  private void add(String name, Object value) {
    String shown = Visible.brief(name);
    if (!(value instanceof Map<?, ?> fields)) {
      throw new IllegalArgumentException("its header entry '" + shown + "' is no object");
    }
    if (name.equals(Safetensors.METADATA)) {
      fields.forEach(
          (key, text) -> {
            if (!(text instanceof String)) {
              throw new IllegalArgumentException(
                  "its metadata entry '" + Visible.brief(key.toString()) + "' is no text");
            }
            container.metadata().put(key.toString(), text.toString());
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
  private void checkPlaces(long dataSize) {
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
}
