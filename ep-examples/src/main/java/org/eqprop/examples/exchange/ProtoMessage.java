package org.eqprop.examples.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A message of Protocol Buffers, written field by field. */
final class ProtoMessage {
  private static final int VARINT = 0;
  private static final int BYTES = 2;
  private static final int SEVEN_BITS = 0x7f;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ProtoMessage number(int field, long value) {
    varint(((long) field << 3) | VARINT);
    varint(value);
    return this;
  }

  ProtoMessage text(int field, String value) {
    return raw(field, value.getBytes(StandardCharsets.UTF_8));
  }

  ProtoMessage message(int field, ProtoMessage value) {
    return raw(field, value.content());
  }

  ProtoMessage raw(int field, byte[] value) {
    varint(((long) field << 3) | BYTES);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  private void varint(long value) {
    long left = value;
    while ((left & ~SEVEN_BITS) != 0) {
      out.write((int) ((left & SEVEN_BITS) | (SEVEN_BITS + 1)));
      left >>>= 7;
    }
    out.write((int) left);
  }

  byte[] content() {
    return out.toByteArray();
  }
}
