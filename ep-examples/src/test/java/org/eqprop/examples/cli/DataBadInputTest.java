package org.eqprop.examples.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Data sets of the user's own that cannot be used. */
class DataBadInputTest extends BadInput {
  static Stream<Row> rows() {
    String images = IdxSet.TRAIN_IMAGES;
    String labels = IdxSet.TRAIN_LABELS;
    return Stream.of(
        data("truncated file", images, IdxSetChange.cut(100), "is truncated"),
        data("truncated header", images, IdxSetChange.cut(9), "is truncated"),
        data("truncated gz", images, bytes -> half(IdxSet.gzip(bytes)), "is truncated"),
        data("gz with an altered byte", images, DataBadInputTest::damagedGzip, "damaged"),
        data("empty file", labels, IdxSetChange.cut(0), "the file is empty"),
        data("another magic number", images, with(2, 7), "0x00000703, not 0x00000803"),
        data("more dimensions than sizes", images, with(3, 4), "impossible sizes (40 x 8 x 8 x "),
        data("labels for images", images, bytes -> IdxSet.labels(40), "holds labels where images"),
        data(
            "a text file",
            labels,
            bytes -> "label\n7\n3\n".getBytes(StandardCharsets.UTF_8),
            "not an IDX file of labels"),
        data("fewer labels", labels, bytes -> IdxSet.labels(39), "39 labels for the 40 images"),
        data("no images", images, bytes -> IdxSet.images(0, 8), "holds no images"),
        data("absurd sizes", images, with(4, 127), "impossible sizes (2130706472 x 8 images)"),
        data("more bytes", images, bytes -> Arrays.copyOf(bytes, 9000), "more bytes than the 2560"),
        data("another test size", IdxSet.TEST_IMAGES, bytes -> IdxSet.images(20, 9), "images of "),
        new Row(
            "a file missing",
            FAILURE,
            root -> {
              Files.delete(IdxSet.write(root.resolve("set"), 8).resolve(labels));
              return List.of("train", "--data", root + "/set");
            },
            "ROOT/set: the file train-labels-idx1-ubyte or train-labels-idx1-ubyte.gz is missing",
            "put all four IDX files of the data set there"),
        new Row(
            "images too small for p-conv",
            USAGE,
            root -> {
              IdxSet.write(root.resolve("set"), 8);
              return List.of("train", "p-conv", "--data", root + "/set", "--out", root + "/run");
            },
            "The kernel of 5x5 is larger than the map of 2x2 with padding 0, for images of 1x8x8;",
            "make kernel or pool smaller, padding larger, or channels fewer."),
        new Row(
            "batch larger than the data",
            USAGE,
            root -> {
              IdxSet.write(root.resolve("set"), 8);
              return List.of("train", "--data", root + "/set", "--batch", "41");
            },
            "batch is 41, more than the 40 training samples of ROOT/set"));
  }

  /** A change of a file's content. */
  @FunctionalInterface
  private interface IdxSetChange {
    byte[] apply(byte[] content) throws IOException;

    static IdxSetChange cut(int length) {
      return bytes -> Arrays.copyOf(bytes, length);
    }
  }

  private static IdxSetChange with(int position, int value) {
    return bytes -> {
      bytes[position] = (byte) value;
      return bytes;
    };
  }

  private static byte[] damagedGzip(byte[] plain) throws IOException {
    byte[] packed = IdxSet.gzip(plain);
    packed[packed.length - 6] ^= 1; // in the CRC
    return packed;
  }

  private static Row data(String name, String file, IdxSetChange change, String part) {
    return new Row(
        name,
        FAILURE,
        root -> {
          Path changed = IdxSet.write(root.resolve("set"), 8).resolve(file);
          Files.write(changed, change.apply(Files.readAllBytes(changed)));
          return List.of("train", "--data", root + "/set", "--out", root + "/run");
        },
        "ROOT/set/" + file,
        part);
  }
}
