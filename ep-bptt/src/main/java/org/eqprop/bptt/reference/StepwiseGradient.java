package org.eqprop.bptt.reference;

/**
 * A gradient of L = (1/2B) Σ‖s⁰ − y‖² that comes in steps t = 0, 1, …, one for each state and one
 * for each use of the parameters: what Theorem 1 compares. In BPTT they are ∇s(t) = ∂L/∂s_{T−t} and
 * ∇θ(t) = ∂L/∂θ_{T−t} (Eq. 5); in equilibrium propagation −Δs(t) and −Δθ(t) (Eq. 10), each the mean
 * over the batch. Arrays are valid until the next step.
 */
public interface StepwiseGradient {
  /** Goes to the next step; the first call to t = 0. */
  void advance();

  /**
   * {@return the gradient with respect to layer {@code n}: samples × size}
   *
   * @param n number of the layer, output first
   */
  double[] neuron(int n);

  /**
   * {@return the gradient with respect to parameter {@code p} of {@link Problem#parameters},
   * row-major}
   *
   * @param p number of the parameter
   */
  double[] parameter(int p);
}
