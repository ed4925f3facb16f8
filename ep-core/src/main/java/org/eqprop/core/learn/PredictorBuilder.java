package org.eqprop.core.learn;

import java.util.Objects;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Steps;

/**
 * Makes predictors of a network. It begins with the steps and the settling of the training; each
 * method sets one of them and returns the same object.
 */
public final class PredictorBuilder {
  private final Network network;
  private int steps;
  private Settling settling;
  private Kernels kernels = KernelsSelector.kernels();

  /**
   * Predictors of a network.
   *
   * @param network the network
   * @param steps T, steps of the free phase
   * @param settling how the free phase is gone through
   * @throws IllegalArgumentException if {@code steps} is not from 1 to {@link Steps#MOST}
   */
  public PredictorBuilder(Network network, int steps, Settling settling) {
    Steps.check("steps", steps);
    this.network = Objects.requireNonNull(network, "network");
    this.steps = steps;
    this.settling = Objects.requireNonNull(settling, "settling");
  }

  /**
   * T, steps of the free phase at most.
   *
   * @param t from 1 to {@link Steps#MOST}
   * @return this
   * @throws IllegalArgumentException if it is not from 1 to {@link Steps#MOST}
   */
  public PredictorBuilder steps(int t) {
    Steps.check("steps", t);
    steps = t;
    return this;
  }

  /**
   * A prediction ends when no unit changes by this much or more in a step; 0 takes all steps.
   *
   * @param change at least 0
   * @return this
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public PredictorBuilder tolerance(double change) {
    settling = new Settling(settling.solver(), change);
    return this;
  }

  /**
   * How the free phase is gone through.
   *
   * @param way a solver and a tolerance
   * @return this
   */
  public PredictorBuilder settling(Settling way) {
    settling = Objects.requireNonNull(way, "settling");
    return this;
  }

  /**
   * Settles just far enough for the class: see {@link Settling#forPrediction}. The scores then
   * differ from the steady state's by about a hundredth.
   *
   * @return this
   */
  public PredictorBuilder settleForPrediction() {
    return settling(Settling.forPrediction(network.dynamics()));
  }

  /**
   * The kernels (default: those of this JVM).
   *
   * @param chosen the kernels
   * @return this
   */
  public PredictorBuilder kernels(Kernels chosen) {
    kernels = Objects.requireNonNull(chosen, "kernels");
    return this;
  }

  /** {@return a predictor of one sample at a time, for one thread} */
  public Predictor build() {
    return new Predictor(network, kernels, steps, settling);
  }

  /** {@return a predictor of many samples in a call, for one thread} */
  public BatchPredictor batch() {
    return new BatchPredictor(network, kernels, steps, settling);
  }

  /**
   * {@return predictors for many threads}
   *
   * @param size how many predictions can run at once, at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public PredictorPool pool(int size) {
    return new PredictorPool(size, this::build);
  }
}
