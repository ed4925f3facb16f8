package org.eqprop.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.eqprop.core.StoreException;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.BatchPredictor;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Evaluator;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Phases.Estimate;
import org.eqprop.core.learn.PredictedStarts;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.learn.Sgd;
import org.eqprop.core.learn.Starts;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.learn.Trainer;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Synchronous;
import org.eqprop.core.tensor.Shape;
import org.eqprop.core.testing.Blobs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model of a training with predicted starts predicts from where they begin. */
class ForwardModelTest {
  private static final int IN = 18;
  private static final int OUT = 3;

  /** Far too few to settle from zero. */
  private static final int STEPS = 2;

  private static final Settling SETTLING = new Settling(new Synchronous(), 0);

  private final Kernels kernels = KernelsSelector.kernels();
  private final Samples samples = new Blobs(45, IN, OUT, 1);
  private Network network = trained();
  private Totals measured = new Totals();

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() {
    network = trained();
    file = folder.resolve("model.safetensors");
    try (Context context = new Context(2, kernels)) {
      PredictedStarts starts = new PredictedStarts(network, context, 20);
      Trainer trainer =
          new Trainer(
              network,
              context,
              new EquilibriumPropagation(
                  network, context, new Phases(20, 4, 0.5, Estimate.ONE_SIDED, 1, SETTLING), 20),
              new Sgd(0.1, 0.1),
              samples,
              20,
              1,
              starts);
      for (int epoch = 0; epoch < 5; epoch++) {
        trainer.train(epoch, 0, new Totals(), (done, batches, totals) -> true);
      }
      new Model(network, STEPS, SETTLING, Map.of(), starts.predictor()).write(file);
      measured = measure(context, starts);
    }
  }

  private static Network trained() {
    return Network.chain(new EnergyBased(0.3, true, false), Activation.HARD_SIGMOID, OUT, 40, IN);
  }

  private Totals measure(Context context, Starts starts) {
    Totals totals = new Totals();
    new Evaluator(network, context, STEPS, SETTLING, samples, starts)
        .evaluate(totals, (done, batches, sums) -> true);
    return totals;
  }

  @Test
  void anEvaluationStartsWhereTrainingDoes() {
    Model read = Model.read(file);
    try (Context context = new Context(1, kernels)) {
      Totals again = new Totals();
      new Evaluator(read.network(), context, STEPS, SETTLING, samples, read.starts(kernels))
          .evaluate(again, (done, batches, sums) -> true);
      assertThat(again.loss()).isEqualTo(measured.loss());
      assertThat(measure(context, Starts.ZERO).loss()).isNotEqualTo(measured.loss());
    }
  }

  @Test
  void predictorsStartThereToo() {
    Model read = Model.read(file);
    Predictor one = read.predictor();
    BatchPredictor many = read.predictors().batch();
    float[] inputs = new float[45 * IN];
    for (int i = 0; i < 45; i++) {
      samples.copyInput(i, inputs, i * IN);
    }
    int[] best = new int[45];
    float[] scores = new float[45 * OUT];
    many.predictScores(inputs, 45, best, scores);
    Predictor fromZero = new Predictor(read.network(), kernels, STEPS, SETTLING);
    int other = 0;
    int errors = 0;
    for (int i = 0; i < 45; i++) {
      errors += one.predict(inputs, i * IN) == samples.label(i) ? 0 : 1;
      fromZero.predict(inputs, i * IN);
      for (int c = 0; c < OUT; c++) {
        assertThat(one.score(c)).isEqualTo(scores[i * OUT + c]);
        other += fromZero.score(c) == one.score(c) ? 0 : 1;
      }
    }
    assertThat(errors).isEqualTo((int) measured.errors());
    assertThat(other).isPositive();
  }

  @Test
  void aModelThatIsReadAndWrittenIsTheSame() {
    Model read = Model.read(file);
    Path copy = folder.resolve("copy.safetensors");
    read.write(copy);
    assertThat(copy).hasSameBinaryContentAs(file);
    assertThat(read.forward()).isPresent();
  }

  private void refused(Consumer<Safetensors> change, String sentence) {
    Safetensors container = Safetensors.read(file);
    change.accept(container);
    container.write(file);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Model.read(file))
        .withMessageContaining(sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zero", "previous", "", "predicted "})
  void otherStartsAreRefused(String start) {
    refused(changed -> changed.metadata().put("start", start), "which is no way to start");
  }

  @Test
  void tensorsWithoutTheEntryAreRefused() {
    refused(changed -> changed.metadata().remove("start"), "belongs to nothing in it");
  }

  @Test
  void aTensorTooManyIsRefused() {
    refused(
        changed -> changed.put("start.weight.9", Shape.of(1), new float[1]),
        "a start that belongs to nothing");
  }

  @Test
  void aTensorOfAnotherShapeIsRefused() {
    String name = "start." + network.parameters().get(0).name();
    refused(changed -> changed.put(name, Shape.of(1), new float[1]), "has another shape");
  }
}
