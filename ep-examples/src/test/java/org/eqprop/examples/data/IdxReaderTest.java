package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.eqprop.core.DataException;
import org.eqprop.core.internal.idx.IdxFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxReaderTest {

  @TempDir Path folder;
  private Path images;
  private Path labels;

  @BeforeEach
  void writeTwoSoundFiles() throws IOException {
    images = Files.write(folder.resolve("some-images"), IdxBytes.images(2));
    labels = Files.write(folder.resolve("some-labels"), IdxBytes.labels(3, 9));
  }

  @Test
  void plainFilesAreRead() {
    assertSound(IdxReader.read("two", images, labels));
  }

  @Test
  void gzippedFilesAreToldByTheirContentNotTheirName() throws IOException {
    Files.write(images, IdxBytes.gzip(IdxBytes.images(2)));
    Path plain = Files.write(folder.resolve("plain.gz"), IdxBytes.labels(3, 9));

    assertSound(IdxReader.read("two", images, plain));
  }

  @Test
  void aFileLargerThanTheFirstAllocationIsReadWhole() throws IOException {
    byte[] body = new byte[8193 * 8192];
    body[body.length - 1] = (byte) 255;
    byte[] large = IdxBytes.file(IdxBytes.IMAGES, new int[] {1, 8193, 8192}, body);
    Files.write(images, IdxBytes.gzip(large));
    Files.write(labels, IdxBytes.labels(4));
    float[] image = new float[body.length];

    IdxReader.read("large", images, labels).copyImage(0, image, 0);

    assertThat(image[body.length - 2]).isZero();
    assertThat(image[body.length - 1]).isEqualTo(1);
  }

  @Test
  void aTruncatedFileIsNamed() throws IOException {
    byte[] whole = IdxBytes.images(2);
    for (int length : new int[] {1, 3, 4, 15, 16, whole.length - 1}) {
      Files.write(images, Arrays.copyOf(whole, length));
      assertBad(images, "truncated");
    }
  }

  @Test
  void aGzippedFileTruncatedAnywhereIsNamed() throws IOException {
    byte[] whole = IdxBytes.gzip(IdxBytes.images(2));
    for (int length = 2; length < whole.length; length++) {
      Files.write(images, Arrays.copyOf(whole, length));
      assertBad(images, "truncated");
    }
  }

  @Test
  void aWrongChecksumInsideGzipIsNoticed() throws IOException {
    byte[] packed = IdxBytes.gzip(IdxBytes.images(2));
    packed[packed.length - 8] ^= 1;
    Files.write(images, packed);

    assertBad(images, "gzip data is damaged");
  }

  @Test
  void garbageInsideGzipIsNoticed() throws IOException {
    byte[] packed = IdxBytes.gzip(IdxBytes.images(2));
    Arrays.fill(packed, 10, packed.length - 8, (byte) 0xFF);
    Files.write(images, packed);

    assertBad(images, "gzip data is damaged");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 20, 100_000})
  void whatComesAfterGzipIsNoticedUnlessItIsPadding(int more) throws IOException {
    byte[] packed = IdxBytes.gzip(IdxBytes.images(2));
    byte[] padded = Arrays.copyOf(packed, packed.length + more);
    Files.write(images, padded);
    assertThat(IdxFile.read(images, IdxFile.Kind.IMAGES).count()).isEqualTo(2);

    padded[padded.length - 1] = 1;
    Files.write(images, padded);
    assertBad(images, "there are more bytes after the gzip data");
  }

  @Test
  void severalMembersOfGzipAreOneFile() throws IOException {
    byte[] plain = IdxBytes.images(2);
    byte[] first = IdxBytes.gzip(Arrays.copyOf(plain, 20));
    byte[] second = IdxBytes.gzip(Arrays.copyOfRange(plain, 20, plain.length));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    Files.write(images, both);

    assertThat(IdxFile.read(images, IdxFile.Kind.IMAGES).count()).isEqualTo(2);
  }

  @Test
  void anEmptyFileIsNamed() throws IOException {
    Files.write(labels, new byte[0]);

    assertBad(labels, "the file is empty");
  }

  @Test
  void aFileOfAnotherFormatIsNamedWithWhatItStartsWith() throws IOException {
    Files.writeString(images, "{\"error\": 404}");

    assertBad(images, "not an IDX file of images, it starts with 0x7B226572, not 0x00000803");
  }

  @ParameterizedTest
  @CsvSource({
    "<html>404, web page",
    "<!DOCTYPE html>, web page",
    "<!doctype html>, web page",
    "<HTML>, web page",
    "<?xml version='1.0'?>, web page",
    "'PK\u0003\u0004', 'a ZIP archive, not an IDX file of images; unpack it'",
    "7z\u00bc\u00af, a 7-Zip archive",
    "Rar!, a RAR archive",
    "\u00fd7zXZ, packed with xz",
    "(\u00b5/\u00fd, packed with zstd",
    "BZh9, packed with bzip2",
    "\u0093NUMPY, 'a NumPy array, not an IDX file of images; write it as IDX'",
    "version https://git-lfs.github.com, 'a pointer of Git LFS to the file'",
  })
  void whatIsFoundUnderTheNamesOfIdxFilesIsCalledByItsName(String start, String sentence)
      throws IOException {
    Files.write(images, (start + "and more of it").getBytes(StandardCharsets.ISO_8859_1));

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> IdxReader.readImages(images))
        .withMessageStartingWith(images + ": ")
        .withMessageContaining(sentence);
  }

  @Test
  void aFilePackedTwiceIsUnpackedOnceByItsOwner() throws IOException {
    Files.write(images, IdxBytes.gzip(IdxBytes.gzip(IdxBytes.images(2))));

    assertBad(images, "packed twice with gzip, not an IDX file of images; unpack it once");
  }

  @Test
  void imagesAndLabelsThatAreSwappedAreToldApart() {
    assertBad(labels, labels, images, "holds labels where images belong");
    assertBad(images, images, images, "holds images where labels belong");
  }

  @Test
  void bytesAfterTheEndAreNoticed() throws IOException {
    byte[] longer = Arrays.copyOf(IdxBytes.labels(3, 9), 11);
    Files.write(labels, longer);
    assertBad(labels, "more bytes than the 2");

    Files.write(labels, IdxBytes.gzip(longer));
    assertBad(labels, "more bytes than the 2");
  }

  @Test
  void countsThatDifferNameBothFiles() throws IOException {
    Files.write(labels, IdxBytes.labels(1, 2, 3));

    assertBad(labels, "holds 3 labels for the 2 images of " + images);
  }

  @Test
  void labelsAreThoseOfTheFileWhateverTheyAre() throws IOException {
    Files.write(labels, IdxBytes.labels(255, 10));

    Dataset set = IdxReader.read("two", images, labels);

    assertThat(set.classes()).isEqualTo(2);
    assertThat(set.label(0)).isEqualTo(1);
    assertThat(IdxBytes.label(set, 0)).isEqualTo(255);
    assertThat(IdxBytes.label(set, 1)).isEqualTo(10);
  }

  @Test
  void aSetWithoutSamplesIsRefused() throws IOException {
    Files.write(images, IdxBytes.file(IdxBytes.IMAGES, new int[] {0, 2, 3}));
    assertBad(images, "holds no images");

    Files.write(images, IdxBytes.images(2));
    Files.write(labels, IdxBytes.labels());
    assertBad(labels, "holds no labels");
  }

  @Test
  void impossibleSizesAreRefusedBeforeAnyMemoryIsTaken() throws IOException {
    int most = Integer.MAX_VALUE;
    int[][] sizes = {{1, 0, 3}, {1, 2, 0}, {-1, 2, 3}, {most, most, most}, {1 << 16, 1 << 16, 2}};
    for (int[] size : sizes) {
      byte[] file = IdxBytes.file(IdxBytes.IMAGES, size, new byte[6]);
      Files.write(images, file);
      assertBad(images, "impossible sizes (" + Integer.toUnsignedString(size[0]));
      Files.write(images, IdxBytes.gzip(file));
      assertBad(images, "impossible sizes (");
    }
  }

  @Test
  void sizesThatNoGzipFileOfThisLengthCouldHoldAreRefused() throws IOException {
    byte[] file = IdxBytes.file(IdxBytes.IMAGES, new int[] {1000, 1000, 1000}, new byte[6]);
    Files.write(images, IdxBytes.gzip(file));

    assertBad(images, "impossible sizes (1000 x 1000 x 1000 images)");
  }

  @Test
  void sizesBeyondThePlainFileAreATruncation() throws IOException {
    byte[] file = IdxBytes.file(IdxBytes.IMAGES, new int[] {1000, 1000, 1000}, new byte[6]);
    Files.write(images, file);

    assertBad(images, "truncated, only 6 of 1000000000 bytes");
  }

  @Test
  void aFileThatIsNotThereOrAFolderIsNamed() throws IOException {
    Path missing = folder.resolve("missing");
    assertBad(missing, missing, labels, "cannot be read (there is no such file)");

    Path inTheWay = Files.createDirectory(folder.resolve("folder"));
    assertBad(inTheWay, inTheWay, labels, "cannot be read");
  }

  @Test
  void aMissingFileOfTheFourIsNamedWithItsFolder() throws IOException {
    for (String name : new String[] {"train-images-idx3", "t10k-labels-idx1"}) {
      Path set = IdxBytes.writeSet(folder.resolve(name), 1, 2);
      Files.deleteIfExists(set.resolve(name + "-ubyte"));
      Files.deleteIfExists(set.resolve(name + "-ubyte.gz"));

      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() -> readFolder(set))
          .withMessageStartingWith(set + ": the file " + name + "-ubyte or")
          .withMessageContaining("is missing");
    }
  }

  @Test
  void aFolderGivesBothPartsUnderOneName() throws IOException {
    TrainTest parts = readFolder(IdxBytes.writeSet(folder, 1, 2));

    assertThat(parts.train().size()).isEqualTo(2);
    assertThat(IdxBytes.label(parts.train(), 1)).isEqualTo(2);
    assertThat(parts.test().size()).isEqualTo(1);
    assertThat(IdxBytes.label(parts.test(), 0)).isEqualTo(7);
    assertThat(parts.train().classLabels()).hasToString("1 2 7");
    assertThat(parts.test().name()).isEqualTo("set");
  }

  @Test
  void testImagesOfAnotherSizeAreNamed() throws IOException {
    Path set = IdxBytes.writeSet(folder, 1, 2);
    Path tests = set.resolve("t10k-images-idx3-ubyte.gz");
    Files.write(tests, IdxBytes.file(IdxBytes.IMAGES, new int[] {1, 1, 1}, (byte) 0));

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> readFolder(set))
        .withMessageStartingWith(tests + ": images of 1x1x1, but the training images are 1x2x3");
  }

  private static TrainTest readFolder(Path set) {
    return IdxReader.readFolder("set", IdxFolder.of(set), null).parts();
  }

  private void assertBad(Path named, String what) {
    assertBad(named, images, labels, what);
  }

  private static void assertBad(Path named, Path images, Path labels, String what) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> IdxReader.read("bad", images, labels))
        .withMessageStartingWith(named + ": ")
        .withMessageContaining(what)
        .withMessageMatching("(?s).*; .*\\.");
  }

  private static void assertSound(Dataset set) {
    assertThat(set.size()).isEqualTo(2);
    assertThat(set.shape()).isEqualTo(new ImageShape(1, 2, 3));
    assertThat(IdxBytes.label(set, 0)).isEqualTo(3);
    assertThat(IdxBytes.label(set, 1)).isEqualTo(9);
    float[] image = new float[6];
    set.copyImage(1, image, 0);
    for (int i = 0; i < 6; i++) {
      assertThat(image[i]).isEqualTo((6 + i) / 255f);
    }
  }
}
