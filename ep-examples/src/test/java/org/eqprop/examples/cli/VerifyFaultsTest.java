package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eqprop.core.store.Safetensors;
import org.eqprop.examples.mutation.TinyReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ep verify} says of faulty references: which tensor and which file. */
final class VerifyFaultsTest {
  @TempDir Path folder;

  /** The tensor is not the first of its group, which is named when none is worse. */
  @ParameterizedTest
  @CsvSource({
    "ep.weight.1, NaN",
    "ep.weight.1, Infinity",
    "ep.neuron.s1, NaN",
    "bptt.neuron.s1, -Infinity"
  })
  void aFaultyValueIsFoundWhereItIs(String name, double value) {
    Path file = folder.resolve("faulty.safetensors");
    Safetensors tensors = TinyReference.tensors();
    double[] values = tensors.doubles(name).clone();
    values[values.length - 1] = value;
    copy(tensors, name, values).write(file);
    Cli run = Cli.run("verify", "--precision", "float64", file);
    assertThat(run.code()).isEqualTo(Ep.FAILURE);
    assertThat(run.out()).contains("FAILED at " + name + "\n");
  }

  @Test
  void allBiasesTogetherMustNotBeMissing() {
    Path file = folder.resolve("r.safetensors");
    Safetensors tensors = TinyReference.tensors();
    Safetensors rest = new Safetensors();
    rest.metadata().putAll(tensors.metadata());
    tensors.names().stream()
        .filter(name -> !name.startsWith("ep.bias."))
        .forEach(name -> rest.put(name, tensors.shape(name), tensors.doubles(name)));
    rest.write(file);
    Cli run = Cli.run("verify", file);
    assertThat(run.code()).isEqualTo(Ep.FAILURE);
    assertThat(run.out()).contains("ep.bias.0 (missing)").contains("ep.bias.1 (missing)");
  }

  @Test
  void rowsNameTheFileThatWasGiven() throws IOException {
    Path one = Files.createDirectory(folder.resolve("a")).resolve("same.safetensors");
    Path two = Files.createDirectory(folder.resolve("b")).resolve("same.safetensors");
    Path other = folder.resolve("other.safetensors");
    for (Path file : new Path[] {one, two, other}) {
      TinyReference.tensors().write(file);
    }
    Cli run = Cli.run("verify", "--json", one, two, other);
    assertThat(run.json().findValuesAsText("file"))
        .contains(one.toString(), two.toString(), "other")
        .doesNotContain("same");
  }

  private static Safetensors copy(Safetensors tensors, String changed, double[] values) {
    Safetensors copy = new Safetensors();
    copy.metadata().putAll(tensors.metadata());
    for (String name : tensors.names()) {
      double[] kept = name.equals(changed) ? values : tensors.doubles(name);
      copy.put(name, tensors.shape(name), kept);
    }
    return copy;
  }
}
