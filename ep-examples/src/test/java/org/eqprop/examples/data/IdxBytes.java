package org.eqprop.examples.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.eqprop.core.internal.idx.IdxType;

/** Makes small files in IDX format. */
final class IdxBytes {

  static final int IMAGES = 0x803;
  static final int LABELS = 0x801;

  private IdxBytes() {}

  /** Returns a file with any header and body. */
  static byte[] file(int magic, int[] sizes, byte... body) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * sizes.length + body.length);
    buffer.putInt(magic);
    for (int size : sizes) {
      buffer.putInt(size);
    }
    return buffer.put(body).array();
  }

  /** Returns images of 2 x 3 with pixels 0, 1, 2 and so on, modulo 256. */
  static byte[] images(int count) {
    byte[] body = new byte[count * 6];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) i;
    }
    return file(IMAGES, new int[] {count, 2, 3}, body);
  }

  static byte[] labels(int... labels) {
    byte[] body = new byte[labels.length];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) labels[i];
    }
    return file(LABELS, new int[] {labels.length}, body);
  }

  /** Returns a file of any type and sizes. */
  static byte[] file(IdxType type, int[] sizes, double... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * sizes.length + values.length * type.size());
    int code =
        List.of(8, 9, 11, 12, 13, 14).stream()
            .filter(c -> IdxType.of(c) == type)
            .findFirst()
            .orElseThrow();
    buffer.putInt(code << 8 | sizes.length);
    for (int size : sizes) {
      buffer.putInt(size);
    }
    for (double value : values) {
      switch (type) {
        case UBYTE, BYTE -> buffer.put((byte) value);
        case SHORT -> buffer.putShort((short) value);
        case INT -> buffer.putInt((int) value);
        case FLOAT -> buffer.putFloat((float) value);
        case DOUBLE -> buffer.putDouble(value);
      }
    }
    return buffer.array();
  }

  /** Returns the label of a sample as its file has it. */
  static int label(Dataset set, int sample) {
    return set.classLabels().label(set.label(sample));
  }

  static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }

  /** Writes four files: as many training samples as labels are given, and one test sample. */
  static Path writeSet(Path folder, int... trainLabels) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("train-images-idx3-ubyte"), images(trainLabels.length));
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(trainLabels));
    Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), gzip(images(1)));
    Files.write(folder.resolve("t10k-labels-idx1-ubyte.gz"), gzip(labels(7)));
    return folder;
  }
}
