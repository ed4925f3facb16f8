package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.eqprop.core.data.Digits;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.store.Model;
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ep import} of nets as PyTorch writes them, and {@code ep train --init}. */
class ImportCommandTest {
  private static final int HIDDEN = 12;

  @TempDir private Path folder;

  private final Random random = new Random(4);
  private final float[] w0 = random(HIDDEN * 64, 0.5);
  private final float[] b0 = random(HIDDEN, 0.5);
  private final float[] w2 = random(10 * HIDDEN, 1);
  private final float[] b2 = random(10, 0.5);
  private Path net;
  private Path model;

  private float[] random(int count, double most) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (most * (2 * random.nextDouble() - 1));
    }
    return values;
  }

  @BeforeEach
  void write() {
    net = folder.resolve("net.safetensors");
    model = folder.resolve("m.safetensors");
    Safetensors container = new Safetensors();
    container.put("0.weight", Shape.of(HIDDEN, 64), w0);
    container.put("0.bias", Shape.of(HIDDEN), b0);
    container.put("2.weight", Shape.of(10, HIDDEN), w2);
    container.put("2.bias", Shape.of(10), b2);
    container.metadata().put("format", "pt");
    container.write(net);
  }

  private Model read() {
    return Model.read(model, KernelsSelector.kernels());
  }

  /** The scores of Linear, Sigmoid, Linear in float64. */
  private double[] scores(float[] x) {
    double[] scores = new double[10];
    for (int o = 0; o < 10; o++) {
      scores[o] = b2[o];
    }
    for (int h = 0; h < HIDDEN; h++) {
      double a = b0[h];
      for (int i = 0; i < 64; i++) {
        a += (double) w0[h * 64 + i] * x[i];
      }
      for (int o = 0; o < 10; o++) {
        scores[o] += w2[o * HIDDEN + h] / (1 + Math.exp(-a));
      }
    }
    return scores;
  }

  @Test
  void aFeedForwardNetKeepsItsScoresAndItsError() {
    Cli.ok(
        "import",
        net,
        "--to",
        model,
        "--feed-forward",
        "--activation",
        "sigmoid",
        "--data",
        "digits");
    var predictor = read().predictor();
    float[] x = new float[64];
    int wrong = 0;
    for (int i = 0; i < Digits.test().size(); i++) {
      Digits.test().copyInput(i, x, 0);
      double[] expected = scores(x);
      predictor.predict(x);
      int best = 0;
      for (int c = 0; c < 10; c++) {
        assertThat((double) predictor.score(c))
            .isCloseTo(expected[c], org.assertj.core.api.Assertions.within(2e-6));
        best = expected[c] > expected[best] ? c : best;
      }
      wrong += best == Digits.test().label(i) ? 0 : 1;
    }
    var measured = Cli.ok("evaluate", model, "--json").json();
    assertThat(measured.get("errors").asInt()).isEqualTo(wrong);
    assertThat(measured.get("residual").asDouble()).isZero();
  }

  @Test
  void withoutItTheLayersActBack() {
    Cli run = Cli.ok("import", net, "--to", model, "--activation", "sigmoid");
    assertThat(run.err()).contains("--feed-forward keeps them");
    assertThat(run.outLines())
        .containsExactly(
            "weight.0 is 2.weight 10x12",
            "bias.0 is 2.bias 10",
            "weight.1 is 0.weight 12x64",
            "bias.1 is 0.bias 12",
            "written " + model);
    assertThat(read().network().parameters().stream().map(Parameter::name))
        .containsExactly("weight.0", "bias.0", "weight.1", "bias.1");
    assertThat(read().network().input().shape()).isEqualTo(Shape.of(1, 8, 8));
    assertThat(read().network().connections().get(1).parameters().get(0).write()).isEqualTo(w0);
  }

  /** The authors' program counts from the output, as here; and a bias may be missing. */
  @Test
  void layersInTheOtherOrderAndNamesOfOnesOwn() {
    Safetensors container = new Safetensors();
    container.put("w.0.weight", Shape.of(10, HIDDEN), w2);
    container.put("w.1.weight", Shape.of(HIDDEN, 64), w0);
    container.write(net);
    Cli.ok("import", net, "--to", model);
    assertThat(read().network().connections().get(0).parameters().get(0).write()).isEqualTo(w2);
    assertThat(read().network().connections().get(0).parameters().get(1).write()).containsOnly(0f);
    Cli.ok("import", net, "--to", model, "--names", "weight.0=w.0.weight,weight.1=w.1.weight");
    assertThat(read().network().connections().get(1).parameters().get(0).write()).isEqualTo(w0);
  }

  @Test
  void anExportedNetComesBack() throws IOException {
    Path run = folder.resolve("run");
    Cli.ok("train", "p-1h", Cli.SMALL, "--epochs", "1", "--out", run);
    Path out = folder.resolve("out.safetensors");
    String names = "weight.0=out.weight,bias.0=out.bias";
    Cli.ok("export", run, "--to", out, "--names", names);
    Cli.ok("import", out, "--to", model, "--names", names + ",weight.1=weight.1", "-T", "10");
    Model trained = Model.read(run.resolve("model.safetensors"), KernelsSelector.kernels());
    for (int p = 0; p < 4; p++) {
      assertThat(read().network().parameters().get(p).write())
          .isEqualTo(trained.network().parameters().get(p).write());
    }
    Path sealed = folder.resolve("sealed.safetensors");
    Cli.ok("import", model, "--to", sealed);
    assertThat(Files.readAllBytes(sealed)).isEqualTo(Files.readAllBytes(model));
  }

  private List<Object> start(String out) {
    return List.of(
        "train",
        "p-1h",
        "--hidden",
        HIDDEN,
        "--init",
        model,
        "--limit",
        60,
        "--batch",
        8,
        "-T",
        9,
        "-K",
        4,
        "--out",
        folder.resolve(out));
  }

  private byte[] weights(String run) throws IOException {
    return Files.readAllBytes(folder.resolve(run).resolve("model.safetensors"));
  }

  @Test
  void trainingStartsFromAModelAndGoesOnToTheSame() throws IOException {
    Cli.ok("import", net, "--to", model);
    Cli.ok(start("still"), "--epochs", 1, "--lr", "0.0,0.0");
    Model still = Model.read(folder.resolve("still/model.safetensors"));
    assertThat(still.network().connections().get(1).parameters().get(0).write()).isEqualTo(w0);
    Cli.ok(start("whole"), "--epochs", 2);
    Cli.ok(start("stopped"), "--epochs", 1);
    byte[] bytes = Files.readAllBytes(model);
    Files.delete(model); // the checkpoint has the weights
    Cli.ok("train", "--resume", folder.resolve("stopped"), "--epochs", 2);
    assertThat(weights("stopped")).isEqualTo(weights("whole"));
    // A run that was killed before its first checkpoint needs the model as it was.
    Files.delete(folder.resolve("whole/checkpoint.safetensors"));
    Cli gone = Cli.run("train", "--resume", folder.resolve("whole"));
    assertThat(gone.code()).isEqualTo(Ep.USAGE);
    assertThat(gone.err()).contains("there is no model");
    Files.write(model, Files.readAllBytes(folder.resolve("stopped/model.safetensors")));
    Cli other = Cli.run("train", "--resume", folder.resolve("whole"));
    assertThat(other.code()).isEqualTo(Ep.USAGE);
    assertThat(other.err()).contains("has other weights than the configuration tells");
    Files.write(model, bytes);
    Cli.ok("train", "--resume", folder.resolve("whole"));
    assertThat(weights("whole")).isEqualTo(weights("stopped"));
  }
}
