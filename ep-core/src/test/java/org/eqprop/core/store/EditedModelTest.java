package org.eqprop.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eqprop.core.StoreException;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that another program has read and written anew, beside models that were damaged. */
class EditedModelTest {
  private final Kernels k = KernelsSelector.kernels();

  @TempDir private Path folder;

  private Path file;

  @BeforeEach
  void write() {
    file = folder.resolve("model.safetensors");
    Network network =
        Network.chain(new Prototypical(1, Prototypical.Nudge.OUTSIDE), Activation.TANH, 2, 5, 3);
    network.initialise(1, k);
    new Model(network, 13, Map.of("data", "digits")).write(file);
  }

  /**
   * Writes the file as safetensors' own library does: the header ends at a multiple of 8 bytes.
   *
   * @param header changes the header
   * @param change xor of the first weight's last byte, its sign and exponent
   */
  private void rewrite(UnaryOperator<String> header, int change) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String text = new String(bytes, 8, length, StandardCharsets.UTF_8).strip();
    String changed = header.apply(text);
    changed += " ".repeat(-changed.length() & 7);
    byte[] data = Arrays.copyOfRange(bytes, 8 + length, bytes.length);
    data[data.length - 1] ^= (byte) change;
    ByteBuffer all = ByteBuffer.allocate(8 + changed.length() + data.length);
    all.order(ByteOrder.LITTLE_ENDIAN).putLong(changed.length());
    all.put(changed.getBytes(StandardCharsets.UTF_8)).put(data);
    Files.write(file, all.array());
  }

  private float lastWeight() {
    float[] weights =
        Model.read(file, k).network().connections().get(1).parameters().get(0).write();
    return weights[weights.length - 1];
  }

  @Test
  void anEditedWeightIsRead() throws IOException {
    float before = lastWeight();
    rewrite(UnaryOperator.identity(), 0x80);
    assertThat(lastWeight()).isEqualTo(-before);
    assertThat(Safetensors.read(file).isEdited()).isTrue();
  }

  /** The order of the metadata is by chance in other programs. */
  @Test
  void editedMetadataInAnotherOrderIsRead() throws IOException {
    rewrite(
        text ->
            text.replace("\"steps\":\"13\"", "\"steps\":\"31\"")
                .replace("{\"__metadata__\":{", "{\"__metadata__\":{\"zebra\":\"1\","),
        0);
    assertThat(Model.read(file, k).steps()).isEqualTo(31);
    assertThat(Safetensors.read(file).isEdited()).isTrue();
  }

  @Test
  void aModelThatAnotherProgramLeftAsItWasIsNoEditedOne() throws IOException {
    rewrite(UnaryOperator.identity(), 0);
    assertThat(Model.read(file, k).steps()).isEqualTo(13);
    assertThat(Safetensors.read(file).isEdited()).isFalse();
  }

  @Test
  void aModelWithoutAChecksumIsRead() throws IOException {
    rewrite(text -> text.replaceFirst("\"checksum\":\"[^\"]*\",", ""), 0x80);
    assertThat(Model.read(file, k).steps()).isEqualTo(13);
  }

  @Test
  void writingAnEditedModelGivesItAChecksumAgain() throws IOException {
    rewrite(UnaryOperator.identity(), 0x80);
    Model.read(file, k).write(file);
    assertThat(Safetensors.read(file).isEdited()).isFalse();
  }

  /** What an edit may not do: leave the network without a tensor, or with a value that is none. */
  @Test
  void anEditedModelIsCheckedAsAnyOther() throws IOException {
    rewrite(text -> text.replace("\"s1 5 tanh\"", "\"s1 6 tanh\""), 0);
    assertRefused("another shape than its connection");
  }

  @Test
  void damageIsNoEdit() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    byte[] altered = whole.clone();
    altered[altered.length - 1] ^= (byte) 0x80;
    Files.write(file, altered);
    assertRefused("its checksum does not match, so it was altered");
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    Files.writeString(file, text.replace("checksum", "chacksum"), StandardCharsets.ISO_8859_1);
    assertRefused("has lost its checksum, so it was altered");
    rewrite(header -> header, 0);
    assertRefused("has lost its checksum, so it was altered");
  }

  /** Written before headers ended with spaces: there every change is damage. */
  @Test
  void aModelOfAnOlderVersionIsReadAndItsDamageFound() throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String text = new String(bytes, 8, length, StandardCharsets.UTF_8).strip();
    String digest = text.replaceFirst(".*\"checksum\":\"([^\"]*)\".*", "$1");
    String without = text.replace("\"checksum\":\"" + digest + "\",", "");
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update((without + " ".repeat(-without.length() & 7)).getBytes(StandardCharsets.UTF_8));
    sha256.update(bytes, 8 + length, bytes.length - 8 - length);
    String old = HexFormat.of().formatHex(sha256.digest());
    rewrite(header -> header.replace(digest, old), 0);
    assertThat(Model.read(file, k).steps()).isEqualTo(13);
    rewrite(UnaryOperator.identity(), 0x01);
    assertRefused("its checksum does not match");
  }

  private void assertRefused(String message) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Model.read(file, k))
        .withMessageContaining(message);
  }
}
