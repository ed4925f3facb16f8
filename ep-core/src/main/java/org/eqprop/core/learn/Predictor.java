package org.eqprop.core.learn;

import java.util.Objects;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Steps;
import org.jspecify.annotations.Nullable;

/**
 * Predicts one sample at a time on the calling thread, without allocating: for embedding. Not
 * thread-safe; predictors of one network may work side by side while it is not trained. See {@link
 * PredictorPool} for many threads and {@link BatchPredictor} for many samples.
 */
public final class Predictor implements Scorer {
  private Prediction prediction;

  /** What predicts from the next call on; null most of the time. */
  private volatile @Nullable Prediction better;

  /**
   * A predictor that settles as the paper has it.
   *
   * @param network the network
   * @param kernels the kernels to calculate with
   * @param steps T, steps of the free phase
   * @throws IllegalArgumentException if {@code steps} is not from 1 to {@link Steps#MOST}
   */
  public Predictor(Network network, Kernels kernels, int steps) {
    this(network, kernels, steps, Settling.EXACT);
  }

  /**
   * A predictor.
   *
   * @param network the network
   * @param kernels the kernels to calculate with
   * @param steps T, steps of the free phase
   * @param settling how the free phase is gone through: as in training
   * @throws IllegalArgumentException if {@code steps} is not from 1 to {@link Steps#MOST}
   */
  public Predictor(Network network, Kernels kernels, int steps, Settling settling) {
    this(network, kernels, steps, settling, Starts.ZERO);
  }

  /** The same, where free phases start as those of unseen samples. */
  Predictor(Network network, Kernels kernels, int steps, Settling settling, Starts starts) {
    prediction = new Prediction(network, kernels, steps, settling, starts, 1);
  }

  /**
   * Settles with {@code input} clamped.
   *
   * @param input one value for each input unit
   * @return the class with the largest score
   * @throws IllegalArgumentException if there is another number of values, or one is not finite
   * @throws IllegalStateException if another thread is predicting with it
   * @throws DivergenceException if a score is not finite
   */
  @Override
  public int predict(float[] input) {
    prediction.checkLength(input);
    return predict(input, 0);
  }

  /**
   * Settles with {@code input} clamped.
   *
   * @param input one value for each input unit, read from {@code offset} on
   * @param offset where the first value is
   * @return the class with the largest score
   * @throws IllegalArgumentException if there are not enough values, or one is not finite
   * @throws IllegalStateException if another thread is predicting with it
   * @throws DivergenceException if a score is not finite
   */
  public int predict(float[] input, int offset) {
    Prediction.checkRoom("inputs", input.length, offset, prediction.inputSize());
    Prediction other = better;
    if (other != null) {
      prediction = other;
      better = null;
    }
    Prediction now = prediction;
    now.enter();
    try {
      now.take(input, offset, offset, 1);
      now.settle(1);
      return now.best(0);
    } finally {
      now.leave();
    }
  }

  /** Has the next call, on whatever thread, begin to use what {@code other} has. */
  void goOver(Predictor other) {
    better = other.prediction;
  }

  /** Records no events while {@code on}. */
  void silence(boolean on) {
    prediction.silence(on);
  }

  /** The kernels of the last call. */
  Kernels kernels() {
    return prediction.kernels();
  }

  /** {@return the number of classes} */
  public int classes() {
    return prediction.classes();
  }

  /** {@return the number of input units} */
  public int inputSize() {
    return prediction.inputSize();
  }

  /**
   * {@return the score of class {@code c} after the last {@link #predict}: the output unit, or the
   * probability if the cost is cross-entropy} Before the first one it means nothing.
   *
   * @param c number of the class, from 0
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public float score(int c) {
    Objects.checkIndex(c, classes());
    return prediction.score(0, c);
  }

  /**
   * Writes all scores after the last {@link #predict} from {@code destination[offset]} on.
   *
   * @param destination filled
   * @param offset where the first score goes
   * @throws IndexOutOfBoundsException if there is no room for {@link #classes()} values
   */
  public void scores(float[] destination, int offset) {
    Objects.checkFromIndexSize(offset, classes(), destination.length);
    prediction.scores(0, destination, offset);
  }

  /**
   * Writes the classes with the largest scores after the last {@link #predict}, best first; among
   * equals the smaller class comes first.
   *
   * @param best filled; at most {@link #classes()} long
   * @throws IllegalArgumentException if it is longer
   */
  public void top(int[] best) {
    if (best.length > classes()) {
      throw new IllegalArgumentException(
          "The best " + best.length + " were asked for; there are " + classes() + " classes.");
    }
    for (int filled = 0; filled < best.length; filled++) {
      int next = -1;
      for (int c = 0; c < classes(); c++) {
        if ((next < 0 || score(c) > score(next)) && !contains(best, filled, c)) {
          next = c;
        }
      }
      best[filled] = next;
    }
  }

  private static boolean contains(int[] values, int count, int value) {
    for (int i = 0; i < count; i++) {
      if (values[i] == value) {
        return true;
      }
    }
    return false;
  }

  /** {@return the steps that the last prediction took} */
  public int stepsTaken() {
    return prediction.relaxation().steps()[0];
  }

  /**
   * {@return whether the last prediction has converged: its residual is below the tolerance or, if
   * the tolerance is 0, its last step changed nothing}
   */
  public boolean converged() {
    return prediction.relaxation().converged(0);
  }

  /** {@return the largest change of a unit in the last step: how settled the prediction is} */
  public float residual() {
    return prediction.relaxation().residual()[0];
  }

  /**
   * Predicts made-up samples until the JVM has compiled what a prediction needs, so that the first
   * real one does not wait for that. It takes about two seconds, at most {@value WarmUp#SECONDS}.
   *
   * @return this
   */
  public Predictor warmUp() {
    silence(true);
    try {
      WarmUp.run(this, inputSize());
    } finally {
      silence(false);
    }
    return this;
  }
}
