package org.eqprop.examples.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * NumPy's file of one array, version 1.0: a magic word, a header that is a Python dictionary, and
 * the elements in C order.
 */
final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;
  private static final int PREFIX = MAGIC.length + Short.BYTES;

  private Npy() {}

  /** What comes before the elements. */
  static byte[] header(NamedArray array) {
    int[] shape = array.shape().toArray();
    String dimensions =
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String text =
        "{'descr': '"
            + array.type().numpy()
            + "', 'fortran_order': False, 'shape': ("
            + dimensions
            + (shape.length == 1 ? ",)" : ")")
            + ", }";
    int length = PREFIX + text.length() + 1;
    String padded = text + " ".repeat(-length & (ALIGNMENT - 1)) + "\n";
    ByteBuffer header = ByteBuffer.allocate(PREFIX + padded.length());
    header.put(MAGIC).put((byte) padded.length()).put((byte) (padded.length() >> 8));
    header.put(padded.getBytes(StandardCharsets.US_ASCII));
    return header.array();
  }
}
