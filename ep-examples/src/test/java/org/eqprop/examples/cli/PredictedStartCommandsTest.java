package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.store.Model;
import org.eqprop.examples.exchange.NpyReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command begins a free phase where the training did. With two steps it is far from settled,
 * so that the beginning shows.
 */
class PredictedStartCommandsTest {
  private static final int SAMPLES = 4;
  private static final int INPUTS = 64;

  @TempDir private Path folder;

  private Path train(Object... more) {
    Path run = folder.resolve("run");
    List<Object> words = new ArrayList<>(List.of("train", "--start", "predicted", "--hidden", 16));
    words.addAll(List.of("--limit", 300, "-T", 2, "-K", 2, "--lr", "0.2,0.4", "--epochs", 3));
    words.addAll(List.of("--out", run));
    words.addAll(List.of(more));
    Cli.ok(words.toArray());
    return run;
  }

  @Test
  void predictAndExportGiveTheScoresOfTheLibrary() throws IOException {
    Path run = train();
    Path arrays = folder.resolve("arrays");
    Cli.ok("export", run, "--what", "inputs,scores", "--samples", SAMPLES, "--to", arrays + "/");
    double[] inputs = NpyReader.npy(arrays.resolve("inputs.npy")).values();
    double[] scores = NpyReader.npy(arrays.resolve("scores.npy")).values();
    JsonNode said = Cli.ok("predict", run, arrays.resolve("inputs.npy"), "--json").json();
    Model model = Model.read(run.resolve("model.safetensors"));
    Predictor library = model.predictor();
    Predictor fromZero =
        new Predictor(model.network(), KernelsSelector.kernels(), model.steps(), model.settling());
    for (int i = 0; i < SAMPLES; i++) {
      float[] input = new float[INPUTS];
      for (int j = 0; j < INPUTS; j++) {
        input[j] = (float) inputs[i * INPUTS + j];
      }
      library.predict(input);
      fromZero.predict(input);
      for (int c = 0; c < library.classes(); c++) {
        double score = scores[i * library.classes() + c];
        assertThat(score).isEqualTo(library.score(c));
        assertThat(said.get(i).get("scores").get(c).asDouble()).isCloseTo(score, within(1e-6));
      }
      assertThat(fromZero.score(0)).isNotEqualTo(library.score(0));
    }
  }

  @Test
  void theTestErrorsOfAValidationAreThoseOfEvaluate() {
    Path run = train("--validation", 100, "--normalise", "standard");
    JsonNode validated = Cli.json(run.resolve("summary.json")).get("validated").get(0);
    assertThat(validated.get("testError").asDouble()).isCloseTo(error(run), within(1e-9));
    assertThat(validated.get("bestTestError").asDouble())
        .isCloseTo(error(run.resolve("best.safetensors")), within(1e-9));
  }

  private static double error(Path model) {
    return Cli.ok("evaluate", model, "--json").json().get("errorPercent").asDouble();
  }

  @Test
  void gradientsBeginThereAndOnnxIsRefused() throws IOException {
    Path run = train();
    double[] gradient = gradient(run, "predicted");
    Cli refused = Cli.run("export", run, "--to", folder.resolve("net.onnx"));
    assertThat(refused.code()).isNotZero();
    assertThat(refused.errLines()).hasSize(1);
    assertThat(refused.err()).contains("start where a feed-forward network predicts");
    assertThat(folder.resolve("net.onnx")).doesNotExist();
    Path file = run.resolve("model.safetensors");
    Model model = Model.read(file);
    new Model(model.network(), model.steps(), model.settling(), model.notes()).write(file);
    assertThat(gradient(run, "zero")).hasSameSizeAs(gradient).isNotEqualTo(gradient);
  }

  private double[] gradient(Path run, String name) throws IOException {
    Path arrays = folder.resolve(name);
    Cli.ok("export", run, "--what", "gradients", "--samples", SAMPLES, "--to", arrays + "/");
    return NpyReader.npy(arrays.resolve("gradient.weight.0.npy")).values();
  }
}
