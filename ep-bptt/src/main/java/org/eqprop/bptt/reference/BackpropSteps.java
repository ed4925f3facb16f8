package org.eqprop.bptt.reference;

import java.util.List;

/**
 * Backpropagation through time from the end of a free phase, step by step: ∇s(0) = ∂L/∂s_T, ∇θ(t) =
 * (∂F/∂θ)ᵀ·∇s(t) and ∇s(t+1) = (∂F/∂s)ᵀ·∇s(t), both at s_{T−t−1}. The same as differentiating the
 * unrolled graph in which each step has parameters of its own, in the memory of one step.
 */
public final class BackpropSteps implements StepwiseGradient {
  private final List<List<double[]>> states;
  private final Transition transition;
  private List<double[]> gradient;
  private final ReadOutGradient readOut;
  private final int throughTime;
  private int t = -1;

  /**
   * The gradients through the states that {@code free} kept.
   *
   * @param free the free phase that it starts from
   */
  public BackpropSteps(FreePhase free) {
    states = free.states();
    transition = new Transition(free.problem());
    transition.set(free.end(), 0);
    readOut = new ReadOutGradient(transition);
    throughTime = readOut.first(free.problem().network());
    gradient = copy(transition.lossByState());
  }

  /**
   * Goes to the next step.
   *
   * @throws IllegalStateException if the free phase kept no more states
   */
  @Override
  public void advance() {
    if (t + 3 > states.size()) {
      throw new IllegalStateException(
          "The free phase kept " + states.size() + " states; BPTT cannot go back further.");
    }
    if (t >= 0) {
      gradient = copy(transition.backToState());
    }
    t++;
    transition.set(states.get(states.size() - 2 - t), 0);
    transition.setCotangent(gradient);
  }

  @Override
  public double[] neuron(int n) {
    return gradient.get(n);
  }

  @Override
  public double[] parameter(int p) {
    return p < throughTime ? transition.backToParameters().get(p) : readOut.get(p, t);
  }

  private static List<double[]> copy(List<double[]> values) {
    return values.stream().map(double[]::clone).toList();
  }
}
