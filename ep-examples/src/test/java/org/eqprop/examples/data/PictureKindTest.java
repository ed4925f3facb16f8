package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.eqprop.core.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures and documents of kinds that are not read are called by their names. */
class PictureKindTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "HEIC, \\0\\0\\0\\x18ftypheic\\0\\0\\0\\0mif1heic",
    "HEIC, \\0\\0\\0\\x18ftypmif1\\0\\0\\0\\0mif1heic",
    "AVIF, \\0\\0\\0\\x1cftypavif\\0\\0\\0\\0avifmif1",
    "ICO, \\0\\0\\x01\\0\\x01\\0\\x10\\x10\\0\\0",
    "CUR, \\0\\0\\x02\\0\\x01\\0\\x10\\x10\\0\\0",
    "JPEG XL, \\xff\\x0a\\xfa\\x1f",
    "JPEG XL, \\0\\0\\0\\x0cJXL \\x0d\\x0a\\x87\\x0a",
    "JPEG 2000, \\0\\0\\0\\x0cjP  \\x0d\\x0a\\x87\\x0a",
    "SVG, <svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    "SVG, <?xml version=\"1.0\"?><svg/>",
    "PSD, 8BPS\\0\\x01",
    "PDF, %PDF-1.7",
    "DDS, DDS |\\0\\0\\0",
  })
  void aKindIsCalledByItsName(String name, String head) throws IOException {
    Path file = Files.write(folder.resolve("picture"), Arrays.copyOf(bytes(head), 400));

    assertThat(PngImages.isKnownKind(file)).isTrue();
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> PngImages.read(file, new ImageShape(1, 8, 8), false))
        .withMessage(
            file + ": a file of the kind " + name + ", which is not read here; convert it to PNG.");
  }

  @Test
  void tgaIsKnownByItsFooterOrItsName() throws IOException {
    byte[] tga = new byte[18 + 64 + 26];
    tga[2] = 3;
    tga[12] = 8;
    tga[14] = 8;
    tga[16] = 8;
    assertThat(PictureKind.of(Files.write(folder.resolve("old.TGA"), tga))).isEqualTo("TGA");
    assertThat(PictureKind.of(Files.write(folder.resolve("old"), tga))).isNull();
    byte[] footer = "TRUEVISION-XFILE.\0".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(footer, 0, tga, tga.length - footer.length, footer.length);
    assertThat(PictureKind.of(Files.write(folder.resolve("new"), tga))).isEqualTo("TGA");
  }

  @Test
  void idxFilesAndTextsAreOfNoKind() throws IOException {
    Path idx = Files.write(folder.resolve("images"), IdxBytes.images(3));
    assertThat(PngImages.isKnownKind(idx)).isFalse();
    Path text = Files.writeString(folder.resolve("text"), "five");
    assertThat(PngImages.isKnownKind(text)).isFalse();
    assertThat(PngImages.isKnownKind(folder.resolve("nothing"))).isFalse();
    assertThat(PngImages.isKnownKind(folder)).isFalse();
  }

  private static byte[] bytes(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("\\x", i)) {
        plain.append((char) Integer.parseInt(text.substring(i + 2, i + 4), 16));
        i += 3;
      } else if (text.startsWith("\\0", i)) {
        plain.append('\0');
        i++;
      } else {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
