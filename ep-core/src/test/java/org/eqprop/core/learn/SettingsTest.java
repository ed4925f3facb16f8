package org.eqprop.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.eqprop.core.kernel.Activation;
import org.eqprop.core.learn.Phases.Estimate;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.SquaredError;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;
import org.eqprop.core.testing.Blobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What phases, optimizer, batches, outcomes and totals accept and add up. */
class SettingsTest {
  private static final Cost.Reading COST =
      new SquaredError(new Layer(0, "s0", Shape.of(3), Activation.TANH, false)).reading(3);

  @Test
  void phasesOfNoStepsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Phases(0, 1, 0.1, Estimate.ONE_SIDED, 0))
        .withMessage("T is 0; it must be from 1 to 1000000.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Phases(1, -2, 0.1, Estimate.ONE_SIDED, 0))
        .withMessage("K is -2; it must be from 1 to 1000000.");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void aBetaThatIsNotAboveZeroAndFiniteIsRefused(double beta) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Phases(1, 1, beta, Estimate.CENTERED, 0))
        .withMessage("beta is " + beta + "; it must be above 0 and finite.");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void aLearningRateThatIsNegativeOrNotFiniteIsRefused(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sgd(0.1, rate))
        .withMessage("Learning rate 1 is " + rate + "; it must be at least 0 and finite.");
    assertThatNoException().isThrownBy(() -> new Sgd(0, 1e-3));
  }

  @Test
  void aBatchHoldsLabelsOneHotTargetsAndInputs() {
    Blobs blobs = new Blobs(9, 5, 3, 1);
    Minibatch batch = new Minibatch(blobs, 4);
    batch.select(new int[] {8, 7, 6, 5, 4, 3}, 1, 4, 0);
    batch.select(new int[] {8, 7, 6, 5, 4, 3}, 2, 3, 12);
    assertThat(batch.count()).isEqualTo(3);
    assertThat(batch.number()).isEqualTo(12);
    Rows x = Rows.allocate(4, 5);
    batch.load(x, 1, 3);
    for (int r = 0; r < 3; r++) {
      int sample = 6 - r;
      assertThat(batch.label(r)).isEqualTo(sample % 3);
      for (int c = 0; c < 3; c++) {
        assertThat(batch.y().get(r, c)).isEqualTo(c == sample % 3 ? 1f : 0f);
      }
      for (int i = 0; i < 5; i++) {
        assertThat(x.get(r, i)).isEqualTo(r == 0 ? 0f : blobs.input(sample)[i]);
      }
    }
  }

  /** In the padding of the targets it would train nothing, and say nothing. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 3, 16, 1000})
  void aLabelThatIsNoClassIsRefused(int label) {
    Samples wrong =
        new Samples() {
          @Override
          public int size() {
            return 9;
          }

          @Override
          public int inputSize() {
            return 5;
          }

          @Override
          public int classes() {
            return 3;
          }

          @Override
          public int label(int i) {
            return i == 7 ? label : 2;
          }

          @Override
          public void copyInput(int i, float[] destination, int offset) {}
        };
    Minibatch batch = new Minibatch(wrong, 4);
    batch.select(new int[] {8, 7, 6, 5}, 2, 2, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch.select(new int[] {8, 7, 6, 5}, 0, 4, 0))
        .withMessage("Sample 7 has the label " + label + ", but the classes are 0 to 2.");
  }

  @Test
  void theFirstOfEqualOutputsIsPredicted() {
    Rows output = Rows.allocate(2, 4);
    output.set(1, 1, 0.5f);
    output.set(1, 3, 0.5f);
    Rows y = Rows.allocate(2, 4);
    y.set(1, 3, 1f);
    Outcome outcome = new Outcome(2);
    outcome.record(COST, output, y, new float[] {1f, 2f}, new int[] {7, 8}, 0, 2);
    assertThat(outcome.predicted(0)).isZero();
    assertThat(outcome.predicted(1)).isEqualTo(1);
    assertThat(outcome.loss(0)).isZero();
    assertThat(outcome.loss(1)).isEqualTo(0.25f);
    assertThat(outcome.residual(1)).isEqualTo(2f);
    assertThat(outcome.steps(1)).isEqualTo(8);
  }

  @Test
  void totalsAddUpAreRestoredAndForget() {
    Blobs blobs = new Blobs(6, 5, 3, 1);
    Minibatch batch = new Minibatch(blobs, 3);
    batch.select(new int[] {0, 1, 2}, 0, 2, 0);
    Outcome outcome = new Outcome(3);
    Rows output = Rows.allocate(3, 3);
    output.set(0, 0, 1f);
    output.set(1, 2, 1f);
    outcome.record(COST, output, batch.y(), new float[] {0.75f, 0f, 9f}, new int[] {3, 4, 5}, 0, 3);
    Totals totals = new Totals(10, 4, 2.5, 0.25, 53, 7);
    totals.add(batch, outcome);
    assertThat(totals.samples()).isEqualTo(12);
    assertThat(totals.errors()).isEqualTo(5);
    assertThat(totals.lossSum()).isEqualTo(3.5);
    assertThat(totals.residualSum()).isEqualTo(1.0);
    assertThat(totals.error()).isEqualTo(5.0 / 12);
    assertThat(totals.loss()).isEqualTo(3.5 / 12);
    assertThat(totals.residual()).isEqualTo(1.0 / 12);
    assertThat(totals.stepSum()).isEqualTo(60);
    assertThat(totals.convergedSamples()).isEqualTo(8);
    assertThat(totals.converged()).isEqualTo(8.0 / 12);
    assertThat(totals.steps()).isEqualTo(5);
    totals.clear();
    assertThat(totals.samples()).isZero();
    assertThat(totals.error()).isNaN();
    assertThat(totals.loss()).isNaN();
    assertThat(totals.residual()).isNaN();
  }
}
