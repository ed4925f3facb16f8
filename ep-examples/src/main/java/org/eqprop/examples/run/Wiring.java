package org.eqprop.examples.run;

import org.eqprop.core.cost.CrossEntropy;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Untied;

/**
 * What a network is made with beside its layers.
 *
 * @param dynamics the setting in which it steps
 * @param cost what learning makes small
 * @param untied whether connections have weights of their own in each direction
 */
record Wiring(Dynamics dynamics, CostType cost, UntiedRule untied) {
  /** Tied connections, and the squared error. */
  static Wiring of(Dynamics dynamics) {
    return new Wiring(dynamics, CostType.SQUARED_ERROR, UntiedRule.NONE);
  }

  /** Whether the classes are read from the last hidden layer, and there is no layer of them. */
  boolean hasReadOut() {
    return cost == CostType.CROSS_ENTROPY;
  }

  /** Weights for each that a tied connection has. */
  int weightsEach() {
    return untied == UntiedRule.NONE ? 1 : 2;
  }

  /**
   * A builder of such networks.
   *
   * @throws UsageException if the cost needs more classes
   */
  Network.Builder builder(int classes) {
    Network.Builder builder = new Network.Builder(dynamics);
    if (hasReadOut()) {
      if (classes < 2) {
        throw new UsageException(
            "Cross-entropy needs at least 2 classes, but the data has "
                + classes
                + "; choose the cost squared-error.");
      }
      builder.cost(output -> new CrossEntropy(output, classes));
    }
    return switch (untied) {
      case NONE -> builder;
      case VECTOR_FIELD -> builder.untied(Untied.Rule.VECTOR_FIELD);
      case KOLEN_POLLACK -> builder.untied(Untied.Rule.KOLEN_POLLACK);
    };
  }
}
