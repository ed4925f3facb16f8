package org.eqprop.bptt.reference;

import java.util.List;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Network;

/**
 * ∂L/∂θ of a read-out's parameters in the steady state. They take no part in the dynamics, so both
 * methods have this whole gradient at step 0 and nothing after it.
 */
final class ReadOutGradient {
  private final List<double[]> gradient;

  /** The gradient in the state that a transition is in. */
  ReadOutGradient(Transition transition) {
    gradient = transition.lossByParameters().stream().map(double[]::clone).toList();
  }

  /** Number of the read-out's first parameter, or of all parameters if there is no read-out. */
  int first(Network network) {
    int first = 0;
    for (Connection connection : network.connections()) {
      first += connection.parameters().size();
    }
    return first;
  }

  /** The gradient by parameter number {@code p} at step {@code t}. */
  double[] get(int p, int t) {
    double[] whole = gradient.get(p);
    return t == 0 ? whole : new double[whole.length];
  }
}
