package org.eqprop.bptt.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Equilibrium propagation's nudged phase from the end of a free phase, step by step (Eq. 8, 10):
 * Δs(t) = (s^β(t+1) − s^β(t))/(εβ), Δθ(t) = (∂Φ/∂θ(s^β(t+1)) − ∂Φ/∂θ(s^β(t)))/β, both divided by B
 * and with the sign of a gradient. The centered estimate runs a second phase with −β and takes half
 * the difference.
 */
public final class EquilibriumSteps implements StepwiseGradient {
  /** How the phases combine. */
  public enum Estimate {
    /** One phase with β, of either sign. */
    ONE_SIDED,
    /** Two phases, with β and −β. */
    CENTERED
  }

  private final List<Branch> branches = new ArrayList<>();
  private final List<double[]> neurons = new ArrayList<>();
  private final List<double[]> parameters = new ArrayList<>();
  private final double epsilon;
  private final ReadOutGradient readOut;
  private final int fromPhases;
  private int t = -1;

  /** One nudged phase, before and after its last step. */
  private static final class Branch {
    private final Transition transition;
    private final double weight;
    private List<double[]> before;
    private List<double[]> after;
    private List<double[]> phiBefore;
    private List<double[]> phiAfter;

    Branch(FreePhase free, double beta, double weight) {
      this.transition = new Transition(free.problem());
      this.weight = weight;
      List<double[]> previous = free.states().get(free.states().size() - 2);
      transition.set(free.end(), previous, beta);
      transition.setFree(free.end());
      after = transition.state();
      before = after;
      phiAfter = copy(transition.phiByParameters());
      phiBefore = phiAfter;
    }

    void step() {
      before = after;
      phiBefore = phiAfter;
      transition.step();
      after = transition.state();
      phiAfter = copy(transition.phiByParameters());
    }
  }

  /**
   * The nudged phase or phases from the end of {@code free}.
   *
   * @param free the free phase that it starts from
   * @param beta β, not zero
   * @param estimate how nudged phases give the gradient
   */
  public EquilibriumSteps(FreePhase free, double beta, Estimate estimate) {
    if (beta == 0 || !Double.isFinite(beta)) {
      throw new IllegalArgumentException("beta is " + beta + "; it must be finite and not zero.");
    }
    epsilon = free.problem().network().dynamics().epsilon();
    double weight = -1 / (beta * free.problem().batch());
    if (estimate == Estimate.CENTERED) {
      branches.add(new Branch(free, beta, weight / 2));
      branches.add(new Branch(free, -beta, -weight / 2));
    } else {
      branches.add(new Branch(free, beta, weight));
    }
    Transition end = new Transition(free.problem());
    end.set(free.end(), 0);
    readOut = new ReadOutGradient(end);
    fromPhases = readOut.first(free.problem().network());
    free.end().forEach(layer -> neurons.add(new double[layer.length]));
    branches.get(0).phiAfter.forEach(values -> parameters.add(new double[values.length]));
  }

  @Override
  public void advance() {
    t++;
    for (Branch branch : branches) {
      branch.step();
    }
    for (int n = 0; n < neurons.size(); n++) {
      Arrays.fill(neurons.get(n), 0);
      for (Branch b : branches) {
        addDifference(b.weight / epsilon, b.after.get(n), b.before.get(n), neurons.get(n));
      }
    }
    for (int p = 0; p < parameters.size(); p++) {
      Arrays.fill(parameters.get(p), 0);
      for (Branch b : branches) {
        addDifference(b.weight, b.phiAfter.get(p), b.phiBefore.get(p), parameters.get(p));
      }
    }
  }

  @Override
  public double[] neuron(int n) {
    return neurons.get(n);
  }

  @Override
  public double[] parameter(int p) {
    return p < fromPhases ? parameters.get(p) : readOut.get(p, t);
  }

  /** {@return the state after the last step of the phase with +β} */
  public List<double[]> state() {
    return branches.get(0).after;
  }

  /** sum += weight·(after − before). */
  private static void addDifference(double weight, double[] after, double[] before, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * (after[i] - before[i]);
    }
  }

  private static List<double[]> copy(List<double[]> values) {
    return values.stream().map(double[]::clone).toList();
  }
}
