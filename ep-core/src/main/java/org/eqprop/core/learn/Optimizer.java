package org.eqprop.core.learn;

import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Parameter;

/** Turns gradients into updates; called for disjoint ranges on different threads. */
public interface Optimizer {
  /**
   * Updates positions {@code from} to {@code to} (exclusive) of a parameter's data from its
   * gradient.
   *
   * @param connection number of the connection that the parameter belongs to
   */
  void update(Kernels k, int connection, Parameter parameter, int from, int to);
}
