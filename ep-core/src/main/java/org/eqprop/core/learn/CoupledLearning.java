package org.eqprop.core.learn;

import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Context;
import org.jspecify.annotations.Nullable;

/**
 * Coupled learning (Stern, Hexner, Rocks and Liu 2021): settle freely to s*, clamp the outputs to
 * s⁰ + η·(y − s⁰), let the other layers settle to s^η in K steps, and take (∂Φ/∂θ(s^η) −
 * ∂Φ/∂θ(s*))/η. η is the β of {@link Phases}, at most 1; at 1 it is {@link ContrastiveHebbian}.
 *
 * <p>To O(η) it is a descent of ½·(y − s⁰)ᵀ·A·(y − s⁰), where A is held: the stiffness of the
 * outputs, the force on them for each unit that they are moved.
 */
public final class CoupledLearning implements Learner.Provider {
  /** The name in options. */
  public static final String NAME = "coupled";

  /** For {@link java.util.ServiceLoader}. */
  public CoupledLearning() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public @Nullable String whyWithout(Setting setting) {
    return switch (setting) {
      case BETA -> null;
      case NUDGE, ESTIMATE -> "coupled learning clamps the outputs instead of nudging them";
    };
  }

  @Override
  public GradientEstimator create(Network network, Context context, Phases phases, int capacity) {
    if (phases.beta() > 1) {
      throw new IllegalArgumentException(
          "beta is "
              + phases.beta()
              + "; coupled learning moves the outputs by a share of beta towards their targets, so"
              + " it is at most 1.");
    }
    return HeldOutputs.of(network, context, phases, phases.beta(), capacity);
  }
}
