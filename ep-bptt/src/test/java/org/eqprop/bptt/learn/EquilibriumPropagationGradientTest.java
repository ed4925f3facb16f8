package org.eqprop.bptt.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eqprop.bptt.reference.EquilibriumSteps;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Context;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The float32 estimate of equilibrium propagation beside that of the float64 phases: all settings,
 * costs and kinds of weights.
 */
final class EquilibriumPropagationGradientTest {
  private static final int T = 60;
  private static final int K = 30;
  private static final double BETA = 1;

  /**
   * Share of the largest element. K is large enough for the nudge to reach every layer: a layer
   * that has hardly moved has little but rounding.
   */
  private static final double ERROR = 1e-4;

  private final Batch batch = Batch.random(7, 19, 3);

  static Stream<Network> networks() {
    return BackpropThroughTimeTest.networks();
  }

  private List<double[]> expected(Network network, EquilibriumSteps.Estimate estimate, int steps) {
    Problem problem = Problem.of(network, batch.x(batch.size()), batch.y(batch.size()));
    EquilibriumSteps nudged = new EquilibriumSteps(FreePhase.run(problem, T, 1), BETA, estimate);
    List<double[]> sums = new ArrayList<>();
    for (int t = 0; t < steps; t++) {
      nudged.advance();
      for (int p = 0; p < network.parameters().size(); p++) {
        double[] step = nudged.parameter(p);
        if (t == 0) {
          sums.add(new double[step.length]);
        }
        double[] sum = sums.get(p);
        Arrays.setAll(sum, i -> sum[i] - step[i]);
      }
    }
    return sums;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void itIsTheEstimateOfTheFloat64Phases(Network network) {
    BackpropThroughTimeTest.prepare(network);
    try (Context context = new Context(2, KernelsSelector.kernels())) {
      for (Phases.Estimate estimate :
          List.of(Phases.Estimate.ONE_SIDED, Phases.Estimate.CENTERED)) {
        Phases phases = new Phases(T, K, BETA, estimate, 0);
        new EquilibriumPropagation(network, context, phases, batch.size())
            .estimate(batch.first(batch.size()));
        EquilibriumSteps.Estimate same = EquilibriumSteps.Estimate.valueOf(estimate.name());
        List<float[]> found = BackpropThroughTimeTest.gradients(network);
        assertThat(BackpropThroughTimeTest.distance(found, expected(network, same, K)))
            .isLessThan(ERROR);
      }
    }
  }
}
