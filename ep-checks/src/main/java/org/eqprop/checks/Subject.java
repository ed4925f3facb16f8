package org.eqprop.checks;

import java.util.Map;
import org.eqprop.core.cost.CrossEntropy;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.SquaredError;
import org.eqprop.core.network.Untied;
import org.eqprop.core.tensor.Shape;

/** The small networks on which learners are checked. */
enum Subject {
  /** The prototypical setting. */
  PROTOTYPICAL,
  /** The energy-based setting. */
  ENERGY_BASED,
  /** Cross-entropy, whose read-out has parameters of its own. */
  READ_OUT,
  /** Weights of their own in each direction, which a learner may refuse. */
  UNTIED;

  static final int INPUTS = 20;
  static final int CLASSES = 3;

  private static final int HIDDEN = 17;
  private static final int READ = 9;

  /** A new network, always with the same weights. */
  Network network() {
    Network.Builder builder =
        new Network.Builder(
            this == ENERGY_BASED
                ? new EnergyBased(0.5, false, false)
                : new Prototypical(1, Prototypical.Nudge.INSIDE));
    if (this == UNTIED) {
      builder.untied(Untied.Rule.VECTOR_FIELD);
    }
    Network network =
        builder
            .layer("s0", Shape.of(this == READ_OUT ? READ : CLASSES), Activation.SIGMOID4)
            .layer("s1", Shape.of(HIDDEN), Activation.SIGMOID4)
            .input("x", Shape.of(INPUTS), Activation.SIGMOID4)
            .connect("0", 0, 1, Dense.TYPE, Map.of())
            .connect("1", 1, 2, Dense.TYPE, Map.of())
            .cost(
                output ->
                    this == READ_OUT ? new CrossEntropy(output, CLASSES) : new SquaredError(output))
            .build();
    network.initialise(5, KernelsSelector.kernels());
    return network;
  }

  /**
   * The same with equal weights in both directions: there the vector-field rule gives the gradient.
   */
  Network symmetric() {
    Network network = network();
    if (this == UNTIED) {
      Connection between = network.connections().getFirst();
      Parameter feedback = between.parameters().getLast();
      feedback.read(between.parameters().getFirst().write());
      network.refresh(KernelsSelector.kernels());
    }
    return network;
  }
}
