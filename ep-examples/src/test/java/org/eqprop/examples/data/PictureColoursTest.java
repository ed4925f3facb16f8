package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures as red, green and blue. */
class PictureColoursTest {
  @TempDir Path folder;

  private Path write(BufferedImage image) throws IOException {
    Path file = folder.resolve("picture.png");
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    return file;
  }

  private float[] read(BufferedImage image, boolean invert) throws IOException {
    return PngImages.read(
        write(image), new ImageShape(3, image.getHeight(), image.getWidth()), invert);
  }

  private static BufferedImage row(int type, int... colours) {
    BufferedImage image = new BufferedImage(colours.length, 1, type);
    image.setRGB(0, 0, colours.length, 1, colours, 0, colours.length);
    return image;
  }

  @Test
  void oneChannelComesAfterTheOther() throws IOException {
    BufferedImage image = row(BufferedImage.TYPE_INT_RGB, 0x3366CC, 0xFF0001);

    assertThat(read(image, false))
        .containsExactly(0x33 / 255f, 1, 0x66 / 255f, 0, 0xCC / 255f, 1 / 255f);
    assertThat(read(image, true))
        .containsExactly(1 - 0x33 / 255f, 0, 1 - 0x66 / 255f, 1, 1 - 0xCC / 255f, 1 - 1 / 255f);
  }

  @Test
  void aGreyPictureHasThreeEqualChannels() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 77, 255});

    assertThat(read(image, false))
        .containsExactly(0, 77 / 255f, 1, 0, 77 / 255f, 1, 0, 77 / 255f, 1);
  }

  @Test
  void whatIsTransparentIsPaperInEachChannel() throws IOException {
    BufferedImage onWhite = row(BufferedImage.TYPE_INT_ARGB, 0xFF0000FF, 0);
    assertThat(read(onWhite, false)).containsExactly(0, 1, 0, 1, 1, 1);

    BufferedImage lightDrawing = row(BufferedImage.TYPE_INT_ARGB, 0xFFFFFF00, 0, 0);
    assertThat(read(lightDrawing, false)).containsExactly(1, 0, 0, 1, 0, 0, 0, 0, 0);
  }

  @Test
  void coloursOfSixteenBitsAndOfPalettesAreRead() throws IOException {
    ColorModel deep =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    var raster = deep.createCompatibleWritableRaster(1, 1);
    raster.setPixel(0, 0, new int[] {0, 0x8080, 0xFFFF});
    assertThat(read(new BufferedImage(deep, raster, false, null), false))
        .containsExactly(0, 0x80 / 255f, 1);

    assertThat(read(row(BufferedImage.TYPE_BYTE_INDEXED, 0xFF00FF00), false))
        .containsExactly(0, 1, 0);
  }

  /** Left red, right blue; stored turned, so that its rows are the upright picture's columns. */
  @Test
  void eachChannelIsTurnedUpright() throws IOException {
    BufferedImage stored = new BufferedImage(16, 32, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < 512; p++) {
      stored.setRGB(p % 16, p / 16, p < 256 ? 0xFF0000 : 0x0000FF);
    }
    byte[] png = Files.readAllBytes(write(stored));
    byte[] exif = PictureFiles.exif(5, ByteOrder.BIG_ENDIAN);
    Path file = Files.write(folder.resolve("turned"), PictureFiles.withChunk(png, "eXIf", exif));

    assertThat(PngImages.read(file, new ImageShape(3, 1, 2), false))
        .containsExactly(new float[] {1, 0, 0, 0, 0, 1}, within(1e-6f));
  }

  /** Odd sizes; the luma of the stretched colours is the stretched luma. */
  @Test
  void coloursAreStretchedAsGreyIsWhateverTheBands() throws IOException {
    BufferedImage image = new BufferedImage(13, 11, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < 143; p++) {
      image.setRGB(p % 13, p / 13, p * p * 7919);
    }
    Path file = write(image);
    float[] grey = PngImages.read(file, new ImageShape(1, 5, 7), false);
    float[] colours = PngImages.read(file, new ImageShape(3, 5, 7), false);
    for (int i = 0; i < 35; i++) {
      float luma = 0.299f * colours[i] + 0.587f * colours[35 + i] + 0.114f * colours[70 + i];
      assertThat(luma).isCloseTo(grey[i], within(1e-6f));
    }
    assertThat(PngImages.read(file, new ImageShape(3, 5, 7), false, 1)).containsExactly(colours);
  }
}
