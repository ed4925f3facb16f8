package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eqprop.core.DataException;
import org.eqprop.core.internal.idx.IdxType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IDX files of every type and number of dimensions, plain and gzipped, as images and as labels. */
class IdxKindsTest {
  private static final String FETCH = "fetch it again";

  @TempDir Path folder;

  /** One file. */
  record Kind(IdxType type, List<Integer> dimensions, boolean gzipped) {
    int[] sizes() {
      return dimensions.stream().mapToInt(Integer::intValue).toArray();
    }

    byte[] bytes(double... values) throws IOException {
      byte[] plain = IdxBytes.file(type, sizes(), values);
      return gzipped ? IdxBytes.gzip(plain) : plain;
    }

    int length() {
      return dimensions.stream().reduce(1, (a, b) -> a * b);
    }

    @Override
    public String toString() {
      return type + " " + dimensions + (gzipped ? " gz" : "");
    }
  }

  private static Stream<Kind> kinds(List<List<Integer>> shapes) {
    List<Kind> kinds = new ArrayList<>();
    for (IdxType type : IdxType.values()) {
      for (List<Integer> sizes : shapes) {
        kinds.add(new Kind(type, sizes, false));
        kinds.add(new Kind(type, sizes, true));
      }
    }
    return kinds.stream();
  }

  static Stream<Kind> images() {
    return kinds(
        List.of(
            List.of(2, 7),
            List.of(2, 5, 3),
            List.of(2, 1, 5, 6),
            List.of(2, 3, 5, 6),
            List.of(2, 5, 6, 1),
            List.of(2, 5, 6, 3),
            List.of(1, 6, 5, 4)));
  }

  /** Values 0, 7, 14, … modulo 101, and 255 at the end. */
  @ParameterizedTest
  @MethodSource("images")
  void imagesOfWholeNumbersUpTo255(Kind kind) throws IOException {
    int most = kind.type == IdxType.BYTE ? 127 : 255;
    double[] values = new double[kind.length()];
    Arrays.setAll(values, i -> i == values.length - 1 ? most : 7 * i % 101);

    Dataset set = read(kind.bytes(values), kind.dimensions.get(0));

    assertValues(set, kind, values, 255);
  }

  @ParameterizedTest
  @MethodSource("images")
  void imagesOfNumbersFromZeroToOne(Kind kind) throws IOException {
    double[] values = new double[kind.length()];
    boolean whole = kind.type.isWhole();
    Arrays.setAll(values, i -> whole ? i % 2 : i / (double) (values.length - 1));

    Dataset set = read(kind.bytes(values), kind.dimensions.get(0));

    assertValues(set, kind, values, kind.type == IdxType.UBYTE ? 255 : 1);
  }

  private static void assertValues(Dataset set, Kind kind, double[] values, int white) {
    int[] s = kind.sizes();
    boolean last = s.length == 4 && s[1] > 4;
    ImageShape shape =
        switch (s.length) {
          case 2 -> new ImageShape(1, 1, s[1]);
          case 3 -> new ImageShape(1, s[1], s[2]);
          default -> last ? new ImageShape(s[3], s[1], s[2]) : new ImageShape(s[1], s[2], s[3]);
        };
    assertThat(set.shape()).isEqualTo(shape);
    float[] image = new float[shape.size()];
    for (int n = 0; n < set.size(); n++) {
      set.copyImage(n, image, 0);
      for (int i = 0; i < image.length; i++) {
        int area = shape.height() * shape.width();
        int at = last ? i % area * shape.channels() + i / area : i;
        assertThat(image[i]).isEqualTo((float) values[n * shape.size() + at] / white);
      }
    }
  }

  static Stream<Kind> labels() {
    return kinds(List.of(List.of(4), List.of(4, 1), List.of(4, 1, 1)));
  }

  @ParameterizedTest
  @MethodSource("labels")
  void oneLabelASample(Kind kind) throws IOException {
    assertLabels(kind.bytes(3, 26, 1, 3), 3, 26, 1, 3);
  }

