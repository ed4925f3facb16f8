package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.tensor.Shape;
import org.eqprop.examples.mutation.TinyReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ep verify} on the recorded references, as they are and altered. */
final class VerifyCommandTest {
  @TempDir Path folder;

  private static Path reference(String name) {
    String data = System.getenv("EP_DATA");
    assumeTrue(data != null, "EP_DATA is not set: the reference trajectories are not replayed");
    Path file = Path.of(data).resolveSibling("goldens").resolve(name + ".safetensors");
    assumeTrue(Files.exists(file), "There is no " + file + ": it is not replayed");
    return file;
  }

  /** A file that says it is a convolutional reference. */
  private Path convolution() {
    Safetensors tensors = new Safetensors();
    tensors
        .metadata()
        .putAll(
            Map.of(
                "name",
                "c",
                "network",
                "conv",
                "setting",
                "prototypical",
                "sizes",
                "10",
                "activation",
                "tanh"));
    tensors.put("x", Shape.of(1), new double[1]);
    Path file = folder.resolve("conv.safetensors");
    tensors.write(file);
    return file;
  }

  @Test
  void replaysInBothPrecisions() throws IOException {
    Cli run =
        Cli.run("verify", "--json", reference("p-1h").toString(), reference("toy").toString());
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode all = new ObjectMapper().readTree(run.out());
    assertThat(all.findValuesAsText("file")).contains("p-1h", "toy");
    assertThat(all.findValuesAsText("precision")).contains("float32", "float64");
    assertThat(all.findValuesAsText("group"))
        .contains("free states", "nudged states", "EP update", "BPTT neuron gradients")
        .contains("BPTT cumulated weight gradients", "RelMSE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          relmse.neuron | [0.25           | it must have 2 numbers.
          relmse.neuron | [0.25, NaN]     | it must be a finite number.
          relmse.weight | [0.5, 0.5, 0.5] | it must have 2 numbers.
          batch         | 0               | it must be 2.
          batch         | 3               | it must be 2.
          batch         | 1000000000      | it must be 2.
          clamp         | perhaps         | it must be true or false.
          output        | q               | it must be linear or activation.
          nudge         | up              | it must be outside or inside.
          beta          | 0               | it must be a finite number above 0 and at most 1000000.
          epsilon       | 7               | it must be a finite number from 0 to 1.
          """)
  void anEntryThatMakesNoSenseIsRefused(String key, String value, String reason) {
    Safetensors tensors = TinyReference.tensors();
    tensors.metadata().put(key, value);
    Path file = folder.resolve("r.safetensors");
    tensors.write(file);
    Cli run = Cli.run("verify", file);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err())
        .startsWith("ep: Cannot replay " + file + ": Its entry " + key + " is '")
        .endsWith(reason + System.lineSeparator());
  }

  /** Updates of no bias need be recorded, but what is of one is of all. */
  @ParameterizedTest
  @ValueSource(
      strings = {"ep.bias.0", "ep.bias.1", "ep.weight.0", "ep.neuron.s0", "bptt.neuron.s1"})
  void aTensorThatIsMissingIsNamed(String name) {
    Safetensors all = TinyReference.tensors();
    Safetensors rest = new Safetensors();
    rest.metadata().putAll(all.metadata());
    all.names().stream()
        .filter(one -> !one.equals(name))
        .forEach(one -> rest.put(one, all.shape(one), all.doubles(one)));
    Path file = folder.resolve("r.safetensors");
    rest.write(file);
    Cli run = Cli.run("verify", file);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("not compared").contains(name + " (missing)");
  }

  @Test
  void replaysInOnePrecision() {
    Cli run = Cli.run("verify", "--precision", "float64", reference("p-1h").toString());
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("float64").doesNotContain("float32");
    assertThat(run.out()).endsWith("All within tolerance.\n");
  }

  /** Alters the largest number of a tensor by half of itself at most: one byte. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "free.t200.s0",
        "nudged.t3.s1",
        "ep.weight.1",
        "bptt.neuron.s0",
        "bptt.cumulative.weight.0"
      })
  void noticesOneAlteredByte(String tensor) throws IOException {
    Path altered = folder.resolve("altered.safetensors");
    byte[] bytes = Files.readAllBytes(reference("p-1h"));
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) buffer.getLong();
    JsonNode range = new ObjectMapper().readTree(bytes, 8, header).get(tensor).get("data_offsets");
    int largest = 8 + header + range.get(0).asInt();
    for (int i = largest; i < 8 + header + range.get(1).asInt(); i += Double.BYTES) {
      if (Math.abs(buffer.getDouble(i)) > Math.abs(buffer.getDouble(largest))) {
        largest = i;
      }
    }
    bytes[largest + 6] ^= 0x08;
    Files.write(altered, bytes);
    Cli run = Cli.run("verify", altered.toString());
    assertThat(run.code()).isEqualTo(Ep.FAILURE);
    assertThat(run.out()).contains("FAILED at " + tensor).endsWith("Out of tolerance.\n");
  }

  @Test
  void replaysConvolutionsAndCountsFlips() {
    Cli run = Cli.run("verify", "--json", reference("p-conv").toString());
    assertThat(run.code()).as(run.out()).isZero();
    JsonNode all = run.json();
    assertThat(all.findValuesAsText("group")).hasSize(12);
    for (JsonNode group : all) {
      boolean counted = group.get("precision").asText().equals("float32");
      counted &= group.get("group").asText().endsWith("states");
      assertThat(group.get("flips").asText()).isEqualTo(counted ? "0" : "null");
      if (group.get("precision").asText().equals("float64")) {
        double limit = group.get("group").asText().equals("RelMSE") ? 1e-6 : 1e-10;
        assertThat(group.get("tolerance").asDouble()).isEqualTo(limit);
      } else if (counted) {
        assertThat(group.get("tolerance").asDouble()).isEqualTo(5e-6);
      }
    }
    Cli table = Cli.run("verify", reference("p-conv"), reference("p-1h"));
    assertThat(table.outLines().get(0)).contains("allowed", "flips", "result");
    assertThat(table.out()).endsWith("All within tolerance.\n");
  }

  /** The largest weight of a kernel altered: other elements win, and that is reported. */
  @Test
  void reportsFlips() {
    Safetensors tensors = Safetensors.read(reference("p-conv"));
    double[] weights = tensors.doubles("weight.1");
    Shape shape = tensors.shape("weight.1");
    for (int i = 0; i < 25; i++) {
      weights[i] = -weights[i];
    }
    tensors.put("weight.1", shape, weights);
    double[] state = tensors.doubles("free.t200.s2");
    for (int i = 0; i < 300; i++) {
      state[i] = 1 - state[i];
    }
    tensors.put("free.t200.s2", tensors.shape("free.t200.s2"), state);
    Path altered = folder.resolve("altered.safetensors");
    tensors.write(altered);
    Cli run = Cli.run("verify", "--precision", "float32", "--json", altered.toString());
    assertThat(run.code()).isEqualTo(Ep.FAILURE);
    assertThat(run.json().get(0).get("flips").asInt()).isPositive();
    assertThat(run.json().get(0).get("passed")).isNull();
  }

  /**
   * The same picture in three channels, whose kernels are parts of the one before: all states stay,
   * and so does every update in each channel.
   */
  @Test
  void replaysSeveralChannels() {
    Safetensors tensors = Safetensors.read(reference("p-conv"));
    tensors.metadata().put("channels", "6 4 3");
    tensors.metadata().remove(Safetensors.CHECKSUM);
    for (String name : List.copyOf(tensors.names())) {
      if (name.equals("x")) {
        widen(tensors, name, 1, 1, 1);
      } else if (name.equals("weight.2")) {
        widen(tensors, name, 0.5, 0.75, -0.25);
      } else if (name.endsWith("weight.2")) {
        widen(tensors, name, 1, 1, 1);
      }
    }
    Path colours = folder.resolve("colours.safetensors");
    tensors.write(colours);
    Cli run = Cli.run("verify", colours);
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).endsWith("All within tolerance.\n");
  }

  /** Three channels, each the one channel of before times a factor. */
  private static void widen(Safetensors tensors, String name, double... factors) {
    double[] before = tensors.doubles(name);
    int[] shape = tensors.shape(name).toArray();
    int channel = shape.length - 3;
    int plane = shape[channel + 1] * shape[channel + 2];
    assertThat(shape[channel]).isEqualTo(1);
    shape[channel] = factors.length;
    double[] after = new double[before.length * factors.length];
    for (int i = 0; i < after.length; i++) {
      int map = i / plane / factors.length;
      after[i] = factors[i / plane % factors.length] * before[map * plane + i % plane];
    }
    tensors.put(name, Shape.of(shape), after);
  }

  @Test
  void aReferenceThatLacksAnEntryIsRefused() {
    Cli run = Cli.run("verify", convolution());
    assertThat(run.code()).isEqualTo(Ep.FAILURE);
    assertThat(run.err())
        .startsWith("ep: Cannot replay " + folder.resolve("conv.safetensors"))
        .contains("it does not say channels.");
  }

  @Test
  void saysWhatIsWrong() {
    Path other = folder.resolve("other.safetensors");
    Safetensors tensors = new Safetensors();
    tensors.put("x", Shape.of(1), new double[1]);
    tensors.write(other);
    Cli run = Cli.run("verify", other.toString());
    assertThat(run.code()).isEqualTo(Ep.FAILURE);
    assertThat(run.err())
        .isEqualTo(
            "ep: Cannot use " + other + ": This is no reference file: it does not say network.\n");
    Cli misspelt = Cli.run("verify", "--precision", "floa64", other.toString());
    assertThat(misspelt.code()).isEqualTo(Ep.USAGE);
    assertThat(misspelt.err()).contains("Did you mean 'float64'?");
  }
}
