package org.eqprop.core.learn;

import java.util.Objects;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Steps;
import org.jspecify.annotations.Nullable;

/**
 * Makes predictors of a network. It begins with the steps and the settling of the training; each
 * method sets one of them and returns the same object.
 */
public final class PredictorBuilder {
  private final Network network;
  private int steps;
  private Settling settling;
  private @Nullable Kernels kernels;
  private @Nullable Network forward;
  private boolean inBackground;

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
    return settling(Settling.forPrediction(network));
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

  /**
   * Free phases start where a feed-forward network predicts their end, as they do in a training
   * with {@link PredictedStarts}. A {@code Model} of such a training says so itself.
   *
   * @param predictor as {@link ForwardStart#forward} makes it
   * @return this
   */
  public PredictorBuilder startFrom(Network predictor) {
    forward = Objects.requireNonNull(predictor, "predictor");
    return this;
  }

  /**
   * Predictors of one sample at a time begin with plain Java, which is slower but needs no warm-up,
   * and go over to the kernels when a background thread has warmed them up, some seconds later. The
   * results have the same bits. To load the kernels in the background, too, read the model with
   * {@link ScalarKernels}.
   *
   * @return this
   */
  public PredictorBuilder warmUpInBackground() {
    inBackground = true;
    return this;
  }

  private Kernels chosen() {
    return kernels == null ? KernelsSelector.kernels() : kernels;
  }

  private Starts starts(Kernels used) {
    return forward == null ? Starts.ZERO : new ForwardStart(forward, used, 1);
  }

  /** {@return a predictor of one sample at a time, for one thread} */
  public Predictor build() {
    return inBackground ? pool(1).predictors().getFirst() : single();
  }

  private Predictor single() {
    return new Predictor(network, chosen(), steps, settling, starts(chosen()));
  }

  private Predictor plain() {
    Kernels plain = new ScalarKernels.Provider().create();
    return new Predictor(network, plain, steps, settling, starts(plain));
  }

  /** {@return a predictor of many samples in a call, for one thread} */
  public BatchPredictor batch() {
    return new BatchPredictor(network, chosen(), steps, settling, starts(chosen()));
  }

  /**
   * {@return predictors for many threads}
   *
   * @param size how many predictions can run at once, at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public PredictorPool pool(int size) {
    if (!inBackground) {
      return new PredictorPool(size, this::single);
    }
    PredictorPool pool = new PredictorPool(size, this::plain);
    PredictorBuilder now = new PredictorBuilder(network, steps, settling);
    now.kernels = kernels;
    now.forward = forward;
    BackgroundWarmUp.start(pool.predictors(), now::single);
    return pool;
  }
}
