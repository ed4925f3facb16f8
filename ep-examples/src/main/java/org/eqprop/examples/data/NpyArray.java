package org.eqprop.examples.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eqprop.core.DataException;

/** An array in NumPy's format (NEP 1, versions 1 to 3): numbers, truth values or texts. */
final class NpyArray {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final Pattern HEADER =
      Pattern.compile(
          "\\{(?=.*'descr': *'(?<type>[<>|=]?[a-zA-Z?][0-9]*)')"
              + "(?=.*'fortran_order': *(?<fortran>True|False))"
              + "(?=.*'shape': *\\((?<shape>(?:[0-9]+,? *)*)\\))"
              + "[^{}]*\\} *\n?",
          Pattern.DOTALL);

  private static final String AGAIN = "save it again with numpy.save";

  private final Path place;
  private final NpyType type;
  private final int[] sizes;
  private final byte[] bytes;
  private final ByteBuffer body;
  private final int width;

  private NpyArray(
      Path place, NpyType type, int[] sizes, byte[] bytes, ByteOrder order, int width) {
    this.place = place;
    this.type = type;
    this.sizes = sizes;
    this.bytes = bytes;
    this.body = ByteBuffer.wrap(bytes).order(order);
    this.width = width;
  }

  /** Whether bytes begin like such an array. */
  static boolean isOne(byte[] bytes) {
    return bytes.length > MAGIC.length
        && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * Reads an array.
   *
   * @throws DataException if it is not sound, or has values of a kind that is not read
   */
  static NpyArray of(Path place, byte[] bytes) {
    if (!isOne(bytes) || bytes.length < 12) {
      throw new DataException(place, "this is no NumPy array", AGAIN);
    }
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int version = bytes[6];
    if (version < 1 || version > 3 || bytes[7] != 0) {
      throw new DataException(place, "a NumPy format of an unknown version", AGAIN);
    }
    int start = version == 1 ? 10 : 12;
    long length = version == 1 ? file.getShort(8) & 0xFFFF : file.getInt(8) & 0xFFFFFFFFL;
    if (length > bytes.length - start) {
      throw new DataException(place, "the array is truncated", AGAIN);
    }
    String text = new String(bytes, start, (int) length, StandardCharsets.UTF_8);
    Matcher header = HEADER.matcher(text);
    if (!header.matches()) {
      throw new DataException(
          place, "the header of the array is damaged, or it is a structured array", AGAIN);
    }
    String descr = header.group("type");
    NpyType type = NpyType.of(place, descr);
    int width = NpyType.width(place, descr);
    int[] sizes = sizes(place, header.group("shape"));
    long count = 1;
    for (int size : sizes) {
      count = size == 0 ? 0 : Math.min(count * size, Long.MAX_VALUE / Integer.MAX_VALUE);
    }
    int body = start + (int) length;
    long there = (long) bytes.length - body;
    if (count * width != there) {
      throw new DataException(
          place,
          "the array has " + there + " bytes, but its header announces " + count * width,
          AGAIN);
    }
    byte[] values = Arrays.copyOfRange(bytes, body, bytes.length);
    ByteOrder order = descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    NpyArray array = new NpyArray(place, type, sizes, values, order, width);
    return header.group("fortran").equals("True") ? array.lastFastest() : array;
  }

  private static int[] sizes(Path place, String shape) {
    if (shape.isBlank()) {
      return new int[0];
    }
    try {
      return Arrays.stream(shape.split(",", -1))
          .map(String::strip)
          .filter(size -> !size.isEmpty())
          .mapToInt(Integer::parseInt)
          .toArray();
    } catch (NumberFormatException tooLarge) {
      throw new DataException(place, "the header announces impossible sizes", AGAIN, tooLarge);
    }
  }

  /** The same array, of which the first dimension runs fastest here. */
  private NpyArray lastFastest() {
    if (sizes.length < 2) {
      return this;
    }
    byte[] ordered = new byte[bytes.length];
    int[] index = new int[sizes.length];
    for (int i = 0; i < count(); i++) {
      int from = 0;
      for (int d = sizes.length - 1; d >= 0; d--) {
        from = from * sizes[d] + index[d];
      }
      System.arraycopy(bytes, from * width, ordered, i * width, width);
      for (int d = sizes.length - 1; d >= 0 && ++index[d] == sizes[d]; d--) {
        index[d] = 0;
      }
    }
    return new NpyArray(place, type, sizes, ordered, body.order(), width);
  }

  /** The file, and the name of the array in an archive. */
  Path place() {
    return place;
  }

  /** What its values are. */
  NpyType type() {
    return type;
  }

  /** Its dimensions; not a copy. */
  int[] sizes() {
    return sizes;
  }

  /** The values one after the other, the last dimension runs fastest; not a copy. */
  byte[] bytes() {
    return bytes;
  }

  /** Bytes of a value. */
  int width() {
    return width;
  }

  /** Number of values. */
  int count() {
    return bytes.length / width;
  }

  /** Number of items: the first dimension. */
  int items() {
    return sizes.length == 0 ? 0 : sizes[0];
  }

  /** A value; not of a text. */
  double value(int index) {
    return type.value(body, index * width, width);
  }

  /** A value that is a text. */
  String text(int index) {
    return type.text(body, index * width, width);
  }

  /** Such as {@code 60000x28x28}. */
  String shape() {
    return Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining("x"));
  }
}
