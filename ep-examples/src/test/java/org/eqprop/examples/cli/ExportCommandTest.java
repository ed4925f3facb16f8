package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eqprop.core.data.Digits;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.store.Model;
import org.eqprop.core.store.Safetensors;
import org.eqprop.examples.exchange.NpyReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ep export}: what is written is what the model has, by readers of other making. */
class ExportCommandTest {
  private static final String ALL = "weights,inputs,labels,states,activations,scores,gradients";

  @TempDir static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    Cli.ok(
        "train",
        "p-1h",
        "--hidden",
        16,
        "--limit",
        60,
        "--batch",
        8,
        "-T",
        60,
        "-K",
        5,
        "--epochs",
        1,
        "--out",
        run());
  }

  private static Path run() {
    return shared.resolve("run");
  }

  private static Model model() {
    return Model.read(run().resolve("model.safetensors"), KernelsSelector.kernels());
  }

  private Map<String, NpyReader.Array> all(int samples) throws IOException {
    Path file = folder.resolve("all.npz");
    Cli.ok("export", run(), "--to", file, "--what", ALL, "--samples", samples);
    return NpyReader.npz(file);
  }

  @Test
  void weightsAreThoseOfTheModel() throws IOException {
    Map<String, NpyReader.Array> arrays = all(2);
    for (Parameter parameter : model().network().parameters()) {
      NpyReader.Array array = arrays.get(parameter.name());
      assertThat(array.shape()).isEqualTo(parameter.shape().toArray());
      float[] values = parameter.write();
      for (int i = 0; i < values.length; i++) {
        assertThat(array.values()[i]).isEqualTo(values[i]);
      }
    }
  }

  /** σ of what pulls at a layer is its state, in float64. */
  @Test
  void statesAreSteady() throws IOException {
    Map<String, NpyReader.Array> arrays = all(7);
    double[] x = arrays.get("inputs").values();
    double[] output = arrays.get("state.s0").values();
    double[] hidden = arrays.get("state.s1").values();
    double[] w0 = arrays.get("weight.0").values();
    double[] w1 = arrays.get("weight.1").values();
    assertThat(arrays.get("inputs").shape()).containsExactly(7, 1, 8, 8);
    assertThat(arrays.get("state.s1").shape()).containsExactly(7, 16);
    for (int r = 0; r < 7; r++) {
      for (int h = 0; h < 16; h++) {
        double a = arrays.get("bias.1").values()[h];
        for (int i = 0; i < 64; i++) {
          a += w1[h * 64 + i] * x[r * 64 + i];
        }
        for (int o = 0; o < 10; o++) {
          a += w0[o * 16 + h] * output[r * 10 + o];
        }
        double sigma = 1 / (1 + Math.exp(-4 * (a - 0.5)));
        assertThat(hidden[r * 16 + h]).isCloseTo(sigma, within(1e-5));
      }
    }
    assertThat(arrays.get("activation.s1").values()).isEqualTo(hidden);
    assertThat(arrays.get("scores").values()).isEqualTo(output);
    assertThat(arrays.get("labels").type()).isEqualTo("i");
    for (int r = 0; r < 7; r++) {
      assertThat(arrays.get("labels").values()[r]).isEqualTo(Digits.test().label(r));
    }
  }

  /** The mean over two samples is that of each alone. */
  @Test
  void gradientsAreMeans() throws IOException {
    double[] both = all(2).get("gradient.weight.1").values();
    double[] one = all(1).get("gradient.weight.1").values();
    assertThat(both).hasSameSizeAs(one);
    assertThat(both).isNotEqualTo(one);
    Path bptt = folder.resolve("bptt.npz");
    Cli.ok(
        "export", run(), "--to", bptt, "--what", "gradients", "--samples", 2, "--method", "bptt");
    double[] through = NpyReader.npz(bptt).get("gradient.weight.1").values();
    double product = 0;
    double squares = 0;
    double others = 0;
    for (int i = 0; i < both.length; i++) {
      product += both[i] * through[i];
      squares += both[i] * both[i];
      others += through[i] * through[i];
    }
    assertThat(product / Math.sqrt(squares * others)).isBetween(0.5, 0.9999999);
  }

  @Test
  void everyFormatHasTheSameValues() throws IOException {
    Path tensors = folder.resolve("w.safetensors");
    Path one = folder.resolve("w.npy");
    Cli.ok("export", run(), "--to", tensors, "--names", "weight.1=0.weight,bias.1=0.bias");
    Cli.ok("export", run(), "--to", one, "--only", "weight.1");
    Cli.ok("export", run(), "--to", folder.resolve("new") + "/");
    Safetensors read = Safetensors.read(tensors);
    assertThat(read.names()).containsExactly("0.bias", "0.weight", "bias.0", "weight.0");
    double[] values = NpyReader.npy(one).values();
    assertThat(read.doubles("0.weight")).isEqualTo(values);
    assertThat(NpyReader.npy(folder.resolve("new/weight.1.npy")).values()).isEqualTo(values);
    byte[] first = Files.readAllBytes(folder.resolve("new/weight.1.npy"));
    assertThat(first).isEqualTo(Files.readAllBytes(one));
  }

  @Test
  void jsonTellsTheShapes() {
    Path file = folder.resolve("w.npz");
    var json = Cli.ok("export", run(), "--to", file, "--json").json();
    assertThat(json.get("arrays").get("weight.1").toString()).isEqualTo("[16,64]");
    var onnx = Cli.ok("export", run(), "--to", folder.resolve("m.onnx"), "-T", 5, "--json").json();
    assertThat(onnx.get("steps").asInt()).isEqualTo(5);
  }

  /** Where there is NumPy, it reads the same sums. */
  @Test
  void numPyReadsTheArrays() throws IOException, InterruptedException {
    Map<String, NpyReader.Array> arrays = all(3);
    Process python;
    try {
      python =
          new ProcessBuilder(
                  "python3",
                  "-c",
                  "import numpy as n\nf=n.load('all.npz')\nfor k in sorted(f.files):"
                      + " print(k, f[k].shape, f[k].dtype, f[k].astype('f8').sum().hex())")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException none) {
      assumeTrue(false, "There is no python3 here.");
      return;
    }
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assumeTrue(python.exitValue() == 0, "There is no NumPy here.");
    List<String> lines = said.lines().toList();
    assertThat(lines).hasSize(arrays.size());
    for (String line : lines) {
      NpyReader.Array array = arrays.get(line.substring(0, line.indexOf(' ')));
      String sum = line.substring(line.lastIndexOf(' ') + 1);
      double own = java.util.Arrays.stream(array.values()).sum();
      assertThat(Double.parseDouble(sum.contains("p") ? sum : "NaN")).isCloseTo(own, within(1e-9));
    }
  }
}
