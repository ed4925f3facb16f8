package org.eqprop.core.learn;

import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Context;
import org.jspecify.annotations.Nullable;

/**
 * Contrastive Hebbian learning (Movellan 1991): settle freely to s*, clamp the outputs to y, let
 * the other layers settle to s^y in K steps, and take ∂Φ/∂θ(s^y) − ∂Φ/∂θ(s*). It is the limit of β
 * times the estimate of equilibrium propagation as β → ∞. There is no β.
 */
public final class ContrastiveHebbian implements Learner.Provider {
  /** The name in options. */
  public static final String NAME = "chl";

  /** For {@link java.util.ServiceLoader}. */
  public ContrastiveHebbian() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public @Nullable String whyWithout(Setting setting) {
    return switch (setting) {
      case BETA, NUDGE, ESTIMATE -> "contrastive Hebbian learning clamps the outputs to the target";
    };
  }

  @Override
  public GradientEstimator create(Network network, Context context, Phases phases, int capacity) {
    return HeldOutputs.of(network, context, phases, 1, capacity);
  }
}
