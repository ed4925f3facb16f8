package org.eqprop.bptt.estimate;

import java.util.List;
import java.util.function.Supplier;
import org.eqprop.bptt.reference.BackpropSteps;
import org.eqprop.bptt.reference.EquilibriumSteps;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.StepwiseGradient;
import org.eqprop.core.network.Network;

/** The sum of the first K steps of a gradient that comes in steps. */
public final class SummedSteps implements ParameterGradient {
  private final String name;
  private final Network network;
  private final Supplier<StepwiseGradient> start;
  private final int steps;

  private SummedSteps(String name, Network network, Supplier<StepwiseGradient> start, int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("K is " + steps + "; it must be at least 1.");
    }
    this.name = name;
    this.network = network;
    this.start = start;
    this.steps = steps;
  }

  /**
   * Backpropagation through the last K steps of a free phase.
   *
   * @param free kept at least K states before the last
   * @param steps K
   * @return one array for each parameter
   */
  public static SummedSteps backprop(FreePhase free, int steps) {
    return new SummedSteps("bptt", free.problem().network(), () -> new BackpropSteps(free), steps);
  }

  /**
   * Equilibrium propagation's update after K nudged steps, with the sign of a gradient.
   *
   * @param free the free phase
   * @param beta β, not zero
   * @param estimate how nudged phases give the gradient
   * @param steps K
   * @return one array for each parameter
   */
  public static SummedSteps equilibrium(
      FreePhase free, double beta, EquilibriumSteps.Estimate estimate, int steps) {
    return new SummedSteps(
        "ep", free.problem().network(), () -> new EquilibriumSteps(free, beta, estimate), steps);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<double[]> gradients() {
    List<double[]> sum = Vectors.zeroParameters(network);
    StepwiseGradient stepwise = start.get();
    for (int t = 0; t < steps; t++) {
      stepwise.advance();
      for (int p = 0; p < sum.size(); p++) {
        Vectors.add(1, stepwise.parameter(p), sum.get(p));
      }
    }
    return sum;
  }
}
