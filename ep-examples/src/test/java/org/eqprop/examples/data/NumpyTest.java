package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eqprop.core.DataException;
import org.eqprop.examples.mutation.Judge;
import org.eqprop.examples.mutation.Mutator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrays that NumPy 2.4.6 has written, and damaged ones. */
class NumpyTest {
  private static final int MUTANTS = 300;

  @TempDir private Path root;

  /** Images 0 to 23 of three samples of 2 x 4, labels 7, 3, 7; a test image of 0, 30, … 210. */
  @Test
  void anArchiveLikeThatOfKeras() throws IOException {
    TrainTest both = find(resource("keras.npz")).parts();

    assertThat(both.train().shape()).hasToString("1x2x4");
    assertThat(both.train().classLabels()).hasToString("3 7");
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      StringBuilder row = new StringBuilder(i % 2 == 0 ? "7" : "3");
      for (int v = 0; v < 8; v++) {
        row.append(' ').append((i < 3 ? 8 * i + v : 30 * v) / 255f);
      }
      rows.add(row.toString());
    }
    assertThat(SetValues.all(both)).containsExactlyElementsOf(rows);
  }

  /** X in Fortran's order with values (i − 4.5) / 4, and y of texts. */
  @Test
  void samplesWithTextsAsLabelsAreSplit() throws IOException {
    TrainTest both = find(resource("table.npz")).parts();

    assertThat(both.train().size()).isEqualTo(8);
    assertThat(SetValues.all(both)).containsExactlyInAnyOrderElementsOf(table(true));
  }

  private static List<String> table(boolean names) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String label = names ? List.of("dog", "cat").get(i % 2) : String.valueOf(i % 3);
      rows.add(label + " " + (2 * i - 4.5f) / 4 + " " + (2 * i - 3.5f) / 4);
    }
    return rows;
  }

  @ParameterizedTest
  @CsvSource({"x-f2.npy, -4.5, 4", "x-f4be.npy, -4.5, 4", "x-f8.npy, -4.5, 4", "x-i2.npy, -10, 1"})
  void numbersOfAllKinds(String name, float first, float divisor) throws IOException {
    Files.copy(resource(name), root.resolve("x.npy"));
    resource("y.npy");
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add(i % 3 + " " + (2 * i + first) / divisor + " " + (2 * i + first + 1) / divisor);
    }
    assertThat(SetValues.all(find(root).parts())).containsExactlyInAnyOrderElementsOf(rows);
  }

  @Test
  void wholeNumbersWithoutSignAndTruthValues() throws IOException {
    resource("y.npy");
    Files.copy(resource("x-u8.npy"), root.resolve("x.npy"));
    assertThat(SetValues.all(find(root).parts())).contains("0 18.0 19.0", "1 2.0 3.0");
    Files.delete(root.resolve("x.npy"));
    Files.copy(resource("x-b1.npy"), root.resolve("x.npy"));
    assertThat(SetValues.all(find(root).parts())).contains("0 1.0 0.0", "1 0.0 1.0");
  }

  /** Two images of 5 x 2 with three channels, side by side; whole values up to 59. */
  @Test
  void channelsAreFoundWhereTheyAre() throws IOException {
    NpyImages images =
        NpyImages.of(NpyArray.of(root, Files.readAllBytes(resource("colours.npy"))), 0);

    assertThat(images.shape()).hasToString("3x5x2");
    float[] values = new float[30];
    images.pixels().copy(30, 30, values, 0);
    for (int c = 0; c < 3; c++) {
      for (int p = 0; p < 10; p++) {
        assertThat(values[c * 10 + p]).isEqualTo((30 + 3 * p + c) / 255f);
      }
    }
  }

  @Test
  void otherArraysAreRefusedInASentence() throws IOException {
    resource("y.npy");
    Files.copy(resource("objects.npy"), root.resolve("x.npy"));
    assertRefused(
        root, root.resolve("x.npy") + ": the array has Python objects; save whole numbers,");
    Files.delete(root.resolve("x.npy"));
    assertRefused(root, root + ": there are the arrays objects, y; call them x_train, y_train,");
    assertRefused(
        root.resolve("y.npy"),
        root.resolve("y.npy") + ": one array has no labels; name the folder");
    Files.write(root.resolve("a.npz"), new byte[] {'P', 'K', 3, 4, 0});
    assertRefused(
        root.resolve("a.npz"), root.resolve("a.npz") + ": the archive is damaged; save it");
    write("x.npy", "'<f8'", "(3, 2)", 48);
    assertRefused(
        root, root.resolve("y.npy") + ": there are 3 samples and 10 labels; give one label");
    write("x.npy", "'<f8'", "(10, 2)", 159);
    assertRefused(
        root,
        root.resolve("x.npy") + ": the array has 159 bytes, but its header announces 160; save");
    write("x.npy", "[('a', '<f4')]", "(10,)", 40);
    assertRefused(root, root.resolve("x.npy") + ": the header of the array is damaged, or it is a");
    write("x.npy", "'<f4'", "(10, 9999999999)", 40);
    assertRefused(root, root.resolve("x.npy") + ": the header announces impossible sizes; save");
    write("x.npy", "'<c8'", "(10, 1)", 80);
    assertRefused(
        root, root.resolve("x.npy") + ": the array has values of the type c8; save whole");
  }

  /** Archives have checksums: a mutant that is read is as the original. */
  @Test
  void mutantsOfArchives() throws IOException {
    Path file = resource("keras.npz");
    byte[] original = Files.readAllBytes(file);
    List<String> rows = SetValues.all(find(file).parts());
    Mutator mutator = new Mutator(52);
    Judge judge = new Judge(file, DataException.class);
    for (int i = 0; i < MUTANTS; i++) {
      judge.judge(
          mutator.bytes(original),
          mutant -> assertThat(rows).containsAll(SetValues.all(find(mutant).parts())));
    }
    assertThat(judge.refused()).isGreaterThan(MUTANTS / 4);
  }

  /** Arrays have none: a mutant that is read has as many samples as labels, all finite. */
  @Test
  void mutantsOfArrays() throws IOException {
    Files.copy(resource("x-f8.npy"), root.resolve("x.npy"));
    Path labels = resource("y.npy");
    Path values = root.resolve("x.npy");
    Mutator mutator = new Mutator(53);
    for (Path file : List.of(labels, values)) {
      byte[] original = Files.readAllBytes(file);
      Judge judge = new Judge(file, DataException.class);
      for (int i = 0; i < MUTANTS / 2; i++) {
        judge.judge(
            mutator.bytes(original),
            mutant -> {
              TrainTest both = find(root).parts();
              assertThat(both.train().size() + both.test().size()).isEqualTo(10);
              for (int k = 0; k < both.train().size(); k++) {
                for (float value : SetValues.of(both.train(), k)) {
                  assertThat(value).isFinite();
                }
              }
            });
      }
      Files.write(file, original);
      assertThat(judge.refused()).isGreaterThan(MUTANTS / 8);
    }
  }

  private void write(String name, String descr, String shape, int bytes) throws IOException {
    String header = "{'descr': " + descr + ", 'fortran_order': False, 'shape': " + shape + ", }\n";
    ByteBuffer file =
        ByteBuffer.allocate(10 + header.length() + bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    file.put((byte) 0).putShort((short) header.length());
    file.put(header.getBytes(StandardCharsets.US_ASCII));
    Files.write(root.resolve(name), file.array());
  }

  private static void assertRefused(Path path, String beginning) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> find(path))
        .satisfies(refused -> assertThat(refused.getMessage()).startsWith(beginning).endsWith("."));
  }

  private Path resource(String name) throws IOException {
    Path file = root.resolve(name);
    try (InputStream in = Objects.requireNonNull(NumpyTest.class.getResourceAsStream(name))) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private static FoundData find(Path path) {
    return new Datasets().find(path.toString(), null);
  }
}
