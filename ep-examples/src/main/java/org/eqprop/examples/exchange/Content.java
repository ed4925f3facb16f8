package org.eqprop.examples.exchange;

import java.util.Locale;

/** What is written of a model, and of samples in it. */
public enum Content {
  /** Weights and biases, in the paper's shapes. */
  WEIGHTS,
  /** The samples' inputs x. */
  INPUTS,
  /** The samples' labels, as the data has them. */
  LABELS,
  /** The steady state s of each layer. */
  STATES,
  /** What each layer feeds to its neighbours: σ(s) in energy-based networks, s in others. */
  ACTIVATIONS,
  /** The score of each class. */
  SCORES,
  /** The direction of descent, the mean over the samples, for each weight and bias. */
  GRADIENTS;

  /** The name in options: {@code weights}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is of samples, not of the model alone. */
  public boolean needsSamples() {
    return this != WEIGHTS;
  }
}
