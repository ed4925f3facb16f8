package org.eqprop.bptt.estimate;

import java.util.List;

/** A way to the gradient of L = (1/B) Σ ℓ(s⁰, y), the mean over the batch, by the parameters. */
public interface ParameterGradient {
  /** {@return the name in options and tables, such as {@code rbp}} */
  String name();

  /**
   * {@return ∂L/∂θ or its estimate, computed by this call: one array for each of {@link
   * org.eqprop.bptt.reference.Problem#parameters}, row-major} A read-out's gradient is ∂L/∂θ in the
   * last state.
   */
  List<double[]> gradients();
}
