package org.eqprop.bptt.estimate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.bptt.reference.Transition;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;

/**
 * Equilibrium propagation with continual weight updates (Ernoult et al. 2020): after each nudged
 * step the parameters change by η·(∂Φ/∂θ(s(t+1)) − ∂Φ/∂θ(s(t)))/βB, and the next step has the new
 * ones. The gradient is the sum of the K updates, divided by −η.
 */
public final class ContinualUpdates implements ParameterGradient {
  /** The name in options. */
  public static final String NAME = "continual";

  private final FreePhase free;
  private final double beta;
  private final double rate;
  private final int steps;

  /**
   * The updates from the end of a free phase.
   *
   * @param free the free phase that it starts from
   * @param beta β, not zero
   * @param rate η of all parameters; with 0 it is equilibrium propagation
   * @param steps K, at least 1
   * @throws IllegalArgumentException in one sentence, if a value is out of range, or the network
   *     has a read-out or connections without a Φ
   */
  public ContinualUpdates(FreePhase free, double beta, double rate, int steps) {
    Network network = free.problem().network();
    if (beta == 0 || !Double.isFinite(beta) || !(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "beta is "
              + beta
              + " and the rate "
              + rate
              + "; beta must be finite and not zero, the rate finite and at least 0.");
    }
    if (steps < 1) {
      throw new IllegalArgumentException("K is " + steps + "; it must be at least 1.");
    }
    ContrastedStates.requirePhi(network, "Continual updates are followed");
    this.free = free;
    this.beta = beta;
    this.rate = rate;
    this.steps = steps;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<double[]> gradients() {
    Problem start = free.problem();
    List<Parameter> parameters = Problem.parameters(start.network());
    List<double[]> values = Vectors.copy(start.parameterValues());
    Map<String, double[]> named = new HashMap<>();
    for (int p = 0; p < parameters.size(); p++) {
      named.put(parameters.get(p).name(), values.get(p));
    }
    List<double[]> sum = Vectors.zeroParameters(start.network());
    List<double[]> state = free.end();
    double scale = 1 / (beta * start.batch());
    for (int t = 0; t < steps; t++) {
      Transition transition =
          new Transition(Problem.of(start.network(), named::get, start.x(), start.y()));
      transition.set(state, beta);
      transition.setFree(free.end());
      List<double[]> before = Vectors.copy(transition.phiByParameters());
      transition.step();
      List<double[]> after = transition.phiByParameters();
      state = transition.state();
      for (int p = 0; p < sum.size(); p++) {
        double[] value = values.get(p);
        double[] own = sum.get(p);
        for (int i = 0; i < own.length; i++) {
          double update = scale * (after.get(p)[i] - before.get(p)[i]);
          own[i] -= update;
          value[i] += rate * update;
        }
      }
    }
    return sum;
  }
}
