package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.eqprop.core.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every type of sample, and what transparent parts lie on. */
class PictureSamplesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"tiff, GREY", "tiff, RGB"})
  void thirtyTwoBitsAreRead(String format, String colours) throws IOException {
    for (int type : new int[] {DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_INT}) {
      BufferedImage image = wide(type, colours.equals("GREY"));
      double most = type == DataBuffer.TYPE_INT ? 0xFFFF_FFFFL : 1;
      for (int band = 0; band < image.getRaster().getNumBands(); band++) {
        for (int x = 0; x < 3; x++) {
          double sample = most * x / 2;
          if (type == DataBuffer.TYPE_INT) {
            image.getRaster().setSample(x, 0, band, (int) (long) sample);
          } else {
            image.getRaster().setSample(x, 0, band, sample);
          }
        }
      }
      assertThat(read(image, format, 1, 3))
          .containsExactly(new float[] {0, 0.5f, 1}, within(1e-6f));
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, -0.1f, 1.5f, 255, Float.POSITIVE_INFINITY})
  void aNumberThatIsNoGreyValueIsRefused(float value) throws IOException {
    for (boolean grey : new boolean[] {true, false}) {
      BufferedImage image = wide(DataBuffer.TYPE_FLOAT, grey);
      image.getRaster().setSample(1, 0, 0, value);
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() -> read(image, "tiff", 1, 3))
          .withMessage(
              folder.resolve("picture")
                  + ": it has the value "
                  + (double) value
                  + ", outside of 0 to 1; save it with whole numbers of 8 or 16 bits.");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void palettesAndFewBitsAreRead(int bits) throws IOException {
    int most = (1 << bits) - 1;
    byte[] greys = new byte[most + 1];
    for (int i = 0; i <= most; i++) {
      greys[i] = (byte) (255 * i / most);
    }
    IndexColorModel model = new IndexColorModel(bits, most + 1, greys, greys, greys);
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, model);
    image.getRaster().setSample(1, 0, 0, most);
    for (String format : new String[] {"png", "bmp", "gif", "tiff"}) {
      if (bits != 2 || !format.equals("bmp")) {
        assertThat(read(image, format, 1, 2)).describedAs(format).containsExactly(0, 1);
      }
    }
  }

  /** A drawing on a transparent ground is its ink, whatever would be seen on white paper. */
  @Test
  void paperIsWhiteButADrawingsInkIsLight() throws IOException {
    int light = 0xFFFFFFFF;
    int dark = 0xFF000000;
    assertThat(read(argb(light, 0, 0, 0), "png", 1, 4)).containsExactly(1, 0, 0, 0);
    assertThat(read(argb(0, 0xFFE0E0E0, 0, 0), "png", 1, 4)[0]).isZero();
    // A dark drawing is on white paper; its ink is read as light, inverted or not.
    assertThat(read(argb(dark, 0, 0, 0), "png", 1, 4)).containsExactly(1, 0, 0, 0);
    assertThat(read(argb(dark, dark, 0, 0), "png", 1, 4)).containsExactly(0, 0, 1, 1);
    // A light card with a hole is no drawing.
    assertThat(read(argb(light, light, dark, 0), "png", 1, 4)).containsExactly(1, 1, 0, 1);
    assertThat(read(argb(0, 0, 0, 0), "png", 1, 4)).containsExactly(1, 1, 1, 1);
    float half = read(argb(0x80FFFFFF, 0, 0, 0), "png", 1, 4)[0];
    assertThat(half).isCloseTo(128 / 255f, within(1e-6f));
  }

  @Test
  void greyWithOpacityIsReadAsColoursAre() throws IOException {
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            true,
            false,
            Transparency.TRANSLUCENT,
            DataBuffer.TYPE_BYTE);
    WritableRaster raster = model.createCompatibleWritableRaster(3, 1);
    BufferedImage image = new BufferedImage(model, raster, false, null);
    raster.setPixels(0, 0, 3, 1, new int[] {0, 255, 100, 255, 0, 102});
    assertThat(read(image, "png", 1, 3))
        .containsExactly(new float[] {0, 100 / 255f, 0.6f}, within(1e-6f));
  }

  private static BufferedImage argb(int... colours) {
    BufferedImage image = new BufferedImage(colours.length, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, colours.length, 1, colours, 0, colours.length);
    return image;
  }

  /** 3 x 1 pixels of 32 bits a sample. */
  private static BufferedImage wide(int type, boolean grey) {
    ColorSpace space = ColorSpace.getInstance(grey ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
    ColorModel model = new ComponentColorModel(space, false, false, Transparency.OPAQUE, type);
    WritableRaster raster = model.createCompatibleWritableRaster(3, 1);
    return new BufferedImage(model, raster, false, null);
  }

  private float[] read(BufferedImage image, String format, int height, int width)
      throws IOException {
    Path file = folder.resolve("picture");
    assertThat(ImageIO.write(image, format, file.toFile())).describedAs(format).isTrue();
    return PngImages.read(file, new ImageShape(1, height, width), false);
  }
}
