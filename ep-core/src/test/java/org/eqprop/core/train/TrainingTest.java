package org.eqprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.eqprop.core.data.Digits;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.learn.DivergenceException;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.store.Model;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingTest {
  private static final int MOONS = 1000;

  @TempDir private Path folder;

  private static float[][] moons(int[] labels, long seed) {
    Random random = new Random(seed);
    float[][] points = new float[MOONS][2];
    for (int i = 0; i < MOONS; i++) {
      labels[i] = i % 2;
      double angle = Math.PI * random.nextDouble();
      double x = labels[i] == 0 ? Math.cos(angle) : 1 - Math.cos(angle);
      double y = labels[i] == 0 ? Math.sin(angle) : 0.5 - Math.sin(angle);
      points[i][0] = (float) (x + 0.1 * random.nextGaussian());
      points[i][1] = (float) (y + 0.1 * random.nextGaussian());
    }
    return points;
  }

  /** Ten lines at most, from arrays to a stored model and a prediction. */
  private static int tenLines(float[][] inputs, int[] labels, float[] input, Path file) {
    // begin
    Samples samples = Samples.of(inputs, labels);
    Model model =
        Training.of(PaperNet.P_1H).hidden(64).learningRates(0.2, 0.2).epochs(60).fit(samples);
    model.write(file);
    return Model.read(file).predictor().predict(input);
    // end
  }

  @Test
  void tenLinesLearnTwoMoons() throws Exception {
    int[] labels = new int[MOONS];
    float[][] points = moons(labels, 1);
    int[] testLabels = new int[MOONS];
    float[][] test = moons(testLabels, 2);
    Path file = folder.resolve("moons.safetensors");
    int first = tenLines(points, labels, test[0], file);
    Predictor predictor = Model.read(file).predictor();
    assertThat(first).isEqualTo(predictor.predict(test[0]));
    long wrong =
        IntStream.range(0, MOONS).filter(i -> predictor.predict(test[i]) != testLabels[i]).count();
    assertThat(wrong).isLessThanOrEqualTo(MOONS / 100);
    String source =
        Files.readString(Path.of("src/test/java/org/eqprop/core/train/TrainingTest.java"));
    String lines = source.substring(source.indexOf("// begin"), source.indexOf("// end"));
    assertThat(lines.lines().skip(1).filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void digitsAreLearntInAFewLines() {
    List<EpochSummary> epochs = new ArrayList<>();
    Training.of(PaperNet.P_1H)
        .hidden(256)
        .learningRates(0.2, 0.4)
        .batchSize(10)
        .epochs(50)
        .test(Digits.test())
        .onEpoch(epochs::add)
        .fit(Digits.train());
    assertThat(epochs).hasSize(50);
    EpochSummary last = epochs.getLast();
    assertThat(last.testError()).isLessThanOrEqualTo(0.03);
    assertThat(last.epoch()).isEqualTo(50);
    assertThat(last.trainError()).isLessThan(epochs.getFirst().trainError());
    assertThat(last.steps()).isBetween(1.0, 30.0);
    assertThat(last.toString())
        .matches("epoch 50 of 50: loss 0\\.\\d{4}, train error .* %, test error .* %");
  }

  private static Training small() {
    return Training.of(PaperNet.P_1H).hidden(8).epochs(2).batchSize(30);
  }

  private static Samples few() {
    int[] labels = new int[MOONS];
    return Samples.of(moons(labels, 3), labels);
  }

  private static List<float[]> weights(Model model) {
    return model.network().parameters().stream().map(p -> p.write()).toList();
  }

  @Test
  void theSameSettingsGiveTheSameBits() {
    List<float[]> one = weights(small().threads(1).fit(few()));
    List<float[]> two = weights(small().threads(2).fit(few()));
    List<float[]> other = weights(small().seed(2).fit(few()));
    for (int i = 0; i < one.size(); i++) {
      assertThat(two.get(i)).containsExactly(one.get(i));
      assertThat(other.get(i)).isNotEqualTo(one.get(i));
    }
  }

  @ParameterizedTest
  @EnumSource(value = PaperNet.class, names = "P_CONV", mode = EnumSource.Mode.EXCLUDE)
  void everyPresetOfTheCoreTrains(PaperNet preset) {
    int[] hidden = IntStream.range(0, preset.hidden().size()).map(i -> 6).toArray();
    List<EpochSummary> epochs = new ArrayList<>();
    Model model =
        Training.of(preset)
            .hidden(hidden)
            .freeSteps(40)
            .nudgedSteps(4)
            .epochs(1)
            .threads(1)
            .onEpoch(epochs::add)
            .fit(few());
    assertThat(model.steps()).isEqualTo(40);
    assertThat(epochs).hasSize(1);
    assertThat(epochs.get(0).testError()).isNaN();
    assertThat(epochs.get(0).toString()).doesNotContain("test");
  }

  @Test
  void convolutionsAreOfAnotherModule() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Training.of(PaperNet.P_CONV).fit(Samples.of(new float[1][28 * 28], new int[1])))
        .withMessageContaining("There is no connection type 'conv-pool'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Training.of(PaperNet.P_CONV).fit(few()))
        .withMessageContaining("no square image of one channel");
  }

  @Test
  void aNetworkOfOnesOwnGoesOnFromItsWeights() {
    Network network =
        Network.chain(new Prototypical(1, Prototypical.Nudge.INSIDE), Activation.SIGMOID4, 2, 8, 2);
    network.initialise(5);
    Training training =
        Training.of(PaperNet.P_1H)
            .network(network)
            .epochs(1)
            .beta(0.2)
            .estimate(Phases.Estimate.CENTERED)
            .settling(Settling.EXACT);
    double[] losses = new double[2];
    for (int i = 0; i < 2; i++) {
      int turn = i;
      training.onEpoch(summary -> losses[turn] = summary.loss());
      assertThat(training.fit(few()).network()).isSameAs(network);
    }
    assertThat(losses[1]).isLessThan(losses[0]);
  }

  @Test
  void regressionLearnsTargets() {
    float[][] inputs = new float[200][1];
    float[][] targets = new float[200][1];
    for (int i = 0; i < 200; i++) {
      inputs[i][0] = i / 200f;
      targets[i][0] = 0.8f - 0.6f * inputs[i][0];
    }
    Model model =
        small().epochs(200).batchSize(10).learningRates(0.1, 0.1).fit(Samples.of(inputs, targets));
    Predictor predictor = model.predictor();
    for (float x : new float[] {0.1f, 0.5f, 0.9f}) {
      predictor.predict(new float[] {x});
      assertThat(predictor.score(0)).isBetween(0.8f - 0.6f * x - 0.05f, 0.8f - 0.6f * x + 0.05f);
    }
  }

  @Test
  void listenersEndIt() {
    List<Integer> batches = new ArrayList<>();
    List<EpochSummary> epochs = new ArrayList<>();
    small().onEpoch(epochs::add).until(summary -> true).epochs(7).fit(few());
    assertThat(epochs).hasSize(1);
    small()
        .onEpoch(epochs::add)
        .onBatch(
            (done, all, totals) -> {
              batches.add(done);
              return done < 3;
            })
        .fit(few());
    assertThat(batches).containsExactly(1, 2, 3);
    assertThat(epochs).hasSize(1);
  }

  @Test
  void aListenerEndsItAtAnEpochsLastBatch() {
    List<EpochSummary> epochs = new ArrayList<>();
    List<Integer> batches = new ArrayList<>();
    small()
        .epochs(5)
        .batchSize(MOONS)
        .onEpoch(epochs::add)
        .onBatch(
            (done, all, totals) -> {
              batches.add(done);
              return false;
            })
        .fit(few());
    assertThat(batches).containsExactly(1);
    assertThat(epochs).isEmpty();
  }

  @Test
  void aNetworkOfOnesOwnSettlesAsItsSettingNeeds() {
    Network network = PaperNet.EB_1H.network(Shape.of(2), 2, PaperNet.EB_1H.hidden(6));
    network.initialise(1);
    Model model =
        Training.of(PaperNet.P_1H)
            .network(network)
            .freeSteps(100)
            .nudgedSteps(12)
            .beta(0.5)
            .epochs(1)
            .fit(few());
    assertThat(model.settling()).isEqualTo(Settling.fast(true, 0.5));
  }

  @Test
  void aLastUpdateThatDivergedIsSaid() {
    Training training = small().epochs(1).batchSize(MOONS).learningRates(1e40, 1e40);
    assertThatExceptionOfType(DivergenceException.class)
        .isThrownBy(() -> training.fit(few()))
        .withMessageMatching(".* no longer finite; use smaller learning rates\\.");
  }

  @Test
  void whoIsInterruptedAlreadyTrainsNothing() {
    Network network = PaperNet.P_1H.network(Shape.of(2), 2, PaperNet.P_1H.hidden(6));
    network.initialise(1);
    float[] before = network.parameters().get(0).write();
    Thread.currentThread().interrupt();
    Training training = small().network(network);
    assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> training.fit(few()));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(network.parameters().get(0).write()).containsExactly(before);
  }

  @Test
  void anInterruptEndsItAndIsKept() {
    Training training =
        small()
            .onBatch(
                (done, all, totals) -> {
                  Thread.currentThread().interrupt();
                  return true;
                });
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> training.fit(few()))
        .withMessage("The training was interrupted.");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aTargetThatIsNoNumberIsRefused() {
    Samples none =
        new Samples() {
          @Override
          public int size() {
            return 1;
          }

          @Override
          public int inputSize() {
            return 2;
          }

          @Override
          public int classes() {
            return 2;
          }

          @Override
          public int label(int i) {
            return 0;
          }

          @Override
          public void copyInput(int i, float[] destination, int offset) {
            destination[offset] = 1;
          }

          @Override
          public void copyTarget(int i, float[] destination, int offset) {
            destination[offset + 1] = Float.NaN;
          }
        };
    refused(
        () -> small().fit(none),
        "Value 1 of the target of sample 0 is NaN, which is no finite number.");
  }

  private static void refused(Runnable call, String sentence) {
    assertThatIllegalArgumentException().isThrownBy(call::run).withMessage(sentence);
  }

  @Test
  void mistakesGiveOneSentence() {
    refused(
        () -> Training.of(PaperNet.P_2H).hidden(3),
        "p-2h has 2 fully connected hidden layers, but 1 sizes are given; take another preset, or"
            + " give a network of your own.");
    refused(() -> small().hidden(0), "The size of a hidden layer is 0; it must be at least 1.");
    refused(
        () -> small().inputShape(1, 0, 2), "The height of the input is 0; it must be at least 1.");
    refused(() -> small().epochs(0), "The number of epochs is 0; it must be at least 1.");
    refused(() -> small().batchSize(-1), "The batch size is -1; it must be at least 1.");
    refused(() -> small().threads(0), "The number of threads is 0; it must be from 1 to 1024.");
    refused(() -> small().freeSteps(0), "T is 0; it must be from 1 to 1000000.");
    refused(() -> small().nudgedSteps(0), "K is 0; it must be from 1 to 1000000.");
    refused(() -> small().beta(-0.1), "beta is -0.1; it must be above 0 and finite.");
    refused(
        () -> small().learningRates(0.1).fit(few()),
        "There is 1 learning rate, but the network has 2 connections, a read-out included; give one"
            + " rate for each.");
    refused(
        () -> small().test(Digits.test()).fit(few()),
        "The network takes 2 inputs and gives 2 classes, but the data has 64 inputs and 10"
            + " classes.");
  }
}
