package org.eqprop.core.internal.idx;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What the values of an IDX file are; the third byte of the file says so. Big-endian all. */
public enum IdxType {
  UBYTE(0x08, 1, "unsigned bytes"),
  BYTE(0x09, 1, "signed bytes"),
  SHORT(0x0B, 2, "16-bit integers"),
  INT(0x0C, 4, "32-bit integers"),
  FLOAT(0x0D, 4, "32-bit floating-point numbers"),
  DOUBLE(0x0E, 8, "64-bit floating-point numbers");

  private final int size;
  private final String plural;
  private final int code;

  IdxType(int code, int size, String plural) {
    this.code = code;
    this.size = size;
    this.plural = plural;
  }

  /** Bytes of one value. */
  public int size() {
    return size;
  }

  /** What the values are called. */
  public String plural() {
    return plural;
  }

  /** The type with a code, or null if there is none. */
  public static @Nullable IdxType of(int code) {
    for (IdxType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return null;
  }

  /** Value number {@code index} of a file's body; every type's values are exact as a double. */
  public double value(ByteBuffer body, int index) {
    int at = index * size;
    return switch (this) {
      case UBYTE -> body.get(at) & 0xFF;
      case BYTE -> body.get(at);
      case SHORT -> body.getShort(at);
      case INT -> body.getInt(at);
      case FLOAT -> body.getFloat(at);
      case DOUBLE -> body.getDouble(at);
    };
  }

  /** Whether the values are whole numbers by their type. */
  public boolean isWhole() {
    return this != FLOAT && this != DOUBLE;
  }
}
