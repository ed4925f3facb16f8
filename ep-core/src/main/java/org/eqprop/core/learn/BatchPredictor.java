package org.eqprop.core.learn;

import java.util.Objects;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Steps;

/**
 * Predicts many samples in one call on the calling thread, without allocating. A sample costs less
 * than with {@link Predictor}, because the weights are read once for {@value #ROWS} of them; the
 * scores are the same bits. Not thread-safe; predictors of one network may work side by side while
 * it is not trained.
 */
public final class BatchPredictor {
  /** Samples that settle together. */
  private static final int ROWS = 20;

  private static final float[] NO_SCORES = {};

  private final Prediction prediction;

  /**
   * A predictor of batches of any size.
   *
   * @param network the network
   * @param kernels the kernels to calculate with
   * @param steps T, steps of the free phase
   * @param settling how the free phase is gone through: as in training
   * @throws IllegalArgumentException if {@code steps} is not from 1 to {@link Steps#MOST}
   */
  public BatchPredictor(Network network, Kernels kernels, int steps, Settling settling) {
    this(network, kernels, steps, settling, Starts.ZERO);
  }

  /** The same, where free phases start as those of unseen samples. */
  BatchPredictor(Network network, Kernels kernels, int steps, Settling settling, Starts starts) {
    prediction = new Prediction(network, kernels, steps, settling, starts, ROWS);
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
   * Predicts the classes of {@code count} samples.
   *
   * @param inputs the samples one after the other, {@link #inputSize()} values each
   * @param count number of samples, at least 0
   * @param best filled with the class of each sample that has the largest score
   * @throws IllegalArgumentException if there are not enough values, one is not finite, or {@code
   *     best} is too short; then nothing is written
   * @throws IllegalStateException if another thread is predicting with it
   * @throws DivergenceException if a score is not finite
   */
  public void predict(float[] inputs, int count, int[] best) {
    check(inputs, count, best);
    predict(inputs, count, best, NO_SCORES);
  }

  /**
   * The same, with the scores.
   *
   * @param inputs the samples one after the other, {@link #inputSize()} values each
   * @param count number of samples, at least 0
   * @param best filled with the class of each sample that has the largest score
   * @param scores filled with the scores of each sample, {@link #classes()} values each
   * @throws IllegalArgumentException if there are not enough values, one is not finite, or {@code
   *     best} or {@code scores} is too short; then nothing is written
   * @throws IllegalStateException if another thread is predicting with it
   * @throws DivergenceException if a score is not finite
   */
  public void predictScores(float[] inputs, int count, int[] best, float[] scores) {
    check(inputs, count, best);
    Prediction.checkRoom("scores", scores.length, 0, (long) count * classes());
    predict(inputs, count, best, scores);
  }

  private void check(float[] inputs, int count, int[] best) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "The number of samples is " + count + "; it must be at least 0.");
    }
    Objects.requireNonNull(best, "best");
    long values = (long) count * inputSize();
    if (inputs.length < values) {
      throw new IllegalArgumentException(
          "There are "
              + count
              + " samples of "
              + inputSize()
              + " values, got "
              + inputs.length
              + " values.");
    }
    if (best.length < count) {
      throw new IllegalArgumentException(
          "There are " + count + " samples, but room for " + best.length + " classes.");
    }
  }

  private void predict(float[] inputs, int count, int[] best, float[] scores) {
    prediction.enter();
    try {
      predictAlone(inputs, count, best, scores);
    } finally {
      prediction.leave();
    }
  }

  private void predictAlone(float[] inputs, int count, int[] best, float[] scores) {
    // all of several parts are checked before anything is written
    for (int first = 0; first < count && count > ROWS; first += ROWS) {
      prediction.take(inputs, 0, first * inputSize(), Math.min(ROWS, count - first));
    }
    for (int first = 0; first < count; first += ROWS) {
      int rows = Math.min(ROWS, count - first);
      prediction.take(inputs, 0, first * inputSize(), rows);
      prediction.settle(rows);
      for (int r = 0; r < rows; r++) {
        best[first + r] = prediction.best(r);
        if (scores.length > 0) {
          prediction.scores(r, scores, (first + r) * classes());
        }
      }
    }
  }

  /**
   * Predicts made-up samples until the JVM has compiled what a prediction needs, so that the first
   * real one does not wait for that. It takes about two seconds, at most {@value WarmUp#SECONDS}.
   *
   * @return this
   */
  public BatchPredictor warmUp() {
    float[] inputs = new float[ROWS * inputSize()];
    int[] best = new int[ROWS];
    float[] scores = new float[ROWS * classes()];
    prediction.silence(true);
    try {
      WarmUp.repeat(
          turn -> {
            WarmUp.fill(inputs, turn);
            // batches of every size: a short one takes other paths
            predictScores(inputs, 1 + turn % ROWS, best, scores);
          });
    } finally {
      prediction.silence(false);
    }
    return this;
  }
}
