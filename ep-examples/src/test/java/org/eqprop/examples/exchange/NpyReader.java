package org.eqprop.examples.exchange;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Reads NumPy's files by what its documentation says of them. */
public final class NpyReader {
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '<([fi])4', 'fortran_order': False, 'shape': \\(([0-9, ]+)\\), \\} *\n");

  private NpyReader() {}

  /** An array. */
  public static final class Array {
    private final String type;
    private final int[] shape;
    private final double[] values;

    Array(String type, int[] shape, double[] values) {
      this.type = type;
      this.shape = shape;
      this.values = values;
    }

    /** The letter f or i. */
    public String type() {
      return type;
    }

    /** Its dimensions. */
    public int[] shape() {
      return shape.clone();
    }

    /** Its values, row after row. */
    public double[] values() {
      return values.clone();
    }
  }

  /** A file of one array. */
  public static Array npy(Path file) throws IOException {
    return npy(Files.readAllBytes(file));
  }

  /** A file of several. */
  public static Map<String, Array> npz(Path file) throws IOException {
    Map<String, Array> arrays = new LinkedHashMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        arrays.put(entry.getName().replaceFirst("\\.npy$", ""), npy(zip.readAllBytes()));
      }
    }
    return arrays;
  }

  private static Array npy(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[8];
    in.get(magic);
    if (!Arrays.equals(magic, new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})) {
      throw new AssertionError("no npy file of version 1.0");
    }
    int length = Short.toUnsignedInt(in.getShort());
    String text = new String(bytes, 10, length, StandardCharsets.US_ASCII);
    Matcher header = HEADER.matcher(text);
    if ((10 + length) % 64 != 0 || !header.matches()) {
      throw new AssertionError("header of " + length + " bytes: " + text);
    }
    int[] shape = Stream.of(header.group(2).split(", ?")).mapToInt(Integer::parseInt).toArray();
    in.position(10 + length);
    double[] values = new double[in.remaining() / 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = header.group(1).equals("f") ? in.getFloat() : in.getInt();
    }
    if (values.length != Arrays.stream(shape).reduce(1, (a, b) -> a * b)) {
      throw new AssertionError(values.length + " values of " + Arrays.toString(shape));
    }
    return new Array(header.group(1), shape, values);
  }
}
