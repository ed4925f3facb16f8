package org.eqprop.examples.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes small data sets in IDX format: class c is a bright row c of the image. */
final class IdxSet {
  static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  private IdxSet() {}

  /** Writes 40 training and 20 test images of {@code side × side}. */
  static Path write(Path folder, int side) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(TRAIN_IMAGES), images(40, side));
    Files.write(folder.resolve(TRAIN_LABELS), labels(40));
    Files.write(folder.resolve(TEST_IMAGES), images(20, side));
    Files.write(folder.resolve(TEST_LABELS), labels(20));
    return folder;
  }

  static byte[] images(int count, int side) {
    ByteBuffer file = ByteBuffer.allocate(16 + count * side * side);
    file.putInt(0x803).putInt(count).putInt(side).putInt(side);
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < side * side; p++) {
        file.put((byte) (p / side == i % 10 ? 255 : i));
      }
    }
    return file.array();
  }

  /** Writes the same of colours: the bright row is in channel c mod channels only. */
  static Path write(Path folder, int channels, int height, int width) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(TRAIN_IMAGES), colours(40, channels, height, width));
    Files.write(folder.resolve(TRAIN_LABELS), labels(40));
    Files.write(folder.resolve(TEST_IMAGES), colours(20, channels, height, width));
    Files.write(folder.resolve(TEST_LABELS), labels(20));
    return folder;
  }

  /** Images with the channels before rows and columns. */
  static byte[] colours(int count, int channels, int height, int width) {
    ByteBuffer file = ByteBuffer.allocate(20 + count * channels * height * width);
    file.putInt(0x804).putInt(count).putInt(channels).putInt(height).putInt(width);
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < channels * height * width; p++) {
        boolean bright = p / (height * width) == i % channels && p / width % height == i % 10;
        file.put((byte) (bright ? 255 : i));
      }
    }
    return file.array();
  }

  static byte[] labels(int count) {
    ByteBuffer file = ByteBuffer.allocate(8 + count);
    file.putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      file.put((byte) (i % 10));
    }
    return file.array();
  }

  static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }
}
