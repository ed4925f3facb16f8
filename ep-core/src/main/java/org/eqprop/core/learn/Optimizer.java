package org.eqprop.core.learn;

import java.util.List;
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

  /**
   * Lets {@code estimator} fill the gradients of a connection's tiles and updates them. An
   * optimizer that only scales the gradient can have it added right away instead.
   *
   * @param connection number of the connection
   */
  default void update(
      Kernels k, GradientEstimator estimator, int connection, int firstTile, int endTile) {
    estimator.sum(connection, firstTile, endTile);
    List<Parameter> parameters = estimator.network().connections().get(connection).parameters();
    for (int p = 0; p < parameters.size(); p++) {
      Parameter parameter = parameters.get(p);
      update(k, connection, parameter, parameter.start(firstTile), parameter.start(endTile));
    }
  }
}
