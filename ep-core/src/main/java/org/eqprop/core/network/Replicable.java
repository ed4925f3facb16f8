package org.eqprop.core.network;

/**
 * A connection that remembers nothing and of which a worker can have weights of its own, so that
 * its core need not share them with another one. Results do not depend on it.
 */
public interface Replicable extends Connection {
  /**
   * {@return another connection between the same layers, its parameters zero, for the products
   * only: the gradient of its weight has the place of this one's}
   */
  Replicable replica();

  /**
   * Takes over the parameters, and the forms derived from them, of {@code original}.
   *
   * @param original copied from
   * @throws IllegalArgumentException if that one is of another type or between other layers
   */
  void copyWeights(Replicable original);
}
