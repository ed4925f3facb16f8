package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eqprop.core.DataException;
import org.eqprop.examples.mutation.Judge;
import org.eqprop.examples.mutation.Mutator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The binary files of CIFAR-10 and CIFAR-100. */
class CifarFilesTest {
  private static final int MUTANTS = 300;
  private static final int VALUES = 3072;

  @TempDir private Path root;

  @Test
  void tenClassesWithNames() throws IOException {
    writeTen(root);
    TrainTest both = load(root);

    assertThat(both.train().shape()).hasToString("3x32x32");
    assertThat(both.train().size()).isEqualTo(10);
    assertThat(both.train().classLabels().name(0)).isEqualTo("class 0");
    for (int i = 0; i < 10; i++) {
      assertThat(SetValues.label(both.train(), i)).isEqualTo("class " + i);
      assertValues(both.train(), i, i);
    }
    assertThat(SetValues.label(both.test(), 0)).isEqualTo("class 9");
    assertValues(both.test(), 0, 77);
  }

  private static void assertValues(Dataset set, int sample, int first) {
    float[] values = SetValues.of(set, sample);
    for (int v = 0; v < VALUES; v++) {
      assertThat(values[v]).isEqualTo(((first + v) & 0xFF) / 255f);
    }
  }

  @Test
  void withoutTheNamesTheLabelsAreNumbers() throws IOException {
    writeTen(root.resolve("cifar-10-batches-bin"));
    Files.delete(root.resolve("cifar-10-batches-bin/batches.meta.txt"));
    assertThat(load(root).train().classLabels()).hasToString("0..9");
  }

  @Test
  void aHundredClassesByTheirFineLabels() throws IOException {
    Files.write(root.resolve("train.bin"), records(new int[][] {{19, 99}, {0, 4}}, 5));
    Files.write(root.resolve("test.bin"), records(new int[][] {{3, 50}}, 9));
    TrainTest both = load(root);

    assertThat(both.train().classLabels()).hasToString("4 50 99");
    assertThat(SetValues.label(both.train(), 0)).isEqualTo("99");
    assertValues(both.train(), 1, 6);
    assertValues(both.test(), 0, 9);
  }

  @Test
  void mistakesAreNamed() throws IOException {
    writeTen(root);
    Path batch = root.resolve("data_batch_2.bin");
    byte[] sound = Files.readAllBytes(batch);
    Files.write(batch, new byte[3072]);
    assertRefused(batch + ": its 3072 bytes are no multiple of 3073; fetch it again.");
    sound[3073] = 10;
    Files.write(batch, sound);
    assertRefused(batch + ": image 1 has the label 10; labels are below 10, so fetch it again.");
    Files.delete(batch);
    assertRefused(
        batch + ": cannot be read (there is no such file); check the path and its permissions.");
    writeTen(root);
    Files.writeString(root.resolve("batches.meta.txt"), "a\nb\n");
    assertRefused(
        root.resolve("batches.meta.txt")
            + ": there are 2 names of the 10 classes; fetch it again, or remove it.");
  }

  /** The format has no checksum: a mutant that is read has the same number of sound labels. */
  @Test
  void mutants() throws IOException {
    writeTen(root);
    Mutator mutator = new Mutator(54);
    List<String> names = List.of("data_batch_3.bin", "test_batch.bin", "batches.meta.txt");
    int refused = 0;
    for (String name : names) {
      Path file = root.resolve(name);
      byte[] original = Files.readAllBytes(file);
      Judge judge = new Judge(file, DataException.class);
      for (int i = 0; i < MUTANTS / names.size(); i++) {
        judge.judge(
            mutator.bytes(original),
            mutant -> {
              TrainTest both = load(root);
              assertThat(both.train().size()).isEqualTo(10);
              assertThat(both.train().classes()).isLessThanOrEqualTo(10);
            });
      }
      Files.write(file, original);
      refused += judge.refused();
    }
    assertThat(refused).isGreaterThan(MUTANTS / 4);
  }

  private void assertRefused(String sentence) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> load(root))
        .withMessage(sentence);
  }

  private static TrainTest load(Path folder) {
    return new Datasets().load(folder.toString());
  }

  /** Two images a batch; image i has the label i and the values i, i + 1, … */
  private static void writeTen(Path folder) throws IOException {
    Files.createDirectories(folder);
    StringBuilder names = new StringBuilder();
    for (int b = 0; b < 5; b++) {
      Files.write(
          folder.resolve("data_batch_" + (b + 1) + ".bin"),
          records(new int[][] {{2 * b}, {2 * b + 1}}, 2 * b));
      names.append("class ").append(2 * b).append('\n').append("class ").append(2 * b + 1);
      names.append('\n');
    }
    Files.write(folder.resolve("test_batch.bin"), records(new int[][] {{9}}, 77));
    Files.writeString(folder.resolve("batches.meta.txt"), names + "\n");
  }

  private static byte[] records(int[][] labels, int first) {
    int record = labels[0].length + VALUES;
    byte[] bytes = new byte[labels.length * record];
    for (int i = 0; i < labels.length; i++) {
      for (int l = 0; l < labels[i].length; l++) {
        bytes[i * record + l] = (byte) labels[i][l];
      }
      for (int v = 0; v < VALUES; v++) {
        bytes[i * record + labels[i].length + v] = (byte) (first + i + v);
      }
    }
    return bytes;
  }
}
