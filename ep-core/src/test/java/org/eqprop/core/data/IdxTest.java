package org.eqprop.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.eqprop.core.DataException;
import org.eqprop.core.learn.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;
  private static final int FLOATS = 0xD02;

  @TempDir private Path folder;

  private Path write(String name, int magic, int[] sizes, byte[] body) throws IOException {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.length + body.length).putInt(magic);
    for (int size : sizes) {
      file.putInt(size);
    }
    Path path = folder.resolve(name);
    try (OutputStream out =
        name.endsWith(".gz")
            ? new GZIPOutputStream(Files.newOutputStream(path))
            : Files.newOutputStream(path)) {
      out.write(file.put(body).array());
    }
    return path;
  }

  @Test
  void bytesAndLabelsArePlainOrGzipped() throws IOException {
    byte[] body = {0, 51, (byte) 255, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    for (String end : new String[] {"", ".gz"}) {
      Path images = write("images" + end, IMAGES, new int[] {2, 2, 3}, body);
      Path labels = write("labels" + end, LABELS, new int[] {2}, new byte[] {4, 0});
      Samples samples = Idx.read(images, labels);
      assertThat(samples.size()).isEqualTo(2);
      assertThat(samples.inputSize()).isEqualTo(6);
      assertThat(samples.classes()).isEqualTo(5);
      assertThat(samples.label(0)).isEqualTo(4);
      assertThat(samples.label(1)).isZero();
      float[] input = new float[8];
      samples.copyInput(0, input, 1);
      assertThat(input).containsExactly(0f, 0f, 51 / 255f, 1f, 1 / 255f, 2 / 255f, 3 / 255f, 0f);
      samples.copyInput(1, input, 0);
      assertThat(input).startsWith(4 / 255f, 5 / 255f).endsWith(9 / 255f, 3 / 255f, 0f);
    }
  }

  @Test
  void floatsFromZeroToOneAreTakenAsTheyAre() throws IOException {
    byte[] body = ByteBuffer.allocate(12).putFloat(0.25f).putFloat(1).putFloat(0).array();
    Path images = write("images", FLOATS, new int[] {1, 3}, body);
    Path labels = write("labels", LABELS, new int[] {1}, new byte[] {0});
    float[] input = new float[3];
    Idx.read(images, labels).copyInput(0, input, 0);
    assertThat(input).containsExactly(0.25f, 1f, 0f);
  }

  @Test
  void filesThatDoNotFitAreRefusedInASentence() throws IOException {
    Path images = write("images", IMAGES, new int[] {2, 1, 1}, new byte[] {1, 2});
    Path labels = write("labels", LABELS, new int[] {3}, new byte[] {0, 1, 2});
    Path short0 = write("short", LABELS, new int[] {2}, new byte[] {1});
    Path signed = write("signed", 0x901, new int[] {2}, new byte[] {0, -1});
    refused(
        images,
        labels,
        labels
            + ": holds 3 labels for the 2 images of "
            + images
            + "; take both files from the same source.");
    refused(
        labels,
        images,
        labels + ": holds labels where images belong; check which file has which name.");
    refused(images, signed, signed + ": label 1 is -1; labels are from 0 to 65535.");
    refused(
        images,
        short0,
        short0 + ": the file is truncated, only 1 of 2 bytes are there; fetch it again.");
    refused(
        images,
        folder.resolve("none"),
        folder.resolve("none")
            + ": cannot be read (there is no such file); check the path and its permissions.");
  }

  private static void refused(Path images, Path labels, String sentence) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Idx.read(images, labels))
        .withMessage(sentence);
  }

  @Test
  void theRealFilesAreRead() {
    String data = System.getenv("EP_DATA");
    assumeTrue(data != null, "MNIST is not here");
    Path mnist = Path.of(data, "mnist");
    Samples test =
        Idx.read(
            mnist.resolve("t10k-images-idx3-ubyte.gz"), mnist.resolve("t10k-labels-idx1-ubyte.gz"));
    assertThat(test.size()).isEqualTo(10_000);
    assertThat(test.inputSize()).isEqualTo(784);
    assertThat(test.classes()).isEqualTo(10);
    assertThat(test.label(0)).isEqualTo(7);
    float[] input = new float[784];
    test.copyInput(0, input, 0);
    double sum = 0;
    for (float value : input) {
      assertThat(value).isBetween(0f, 1f);
      sum += value;
    }
    assertThat(sum).isBetween(50d, 120d);
  }
}
