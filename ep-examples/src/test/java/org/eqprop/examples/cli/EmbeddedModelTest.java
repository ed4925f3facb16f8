package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.eqprop.core.data.Digits;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.store.Model;
import org.eqprop.core.train.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line reads models that a program trained. */
class EmbeddedModelTest {
  @TempDir private Path folder;

  private static Training training() {
    return Training.of(PaperNet.P_1H).hidden(64).learningRates(0.2, 0.4).batchSize(10).epochs(15);
  }

  @Test
  void evaluateMeasuresIt() {
    Path file = folder.resolve("digits.safetensors");
    double[] error = new double[1];
    Model model =
        training()
            .inputShape(1, 8, 8)
            .test(Digits.test())
            .onEpoch(epoch -> error[0] = epoch.testError())
            .fit(Digits.train());
    model.write(file);
    Cli cli = Cli.ok("evaluate", file, "--data", "digits", "--json", "-q");
    assertThat(cli.json().get("errorPercent").asDouble()).isEqualTo(100 * error[0]);
    assertThat(error[0]).isLessThan(0.1);
    Cli loosely =
        Cli.ok("evaluate", file, "--data", "digits", "--json", "-q", "--settle-for-prediction");
    assertThat(loosely.json().get("steps").asDouble())
        .isLessThan(cli.json().get("steps").asDouble());
    assertThat(loosely.json().get("errorPercent").asDouble())
        .isBetween(100 * error[0] - 1, 100 * error[0] + 1);
  }

  @Test
  void withoutTheShapeItSaysWhatTheNetworkTakes() {
    Path file = folder.resolve("flat.safetensors");
    training().epochs(1).fit(Digits.train()).write(file);
    Cli cli = Cli.run("evaluate", file, "--data", "digits", "-q");
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("the network takes images of 64");
  }
}
