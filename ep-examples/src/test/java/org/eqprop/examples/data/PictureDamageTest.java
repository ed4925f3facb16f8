package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.eqprop.core.DataException;
import org.eqprop.examples.data.PictureFiles.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged pictures are refused; pictures with damage beside the pixels are read. */
class PictureDamageTest {

  private static final ImageShape SHAPE = new ImageShape(1, 7, 7);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Kind.class)
  void noCutFileIsReadAsAnotherPicture(Kind kind) throws IOException {
    assertCutsAreFound(PictureFiles.encode(noise(37, 41), kind));
  }

  @Test
  void noCutWebpIsReadAsAnotherPicture() throws IOException {
    try (var in = getClass().getResourceAsStream("seven.webp")) {
      assertCutsAreFound(Objects.requireNonNull(in).readAllBytes());
    }
  }

  private void assertCutsAreFound(byte[] whole) throws IOException {
    Path file = Files.write(folder.resolve("picture"), whole);
    float[] right = PngImages.read(file, SHAPE, false);
    int step = Math.max(1, whole.length / 100);
    int refused = 0;
    for (int length = whole.length - 1; length >= 0; length -= length > 20 ? step : 1) {
      Files.write(file, Arrays.copyOf(whole, length));
      float[] values = null;
      try {
        values = PngImages.read(file, SHAPE, false);
      } catch (DataException e) {
        refused++;
        assertThat(e.getMessage()).startsWith(file + ": ").endsWith(".");
      }
      if (values != null) {
        assertThat(values).describedAs("cut to " + length).containsExactly(right);
      }
    }
    assertThat(refused).isGreaterThan(90);
  }

  /** The decoder itself looks at no checksum. */
  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"PNG", "PNG_INTERLACED", "PNG_GREY"})
  void aFlippedBitInPngPixelsIsFound(Kind kind) throws IOException {
    byte[] whole = PictureFiles.encode(noise(37, 41), kind);
    Path file = Files.write(folder.resolve("picture"), whole);
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      byte[] changed = whole.clone();
      int at = 8 + random.nextInt(whole.length - 8);
      changed[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, changed);

      assertThatExceptionOfType(DataException.class)
          .describedAs("byte " + at)
          .isThrownBy(() -> PngImages.read(file, SHAPE, false))
          .withMessageStartingWith(file + ": ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tEXt", "zTXt", "iTXt", "tIME", "iCCP", "eXIf", "pHYs", "gAMA", "xxXx"})
  void aChunkOfRubbishDoesNotMatterToSoundPixels(String type) throws IOException {
    byte[] whole = PictureFiles.encode(noise(37, 41), Kind.PNG_GREY);
    Path file = Files.write(folder.resolve("picture"), whole);
    float[] right = PngImages.read(file, SHAPE, false);
    byte[] rubbish = "no\0tdeflate\0and no time".getBytes(StandardCharsets.US_ASCII);
    for (int length : new int[] {0, 1, 4, 7, rubbish.length}) {
      byte[] chunk = Arrays.copyOf(rubbish, length);
      byte[] changed = PictureFiles.withChunk(whole, type, chunk);
      Files.write(file, changed);
      assertThat(PngImages.read(file, SHAPE, false)).containsExactly(right);

      changed[8 + 25 + 8 + length] ^= 1; // in the chunk's checksum
      Files.write(file, changed);
      assertThat(PngImages.read(file, SHAPE, false)).containsExactly(right);
    }
  }

  @Test
  void bytesAfterTheEndDoNotMatter() throws IOException {
    for (Kind kind : List.of(Kind.PNG, Kind.JPEG, Kind.GIF, Kind.BMP)) {
      byte[] whole = PictureFiles.encode(noise(37, 41), kind);
      Path file = Files.write(folder.resolve("picture"), whole);
      float[] right = PngImages.read(file, SHAPE, false);
      Files.write(file, Arrays.copyOf(whole, whole.length + 1000));
      assertThat(PngImages.read(file, SHAPE, false)).containsExactly(right);
    }
  }

  /** Some cameras leave bytes between the last pixel and the marker of the end. */
  @Test
  void bytesBeforeTheEndOfAJpegDoNotMatter() throws IOException {
    for (Kind kind : List.of(Kind.JPEG, Kind.JPEG_GREY)) {
      byte[] whole = PictureFiles.encode(noise(37, 41), kind);
      Path file = Files.write(folder.resolve("picture"), whole);
      float[] right = PngImages.read(file, SHAPE, false);
      byte[] longer = Arrays.copyOf(whole, whole.length + 5);
      longer[whole.length - 2] = 0;
      longer[whole.length - 1] = 0;
      longer[longer.length - 2] = (byte) 0xFF;
      longer[longer.length - 1] = (byte) 0xD9;
      Files.write(file, longer);
      assertThat(PngImages.read(file, SHAPE, false)).containsExactly(right);
    }
  }

  private static BufferedImage noise(int width, int height) {
    Random random = new Random(1);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 0, random.nextInt(256));
      }
    }
    return image;
  }
}
