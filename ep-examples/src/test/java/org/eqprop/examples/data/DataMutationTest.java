package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.eqprop.core.DataException;
import org.eqprop.examples.mutation.Judge;
import org.eqprop.examples.mutation.Mutator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged IDX files and pictures. */
class DataMutationTest {
  private static final int MUTANTS = 400;

  @TempDir private Path folder;

  /** IDX has no checksum: what is read are as many samples as labels, all values in their range. */
  @Test
  void idxFiles() throws IOException {
    IdxBytes.writeSet(folder, 1, 0, 3, 2, 1);
    List<Path> files;
    try (var all = Files.list(folder)) {
      files = all.sorted().toList();
    }
    assertThat(files).hasSize(4);
    Mutator mutator = new Mutator(31);
    Judge judge = new Judge(folder.resolve("unused"), DataException.class);
    for (int i = 0; i < MUTANTS; i++) {
      Path file = files.get(i % 4);
      byte[] original = Files.readAllBytes(file);
      byte[] mutant = mutator.bytes(original);
      Files.write(file, mutant);
      judge.judge(file.getFileName() + " mutant " + i, () -> check(folder));
      Files.write(file, original);
    }
    check(folder);
    assertThat(judge.refused()).isGreaterThan(MUTANTS / 4);
    assertThat(judge.accepted()).isGreaterThan(MUTANTS / 20);
  }

  private static void check(Path folder) {
    TrainTest both = new Datasets().load(folder.toString());
    for (Dataset part : List.of(both.train(), both.test())) {
      assertThat(part.size()).isPositive();
      float[] image = new float[part.shape().size()];
      for (int i = 0; i < part.size(); i++) {
        assertThat(part.label(i)).isBetween(0, part.classes() - 1);
        part.copyImage(i, image, 0);
        for (float value : image) {
          assertThat(value >= 0 && value <= 1).isTrue();
        }
      }
    }
  }

  /** PNG has checksums; what is read all the same has grey values in [0, 1]. */
  @Test
  void pictures() throws IOException {
    BufferedImage image = new BufferedImage(12, 9, BufferedImage.TYPE_INT_ARGB);
    Random random = new Random(4);
    for (int i = 0; i < 108; i++) {
      image.setRGB(i % 12, i / 12, random.nextInt());
    }
    Path file = folder.resolve("a.png");
    ImageIO.write(image, "png", file.toFile());
    byte[] original = Files.readAllBytes(file);
    Mutator mutator = new Mutator(32);
    Judge judge = new Judge(file, DataException.class);
    ImageShape shape = new ImageShape(1, 8, 8);
    for (int i = 0; i < MUTANTS; i++) {
      judge.judge(
          mutator.bytes(original),
          mutant -> {
            float[] values = PngImages.read(mutant, shape, false);
            assertThat(values).hasSize(64);
            for (float value : values) {
              assertThat(value >= 0 && value <= 1).isTrue();
            }
          });
    }
    assertThat(judge.refused()).isGreaterThan(MUTANTS / 2);
  }
}