  static Stream<Kind> rows() {
    return kinds(List.of(List.of(4, 5), List.of(4, 8)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aRowWithASingleOneASample(Kind kind) throws IOException {
    double[] values = new double[kind.length()];
    int[] classes = {2, 0, 4, 2};
    for (int i = 0; i < 4; i++) {
      values[i * kind.dimensions.get(1) + classes[i]] = 1;
    }

    assertLabels(kind.bytes(values), classes);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rowsOfQmnistHaveTheClassFirst(boolean gzipped) throws IOException {
    double[] values = new double[4 * 8];
    int[] classes = {5, 0, 9, 5};
    for (int i = 0; i < 4; i++) {
      values[8 * i] = classes[i];
      values[8 * i + 2] = 2600 + i;
    }

    assertLabels(new Kind(IdxType.INT, List.of(4, 8), gzipped).bytes(values), classes);
  }

  @ParameterizedTest
  @CsvSource({"INT,-7", "INT,2147483647", "INT,-2147483648", "SHORT,-32768", "BYTE,-128"})
  void labelsMayBeAnyNumberOfTheirType(IdxType type, int label) throws IOException {
    assertLabels(new Kind(type, List.of(2), false).bytes(label, 5), label, 5);
  }

  @Test
  void thereMayBeThousandsOfClasses() throws IOException {
    int count = 5000;
    double[] labels = IntStream.range(0, count).mapToDouble(i -> i + 1).toArray();
    Path images = write("images", IdxBytes.file(IdxType.UBYTE, new int[] {count, 1, 1}, labels));
    Path file = write("labels", IdxBytes.file(IdxType.INT, new int[] {count}, labels));

    Dataset set = IdxReader.read("many", images, file);

    assertThat(set.classes()).isEqualTo(count);
    assertThat(IdxBytes.label(set, 4999)).isEqualTo(5000);
  }

  /** A sound file that is not supported is called what it is, never damaged. */
  @ParameterizedTest
  @EnumSource(IdxType.class)
  void whatIsNotSupportedIsSaid(IdxType type) throws IOException {
    String images = "images have 2 dimensions (images, values), 3 (images, rows, columns) or 4";
    refuseImages(type, images, new int[] {1, 1, 2, 2, 2}, new double[8]);
    refuseImages(type, "the second or the last must be at most 4", new int[] {1, 2, 2, 2}, 0, 1, 0);
    refuseImages(type, "the second or the last must be", new int[] {1, 5, 1, 5}, new double[25]);
    refuseImages(type, "holds labels where images belong", new int[] {3}, 1, 2, 3);
    if (type != IdxType.UBYTE) {
      refuseImages(type, "go from -1 to 0, but images", new int[] {1, 1, 2}, -1, 0);
    }
    if (type == IdxType.SHORT || type == IdxType.INT || !type.isWhole()) {
      refuseImages(type, "go from 0 to 4095, but images", new int[] {1, 1, 2}, 0, 4095);
    }
    refuseLabels(
        type,
        type == IdxType.UBYTE ? "holds images where labels" : "labels have 1 dimension, or 2",
        new int[] {1, 2, 2},
        new double[4]);
    refuseLabels(type, "labels have 1 dimension, or 2", new int[] {1, 3}, 2, 0, 0);
    if (!type.isWhole()) {
      refuseImages(type, "go from 0.5 to 1.5, but images", new int[] {1, 1, 2}, 0.5, 1.5);
      refuseImages(type, "value number 1 is NaN", new int[] {1, 1, 2}, 0.5, Double.NaN);
      refuseLabels(type, "label 1.5 of sample 1 is no whole", new int[] {2}, 1, 1.5);
      refuseLabels(type, "label NaN of sample 0 is no whole", new int[] {1}, Double.NaN);
      refuseLabels(type, "label 1.0E10 of sample 0 is no whole", new int[] {1}, 1e10);
    }
  }

  @Test
  void partsOfDifferentTypesOrScalesDoNotBelongTogether() throws IOException {
    IdxBytes.writeSet(folder, 1);
    Path tests = folder.resolve("t10k-images-idx3-ubyte.gz");
    Files.write(tests, IdxBytes.file(IdxType.FLOAT, new int[] {1, 2, 3}, new double[6]));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> IdxReader.readFolder("set", IdxFolder.of(folder), null))
        .withMessageContaining("images of 32-bit floating-point numbers, but the training images");

    Files.write(
        folder.resolve("train-images-idx3-ubyte"),
        IdxBytes.file(IdxType.FLOAT, new int[] {1, 2, 3}, new double[6]));
    Files.write(tests, IdxBytes.file(IdxType.FLOAT, new int[] {1, 2, 3}, 0, 0, 0, 0, 0, 200));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> IdxReader.readFolder("set", IdxFolder.of(folder), null))
        .withMessageContaining("go up to 255, but those of the training images to 1");
  }

  @Test
  void rowsAndColumnsAreExchangedChannelByChannel() throws IOException {
    byte[] bytes = IdxBytes.file(IdxType.UBYTE, new int[] {1, 2, 5, 7}, new double[70]);
    for (int i = 0; i < 70; i++) {
      bytes[20 + i] = (byte) i;
    }
    float[] image = new float[70];

    Dataset turned = read(bytes, 1).transposed();
    turned.copyImage(0, image, 0);

    assertThat(turned.shape()).isEqualTo(new ImageShape(2, 7, 5));
    for (int c = 0; c < 2; c++) {
      for (int y = 0; y < 7; y++) {
        for (int x = 0; x < 5; x++) {
          assertThat(image[(c * 7 + y) * 5 + x]).isEqualTo(((c * 5 + x) * 7 + y) / 255f);
        }
      }
    }
  }

  private Dataset read(byte[] images, int count) throws IOException {
    Path file = write("images", images);
    return IdxReader.read("set", file, write("labels", IdxBytes.labels(new int[count])));
  }

  private void assertLabels(byte[] labels, int... expected) throws IOException {
    Path images = write("images", IdxBytes.images(expected.length));
    Dataset set = IdxReader.read("set", images, write("labels", labels));
    for (int i = 0; i < expected.length; i++) {
      assertThat(IdxBytes.label(set, i)).isEqualTo(expected[i]);
    }
    assertThat(set.classes()).isEqualTo((int) Arrays.stream(expected).distinct().count());
  }

  private void refuseImages(IdxType type, String what, int[] sizes, double... values)
      throws IOException {
    double[] all = Arrays.copyOf(values, Arrays.stream(sizes).reduce(1, (a, b) -> a * b));
    Path file = write("images", IdxBytes.file(type, sizes, all));
    Path labels = write("labels", IdxBytes.labels(new int[sizes[0]]));
    refuse(file, what, () -> IdxReader.read("set", file, labels));
  }

  private void refuseLabels(IdxType type, String what, int[] sizes, double... values)
      throws IOException {
    Path images = write("images", IdxBytes.images(sizes[0]));
    Path file = write("labels", IdxBytes.file(type, sizes, values));
    refuse(file, what, () -> IdxReader.read("set", images, file));
  }

  private static void refuse(Path named, String what, Runnable reading) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(reading::run)
        .withMessageStartingWith(named + ": ")
        .withMessageContaining(what)
        .matches(thrown -> !String.valueOf(thrown.getMessage()).contains(FETCH))
        .matches(thrown -> !String.valueOf(thrown.getMessage()).contains("belong to"));
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }
}
