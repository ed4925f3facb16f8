package org.eqprop.bptt.snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.eqprop.bptt.estimate.SummedSteps;
import org.eqprop.bptt.gdu.Alignment;
import org.eqprop.bptt.gdu.Comparison;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.core.data.Digits;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.junit.jupiter.api.Test;

/** The code in the pages of the API does what the pages say. */
class SnippetsTest {
  private final Network network =
      Network.chain(new Prototypical(1, Prototypical.Nudge.INSIDE), Activation.TANH, 2, 6, 4);
  private final double[] x = new Random(1).doubles(3 * 4).toArray();
  private final double[] y = {1, 0, 0, 1, 1, 0};

  SnippetsTest() {
    network.initialise(1);
  }

  @Test
  void updatesAreTheGradients() {
    Comparison comparison = Snippets.gdu(network, x, y);
    assertThat(comparison.parameters())
        .hasSize(4)
        .allSatisfy(p -> assertThat(p.relMse()).isLessThan(0.003));
  }

  @Test
  void aStepOfBackpropHasAGradient() {
    assertThat(Snippets.reference(network, x, y)).hasSize(2 * 6).doesNotContain(Double.NaN);
  }

  /** The sum of all steps of backpropagation is the gradient in the steady state. */
  @Test
  void recurrentBackpropIsTheExactGradient() {
    FreePhase free = FreePhase.run(Problem.of(network, x, y), 400, 400);
    List<double[]> exact = Snippets.estimate(free);
    List<double[]> summed = SummedSteps.backprop(free, 400).gradients();
    for (int p = 0; p < exact.size(); p++) {
      assertThat(Alignment.of(summed.get(p), exact.get(p)).cosine()).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void backpropThroughTimeTrains() {
    Network digits =
        Network.chain(
            new Prototypical(1, Prototypical.Nudge.OUTSIDE), Activation.SIGMOID4, 10, 32, 64);
    digits.initialise(1);
    double first = Snippets.learn(digits, Digits.train());
    assertThat(Snippets.learn(digits, Digits.train())).isLessThan(first);
  }

  @Test
  void theTapeDifferentiates() {
    assertThat(Snippets.tape()).containsExactly(6, 8);
  }
}
