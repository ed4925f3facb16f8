package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.eqprop.examples.data.PictureFiles.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A picture that is decoded in bands has the values of one that is decoded whole. */
class PictureBandsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Kind.class)
  void bandsDoNotChangeABit(Kind kind) throws IOException {
    BufferedImage image = random(BufferedImage.TYPE_BYTE_GRAY);
    byte[] bytes =
        kind.format().matches("jpeg|png|tiff")
            ? PictureFiles.encode(image, kind, 6, ByteOrder.BIG_ENDIAN)
            : PictureFiles.encode(image, kind);
    assertSame(Files.write(folder.resolve("picture"), bytes));
  }

  @Test
  void norWhereItIsTransparent() throws IOException {
    Path file = folder.resolve("picture.png");
    assertThat(ImageIO.write(random(BufferedImage.TYPE_INT_ARGB), "png", file.toFile())).isTrue();
    assertSame(file);
  }

  private static void assertSame(Path file) {
    for (int side : new int[] {1, 7, 28, 61, 100}) {
      ImageShape shape = new ImageShape(1, side, side + 2);
      float[] whole = PngImages.read(file, shape, false, 1 << 30);
      for (int bandBytes : new int[] {1, 1000, 3000, 7000}) {
        assertThat(PngImages.read(file, shape, false, bandBytes)).containsExactly(whole);
      }
    }
  }

  private static BufferedImage random(int type) {
    Random random = new Random(2);
    BufferedImage image = new BufferedImage(53, 61, type);
    for (int y = 0; y < 61; y++) {
      for (int x = 0; x < 53; x++) {
        for (int band = 0; band < image.getRaster().getNumBands(); band++) {
          image.getRaster().setSample(x, y, band, random.nextInt(256));
        }
      }
    }
    return image;
  }
}
