package org.eqprop.examples.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.eqprop.examples.data.Dataset;
import org.eqprop.examples.data.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training images that are changed from epoch to epoch. */
class AugmentationTest {
  private static final int HEIGHT = 3;
  private static final int WIDTH = 4;
  private static final int AREA = HEIGHT * WIDTH;
  private static final int SAMPLES = 200;

  @TempDir private Path root;

  /** Every image has the values 1 to 24 in two channels: each tells where it was. */
  private static Dataset images() {
    byte[] pixels = new byte[SAMPLES * 2 * AREA];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (1 + i % (2 * AREA));
    }
    return Dataset.of(
        "images", new ImageShape(2, HEIGHT, WIDTH), 1, 255, pixels, new byte[SAMPLES]);
  }

  private static int[] copy(TrainingSamples samples, int i) {
    float[] values = new float[2 * AREA + 2];
    samples.copyInput(i, values, 1);
    assertThat(values[0]).isZero();
    assertThat(values[2 * AREA + 1]).isZero();
    int[] whole = new int[2 * AREA];
    Arrays.setAll(whole, v -> Math.round(values[v + 1] * 255));
    for (int p = 0; p < AREA; p++) {
      boolean black = whole[p] == 0;
      assertThat(whole[AREA + p]).isEqualTo(black ? 0 : whole[p] + AREA);
    }
    return Arrays.copyOf(whole, AREA);
  }

  private static TrainingSamples samples(boolean flip, int crop, int shift, long seed) {
    return new TrainingSamples(images(), new AugmentSettings(flip, crop, shift), seed);
  }

  @Test
  void withoutSettingsImagesStayAsTheyAre() {
    int[] expected = new int[AREA];
    Arrays.setAll(expected, p -> p + 1);
    assertThat(copy(samples(false, 0, 0, 1), 5)).isEqualTo(expected);
  }

  @Test
  void aboutHalfOfTheImagesAreMirrored() {
    TrainingSamples samples = samples(true, 0, 0, 1);
    int mirrored = 0;
    for (int i = 0; i < SAMPLES; i++) {
      int[] image = copy(samples, i);
      boolean flipped = image[0] == WIDTH;
      for (int p = 0; p < AREA; p++) {
        int x = flipped ? WIDTH - 1 - p % WIDTH : p % WIDTH;
        assertThat(image[p]).isEqualTo(1 + p / WIDTH * WIDTH + x);
      }
      mirrored += flipped ? 1 : 0;
    }
    assertThat(mirrored).isBetween(70, 130);
  }

  /** Each of the 25 places of a crop by 2, and of the 9 of a shift by 1, is drawn. */
  @Test
  void imagesAreMovedOverBlackOrOverTheirBorder() {
    assertThat(places(samples(false, 2, 0, 1), 2, false)).hasSize(25);
    assertThat(places(samples(false, 0, 1, 1), 1, true)).hasSize(9);
  }

  private static Set<Integer> places(TrainingSamples samples, int most, boolean border) {
    Set<Integer> found = new HashSet<>();
    for (int i = 0; i < SAMPLES; i++) {
      int[] image = copy(samples, i);
      int before = found.size();
      int matches = 0;
      for (int dy = -most; dy <= most; dy++) {
        for (int dx = -most; dx <= most; dx++) {
          if (Arrays.equals(image, moved(dy, dx, border))) {
            matches++;
            found.add(10 * dy + dx);
          }
        }
      }
      assertThat(matches).as("sample %d, %d places", i, before).isEqualTo(1);
    }
    return found;
  }

  private static int[] moved(int dy, int dx, boolean border) {
    int[] image = new int[AREA];
    for (int p = 0; p < AREA; p++) {
      int y = p / WIDTH + dy;
      int x = p % WIDTH + dx;
      boolean inside = y >= 0 && y < HEIGHT && x >= 0 && x < WIDTH;
      int from = Math.clamp(y, 0, HEIGHT - 1) * WIDTH + Math.clamp(x, 0, WIDTH - 1);
      image[p] = inside || border ? from + 1 : 0;
    }
    return image;
  }

  @Test
  void changesDependOnSeedEpochAndSampleAndNothingElse() {
    TrainingSamples samples = samples(true, 2, 1, 1);
    int[][] first = new int[SAMPLES][];
    Arrays.setAll(first, i -> copy(samples, i));
    samples.epoch(1);
    int[][] second = new int[SAMPLES][];
    Arrays.setAll(second, i -> copy(samples, i));
    samples.epoch(0);

    assertThat(copy(samples, 7)).isEqualTo(first[7]);
    assertThat(Arrays.deepEquals(first, second)).isFalse();
    TrainingSamples other = samples(true, 2, 1, 2);
    int[][] seeded = new int[SAMPLES][];
    Arrays.setAll(seeded, i -> copy(other, i));
    assertThat(Arrays.deepEquals(first, seeded)).isFalse();
    assertThat(Arrays.stream(first).map(Arrays::toString).distinct().count()).isGreaterThan(50);
  }

  /** Killed within both epochs; a run without the changes has other weights. */
  @Test
  void aRunThatWasKilledSeesTheSameImages() throws IOException {
    Path whole = root.resolve("whole");
    Path parts = root.resolve("parts");
    Path plain = root.resolve("plain");
    Experiment.create(whole, config(true), 1).close();
    Experiment.create(parts, config(true), 1).close();
    Experiment.create(plain, config(false), 1).close();

    assertThat(ResumeTest.runIn(whole, Duration.ofHours(1), Watcher.SILENT)).isTrue();
    assertThat(ResumeTest.runIn(plain, Duration.ofHours(1), Watcher.SILENT)).isTrue();
    for (int batches : new int[] {3, 5, 4}) {
      assertThat(ResumeTest.runIn(parts, Duration.ZERO, ResumeTest.killAfter(batches))).isFalse();
    }
    assertThat(ResumeTest.runIn(parts, Duration.ZERO, Watcher.SILENT)).isTrue();

    byte[] model = Files.readAllBytes(whole.resolve("model.safetensors"));
    assertThat(Files.readAllBytes(parts.resolve("model.safetensors"))).isEqualTo(model);
    assertThat(Files.readAllBytes(plain.resolve("model.safetensors"))).isNotEqualTo(model);
  }

  private static Config config(boolean augment) {
    ObjectNode options = Configs.JSON.createObjectNode();
    options.put("epochs", 2).put("limit", 60).put("batch", 7).put("t", 8).put("k", 4);
    options.putArray("hidden").add(13);
    if (augment) {
      options.put("augment-flip", true).put("augment-crop", 1).put("augment-shift", 2);
    }
    return Configs.resolve("p-1h", null, options);
  }

  @Test
  void rowsOfNumbersAndNumbersOutOfRangeAreRefused() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> new AugmentSettings(false, -1, 0))
        .withMessage("augment-crop is -1; it must be from 0 to 1000.");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> new AugmentSettings(true, 0, 0).check(new ImageShape(1, 1, 9)))
        .withMessageContaining("The samples are rows of 1x1x9, and only images can be mirrored");
    new AugmentSettings(true, 1, 1).check(new ImageShape(3, 2, 2));
  }
}
