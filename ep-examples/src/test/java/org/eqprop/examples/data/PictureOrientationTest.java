package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.eqprop.examples.data.PictureFiles.Kind;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every EXIF orientation in every kind of file that can have one. */
class PictureOrientationTest {

  /** An upright picture of 2 rows of 3 blocks, each 16 x 16 pixels: no JPEG block has an edge. */
  private static final int[][] BLOCKS = {{0, 50, 100}, {150, 200, 250}};

  private static final int SIDE = 16;
  private static final int HEIGHT = 2 * SIDE;
  private static final int WIDTH = 3 * SIDE;

  /** Where the first stored row and column are seen, by EXIF 2.32, tag 274. */
  private static final List<String> SIDES =
      List.of(
          "top left",
          "top right",
          "bottom right",
          "bottom left",
          "left top",
          "right top",
          "right bottom",
          "left bottom");

  @TempDir Path folder;

  static Stream<Arguments> files() {
    List<Arguments> files = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (int orientation = 1; orientation <= 8; orientation++) {
        if (kind.format().matches("jpeg|png|tiff")) {
          files.add(Arguments.of(kind, orientation, ByteOrder.BIG_ENDIAN));
        }
        if (kind.format().matches("jpeg|png")) {
          files.add(Arguments.of(kind, orientation, ByteOrder.LITTLE_ENDIAN));
        }
      }
    }
    return files.stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void aPictureIsSeenUpright(Kind kind, int orientation, ByteOrder order) throws IOException {
    byte[] bytes = PictureFiles.encode(stored(orientation), kind, orientation, order);
    Path file = Files.write(folder.resolve("picture"), bytes);

    float[] values = PngImages.read(file, new ImageShape(1, 2, 3), false);

    assertThat(values).containsExactly(expected(), within(0.01f));
    // The corners too: a row or column that is off by one would show there.
    float[] full = PngImages.read(file, new ImageShape(1, HEIGHT, WIDTH), false);
    assertThat(full[0]).isCloseTo(0, within(0.02f));
    assertThat(full[WIDTH - 1]).isCloseTo(100 / 255f, within(0.02f));
    assertThat(full[HEIGHT * WIDTH - 1]).isCloseTo(250 / 255f, within(0.02f));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 255, -1})
  void anOrientationThatDoesNotExistIsUpright(int orientation) throws IOException {
    for (Kind kind : List.of(Kind.JPEG, Kind.PNG)) {
      byte[] bytes = PictureFiles.encode(stored(1), kind, orientation, ByteOrder.BIG_ENDIAN);
      Path file = Files.write(folder.resolve("picture"), bytes);

      assertThat(PngImages.read(file, new ImageShape(1, 2, 3), false))
          .containsExactly(expected(), within(0.01f));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void webpHasAnOrientationToo(int orientation) throws IOException {
    byte[] simple;
    try (var in = getClass().getResourceAsStream("seven.webp")) {
      simple = Objects.requireNonNull(in).readAllBytes();
    }
    byte[] exif = PictureFiles.exif(orientation, ByteOrder.LITTLE_ENDIAN);
    Path plain = Files.write(folder.resolve("plain.webp"), simple);
    Path turned =
        Files.write(
            folder.resolve("turned.webp"), PictureFiles.withExifInWebp(simple, 28, 28, exif));

    float[] asStored = PngImages.read(plain, new ImageShape(1, 28, 28), false);
    float[] upright = PngImages.read(turned, new ImageShape(1, 28, 28), false);

    for (int row = 0; row < 28; row++) {
      for (int column = 0; column < 28; column++) {
        int[] seen = seen(orientation, row, column, 28, 28);
        assertThat(upright[seen[0] * 28 + seen[1]]).isEqualTo(asStored[row * 28 + column]);
      }
    }
  }

  private static float[] expected() {
    float[] expected = new float[6];
    for (int i = 0; i < 6; i++) {
      expected[i] = BLOCKS[i / 3][i % 3] / 255f;
    }
    return expected;
  }

  /** What a camera held in this way stores of the picture. */
  private static BufferedImage stored(int orientation) {
    boolean swapped = orientation >= 5 && orientation <= 8;
    int rows = swapped ? WIDTH : HEIGHT;
    int columns = swapped ? HEIGHT : WIDTH;
    BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_BYTE_GRAY);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int[] seen = seen(orientation, row, column, HEIGHT, WIDTH);
        image.getRaster().setSample(column, row, 0, BLOCKS[seen[0] / SIDE][seen[1] / SIDE]);
      }
    }
    return image;
  }

  /** The row and column of the upright picture at which a stored row and column are seen. */
  private static int[] seen(int orientation, int row, int column, int height, int width) {
    String[] sides = SIDES.get(orientation - 1).split(" ", 2);
    int[] seen = new int[2];
    along(sides[0], row, seen, height, width);
    along(sides[1], column, seen, height, width);
    return seen;
  }

  private static void along(String side, int distance, int[] seen, int height, int width) {
    switch (side) {
      case "top" -> seen[0] = distance;
      case "bottom" -> seen[0] = height - 1 - distance;
      case "left" -> seen[1] = distance;
      default -> seen[1] = width - 1 - distance;
    }
  }
}
