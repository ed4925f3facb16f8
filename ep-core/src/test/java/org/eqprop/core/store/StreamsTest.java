package org.eqprop.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.eqprop.core.StoreException;
import org.eqprop.core.network.Network;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models from streams, such as class-path resources. */
class StreamsTest {
  @TempDir private Path folder;
  private Path file;
  private byte[] bytes;

  @BeforeEach
  void write() throws IOException {
    Network network = PaperNet.P_1H.network(Shape.of(3), 2, PaperNet.P_1H.hidden(4));
    network.initialise(1);
    file = folder.resolve("model");
    new Model(network, 9, Map.of("made", "by a test")).write(file);
    bytes = Files.readAllBytes(file);
  }

  @Test
  void aStreamIsTheFile() throws IOException {
    Model expected = Model.read(file);
    boolean[] closed = new boolean[1];
    Model found;
    try (InputStream stream =
        new ByteArrayInputStream(bytes) {
          @Override
          public void close() {
            closed[0] = true;
          }
        }) {
      found = Model.read(stream);
      assertThat(closed[0]).isFalse();
    }
    assertThat(found.steps()).isEqualTo(9);
    assertThat(found.notes()).isEqualTo(expected.notes());
    float[] input = {0.1f, 0.2f, 0.9f};
    assertThat(found.predictor().predict(input)).isEqualTo(expected.predictor().predict(input));
    for (int p = 0; p < found.network().parameters().size(); p++) {
      assertThat(found.network().parameters().get(p).write())
          .containsExactly(expected.network().parameters().get(p).write());
    }
  }

  private static void refused(byte[] content, String sentence) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Model.read(new ByteArrayInputStream(content)))
        .withMessage(sentence);
  }

  @Test
  void damageIsFound() {
    refused(
        new byte[0], "Cannot use the stream: it is empty; restore it from a copy or give another.");
    refused(
        "no model at all".getBytes(StandardCharsets.US_ASCII),
        "Cannot use the stream: it is not a safetensors file; give another.");
    for (int length = 9; length < bytes.length; length += 7) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> Model.read(new ByteArrayInputStream(cut)))
          .withMessageStartingWith("Cannot use the stream: it is truncated");
    }
    byte[] altered = bytes.clone();
    altered[altered.length - 3] ^= 1;
    refused(
        altered,
        "Cannot use the stream: its checksum does not match, so it was altered; restore it from a"
            + " copy.");
    Safetensors other = new Safetensors();
    other.put("t", Shape.of(1), new float[1]);
    Path plain = folder.resolve("plain");
    other.write(plain);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Model.read(Files.newInputStream(plain)))
        .withMessage("The file in the stream is no model written by this version.");
  }

  @Test
  void aStreamThatFailsIsSaid() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the line is cut");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            throw new IOException("the line is cut");
          }
        };
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Model.read(broken))
        .withMessageStartingWith("Cannot read the stream: ");
  }
}
