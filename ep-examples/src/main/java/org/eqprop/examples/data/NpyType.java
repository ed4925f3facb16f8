package org.eqprop.examples.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.eqprop.core.DataException;

/** What the values of a NumPy array are. */
enum NpyType {
  BOOL("truth values"),
  SIGNED("whole numbers"),
  UNSIGNED("whole numbers"),
  FLOAT("floating-point numbers"),
  BYTES("texts"),
  UNICODE("texts");

  private static final int MOST_WIDTH = 1 << 20;

  private final String plural;

  NpyType(String plural) {
    this.plural = plural;
  }

  /** What the values are called. */
  String plural() {
    return plural;
  }

  /** Whether values are texts. */
  boolean isText() {
    return this == BYTES || this == UNICODE;
  }

  /**
   * The type of NumPy's name, such as {@code <f4}.
   *
   * @throws DataException if it is another type
   */
  static NpyType of(Path place, String descr) {
    String name = descr.replaceFirst("^[<>|=]", "");
    return switch (name) {
      case "b1", "?" -> BOOL;
      case "i1", "i2", "i4", "i8" -> SIGNED;
      case "u1", "u2", "u4", "u8" -> UNSIGNED;
      case "f2", "f4", "f8" -> FLOAT;
      default -> {
        if (name.matches("[SU][1-9][0-9]{0,5}")) {
          yield name.charAt(0) == 'S' ? BYTES : UNICODE;
        }
        String what = name.equals("O") ? "Python objects" : "values of the type " + name;
        throw new DataException(
            place, "the array has " + what, "save whole numbers, floats or texts");
      }
    };
  }

  /** Bytes of a value. */
  static int width(Path place, String descr) {
    String digits = descr.replaceAll("[^0-9]", "");
    int width = digits.isEmpty() ? 1 : Integer.parseInt(digits);
    int bytes = descr.indexOf('U') >= 0 ? width * Integer.BYTES : width;
    if (bytes > MOST_WIDTH) {
      throw new DataException(place, "its texts are too long", "save shorter ones");
    }
    return bytes;
  }

  /** The value at an offset. Whole numbers of 64 bits are rounded to a double. */
  double value(ByteBuffer body, int at, int width) {
    return switch (this) {
      case BOOL -> body.get(at) == 0 ? 0 : 1;
      case FLOAT ->
          width == 2
              ? Float.float16ToFloat(body.getShort(at))
              : width == 4 ? body.getFloat(at) : body.getDouble(at);
      case SIGNED -> signed(body, at, width);
      case UNSIGNED -> {
        long bits = signed(body, at, width);
        long low = width == Long.BYTES ? bits : bits & ((1L << (width * Byte.SIZE)) - 1);
        yield low >= 0 ? low : (low >>> 1) * 2.0 + (low & 1);
      }
      default -> throw new IllegalStateException("a text is no number");
    };
  }

  private static long signed(ByteBuffer body, int at, int width) {
    return switch (width) {
      case 1 -> body.get(at);
      case 2 -> body.getShort(at);
      case 4 -> body.getInt(at);
      default -> body.getLong(at);
    };
  }

  /** The text at an offset, without the zeros that fill it up. */
  String text(ByteBuffer body, int at, int width) {
    byte[] bytes = new byte[width];
    body.get(at, bytes);
    if (this == BYTES) {
      return new String(bytes, StandardCharsets.UTF_8).replaceFirst("\0+$", "");
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < width; i += Integer.BYTES) {
      int c = body.getInt(at + i);
      text.appendCodePoint(Character.isValidCodePoint(c) ? c : 0xFFFD);
    }
    return text.toString().replaceFirst("\0+$", "");
  }
}
