package org.eqprop.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Rests;
import org.eqprop.core.testing.Blobs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks so heavy that two workers divide their layers learn and are evaluated as on one. */
class DividedTrainingTest {
  private static final int[] SIZES = {4, 448, 448, 30};

  private final Blobs blobs = new Blobs(25, 30, 4, 1);

  static Stream<Dynamics> settings() {
    return Stream.of(
        new Prototypical(1, Prototypical.Nudge.OUTSIDE), new EnergyBased(0.2, true, false));
  }

  /** The weights after two epochs, the last batch short, and what they make of the samples. */
  private record Result(List<FloatBuffer> weights, double loss, double residual, int errors) {}

  private Result train(
      Dynamics dynamics, int size, int threads, Phases.Estimate estimate, boolean resting) {
    Network network = Network.chain(dynamics, Activation.SIGMOID4, SIZES);
    network.initialise(2, KernelsSelector.kernels());
    Listener goOn = (done, batches, totals) -> true;
    try (Context context = new Context(threads)) {
      Phases phases = new Phases(6, 3, 0.2, estimate, 5);
      GradientEstimator ep = new EquilibriumPropagation(network, context, phases, size);
      Trainer trainer =
          new Trainer(network, context, ep, new Sgd(0.02, 0.04, 0.08), blobs, size, 6);
      for (int epoch = 0; epoch < 2; epoch++) {
        trainer.train(epoch, 0, new Totals(), goOn);
        if (resting) {
          Rests.begin(context);
        }
      }
      Totals totals = new Totals();
      new Evaluator(network, context, 6, blobs).evaluate(totals, goOn);
      List<FloatBuffer> weights =
          network.connections().stream()
              .flatMap(c -> c.parameters().stream())
              .map(parameter -> FloatBuffer.wrap(parameter.write()))
              .toList();
      int errors = (int) Math.round(totals.error() * blobs.size());
      return new Result(weights, totals.loss(), totals.residual(), errors);
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void nothingDependsOnTheNumberOfThreadsOrOnTheirRest(Dynamics dynamics) {
    for (Phases.Estimate estimate : Phases.Estimate.values()) {
      for (int size : new int[] {10, 20}) {
        Result one = train(dynamics, size, 1, estimate, false);
        for (int threads = 2; threads <= 3; threads++) {
          assertThat(train(dynamics, size, threads, estimate, false)).isEqualTo(one);
          assertThat(train(dynamics, size, threads, estimate, true)).isEqualTo(one);
        }
      }
    }
  }
}
