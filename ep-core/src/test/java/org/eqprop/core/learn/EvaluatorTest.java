package org.eqprop.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Synchronous;
import org.eqprop.core.testing.Blobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorTest {
  private static final int STEPS = 7;

  private final Blobs blobs = new Blobs(83, 21, 5, 1);

  private static List<Network> networks() {
    List<Network> networks =
        List.of(
            Network.chain(new Prototypical(0.7, Nudge.INSIDE), Activation.TANH, 5, 33, 21),
            Network.chain(new EnergyBased(0.2, true, true), Activation.SIGMOID4, 5, 33, 21),
            Network.toy(new EnergyBased(0.2, false, false), Activation.TANH, 5, 33, 21));
    networks.forEach(network -> network.initialise(3, KernelsSelector.kernels()));
    return networks;
  }

  @Test
  void thePredictorAndTheEvaluatorAgreeOnAnyNumberOfThreads() {
    for (Network network : networks()) {
      Predictor predictor = new Predictor(network, KernelsSelector.kernels(), STEPS);
      assertThat(predictor.classes()).isEqualTo(5);
      double loss = 0;
      double residual = 0;
      long errors = 0;
      float[] padded = new float[23];
      for (int i = 0; i < blobs.size(); i++) {
        blobs.copyInput(i, padded, 2);
        int predicted = predictor.predict(padded, 2);
        float sum = 0f;
        for (int c = 0; c < 5; c++) {
          assertThat(predictor.score(c)).isLessThanOrEqualTo(predictor.score(predicted));
          float error = predictor.score(c) - (c == blobs.label(i) ? 1f : 0f);
          sum = Math.fma(error, error, sum);
        }
        loss += 0.5f * sum;
        residual += predictor.residual();
        errors += predicted == blobs.label(i) ? 0 : 1;
      }
      for (int threads = 1; threads <= 3; threads++) {
        try (Context context = new Context(threads)) {
          Totals totals = new Totals();
          new Evaluator(network, context, STEPS, blobs)
              .evaluate(totals, (done, batches, ignored) -> true);
          assertThat(totals.samples()).isEqualTo(83);
          assertThat(totals.errors()).isEqualTo(errors);
          assertThat(totals.lossSum()).isEqualTo(loss);
          assertThat(totals.residualSum()).isEqualTo(residual);
          assertThat(totals.loss()).isEqualTo(loss / 83);
          assertThat(totals.residual()).isEqualTo(residual / 83);
          assertThat(totals.error()).isEqualTo(errors / 83.0);
        }
      }
    }
  }

  /** With a tolerance that some samples reach within the steps, and with none. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-6, 1e-3, 0.5})
  void samplesHaveConvergedBelowTheTolerance(double tolerance) {
    Network network = networks().get(0);
    for (int steps : new int[] {1, 4, 200}) {
      Settling settling = new Settling(new Synchronous(), tolerance);
      Predictor predictor = new Predictor(network, KernelsSelector.kernels(), steps, settling);
      long converged = 0;
      for (int i = 0; i < blobs.size(); i++) {
        predictor.predict(blobs.input(i), 0);
        float residual = predictor.residual();
        boolean below = tolerance == 0 ? residual == 0 : residual < (float) tolerance;
        assertThat(predictor.converged()).isEqualTo(below);
        converged += below ? 1 : 0;
      }
      try (Context context = new Context(2)) {
        Totals totals = new Totals();
        new Evaluator(network, context, steps, settling, blobs)
            .evaluate(totals, (done, batches, ignored) -> true);
        assertThat(totals.convergedSamples()).isEqualTo(converged);
      }
      if (steps == 1 && tolerance < 1e-2) {
        assertThat(converged).isZero();
      }
      if (steps == 200 && tolerance > 0) {
        assertThat(converged).isEqualTo(blobs.size());
      }
    }
  }

  @Test
  void aListenerHearsOfEachBatchAndCanStop() {
    try (Context context = new Context(2)) {
      List<String> heard = new ArrayList<>();
      Totals totals = new Totals();
      new Evaluator(networks().get(0), context, STEPS, blobs)
          .evaluate(
              totals,
              (done, batches, soFar) -> {
                heard.add(done + "/" + batches + " " + soFar.samples());
                return done < 2;
              });
      assertThat(heard).containsExactly("1/3 40", "2/3 80");
      assertThat(totals.samples()).isEqualTo(80);
    }
  }

  @Test
  void predictingRemembersNothing() {
    Network network = networks().get(1);
    Predictor used = new Predictor(network, KernelsSelector.kernels(), STEPS);
    used.predict(blobs.input(0), 0);
    used.predict(blobs.input(1), 0);
    Predictor fresh = new Predictor(network, KernelsSelector.kernels(), STEPS);
    fresh.predict(blobs.input(1), 0);
    for (int c = 0; c < 5; c++) {
      assertThat(used.score(c)).isEqualTo(fresh.score(c));
    }
  }

  @Test
  void tooFewInputsAreRefused() {
    Predictor predictor = new Predictor(networks().get(0), KernelsSelector.kernels(), STEPS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.predict(new float[22], 2))
        .withMessage("The network takes 21 inputs, got 20.");
    assertThatIllegalArgumentException().isThrownBy(() -> predictor.predict(new float[30], -1));
  }

  @Test
  void inputsThatAreNotFiniteAreRefused() {
    Predictor predictor = new Predictor(networks().get(0), KernelsSelector.kernels(), STEPS);
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (int i : new int[] {0, 7, 20}) {
        float[] input = new float[25];
        input[2 + i] = bad;
        assertThatIllegalArgumentException()
            .isThrownBy(() -> predictor.predict(input, 2))
            .withMessage(
                "The value " + i + " of the input is " + bad + ", which is no finite number.");
      }
    }
    float[] beside = new float[25];
    beside[0] = Float.NaN;
    beside[24] = Float.NaN;
    assertThat(predictor.predict(beside, 2)).isBetween(0, 4);
  }
}
