package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.eqprop.core.DataException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngImagesTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("drawing.png");
  }

  @Test
  void greyValuesAreTheirQuotientBy255() throws IOException {
    write(grey(2, 128, 0, 1, 255, 77, 13));

    assertThat(PngImages.read(file, new ImageShape(1, 3, 2), false))
        .containsExactly(128 / 255f, 0, 1 / 255f, 1, 77 / 255f, 13 / 255f);
  }

  @Test
  void invertingTurnsWhiteIntoZeroAndIsNeverGuessed() throws IOException {
    write(grey(2, 255, 255, 255, 0));

    assertThat(read(2, 2, false)).containsExactly(1, 1, 1, 0);
    assertThat(read(2, 2, true)).containsExactly(0, 0, 0, 1);
  }

  @Test
  void coloursBecomeTheirLuma() throws IOException {
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xFF0000);
    image.setRGB(1, 0, 0x00FF00);
    image.setRGB(2, 0, 0x0000FF);
    image.setRGB(3, 0, 0x404040);
    write(image);

    assertThat(read(1, 4, false))
        .containsExactly(new float[] {0.299f, 0.587f, 0.114f, 0.25098f}, within(1e-5f));
  }

  @Test
  void transparentPartsAreWhitePaper() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00000000);
    image.setRGB(1, 0, 0xFF000000);
    write(image);

    assertThat(read(1, 2, false)).containsExactly(1, 0);
  }

  @Test
  void blackAndWhiteImagesAreRead() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(1, 0, 0xFFFFFF);
    write(image);

    assertThat(read(1, 2, false)).containsExactly(0, 1);
  }

  @Test
  void sixteenBitGreyIsRead() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 1000);
    write(image);

    assertThat(read(1, 1, false)).containsExactly(1000 / 65535f);
  }

  @Test
  void aLargerImageIsAveragedOverAreas() throws IOException {
    write(grey(4, 0, 255, 51, 51, 255, 255, 51, 51));

    assertThat(read(1, 2, false)).containsExactly(new float[] {0.75f, 0.2f}, within(1e-6f));
  }

  @Test
  void areasThatCutPixelsTakeTheirShare() throws IOException {
    write(grey(3, 255, 0, 255));

    assertThat(read(1, 2, false)).containsExactly(new float[] {2 / 3f, 2 / 3f}, within(1e-6f));
    assertThat(read(1, 4, false))
        .containsExactly(new float[] {1, 1 / 3f, 1 / 3f, 1}, within(1e-6f));
  }

  @Test
  void rowsAndColumnsAreNotSwapped() throws IOException {
    write(grey(2, 0, 255, 51, 102, 153, 204));

    assertThat(read(6, 2, false))
        .containsExactly(0, 1, 0, 1, 0.2f, 0.4f, 0.2f, 0.4f, 0.6f, 0.8f, 0.6f, 0.8f);
  }

  @Test
  void aMeanNeverLeavesTheRange() throws IOException {
    int[] white = new int[37 * 41];
    Arrays.fill(white, 255);
    write(grey(37, white));

    for (float value : read(28, 28, false)) {
      assertThat(value).isEqualTo(1);
    }
  }

  @Test
  void aFileThatIsNotThereOrAFolderIsNamed() {
    assertRefused(file, "there is no such file");
    assertRefused(folder, "cannot be read (it is a folder, not a file)");
  }

  @Test
  void aFileThatIsNoImageIsNamed() throws IOException {
    Files.writeString(file, "not a picture");
    assertRefused(file, "not an image of a known format");

    Files.write(file, new byte[0]);
    assertRefused(file, "not an image of a known format");
  }

  @Test
  void aDamagedImageIsNamed() throws IOException {
    write(grey(37, new int[37 * 41]));
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {8, 20, 33, whole.length / 2}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused(file, "the image is damaged or cut off");
    }
  }

  @Test
  void anImageOfTooManyPixelsIsRefusedBeforeItIsDecoded() throws IOException {
    write(grey(1, 0));
    byte[] png = Files.readAllBytes(file);
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, 60_000).putInt(20, 60_000);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());
    Files.write(file, png);

    assertRefused(file, "more than 64 million pixels");
  }

  @Test
  void onlyGreyAndColoursAreRead() {
    for (int channels : new int[] {2, 4}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PngImages.read(file, new ImageShape(channels, 2, 2), false));
    }
  }

  private float[] read(int height, int width, boolean invert) {
    return PngImages.read(file, new ImageShape(1, height, width), invert);
  }

  private void write(BufferedImage image) throws IOException {
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
  }

  private static BufferedImage grey(int width, int... values) {
    BufferedImage image =
        new BufferedImage(width, values.length / width, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, width, values.length / width, values);
    return image;
  }

  private static void assertRefused(Path named, String what) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> PngImages.read(named, new ImageShape(1, 28, 28), false))
        .withMessageStartingWith(named + ": " + what + "; ");
  }
}
