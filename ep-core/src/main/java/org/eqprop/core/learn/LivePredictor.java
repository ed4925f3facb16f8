package org.eqprop.core.learn;

import java.util.Objects;

/**
 * Predicts for any number of threads while the network goes on learning elsewhere. It predicts with
 * the network that was published last; a prediction that has begun ends with the one it began with.
 *
 * <p>A published network must not change any more: publish a copy, such as {@code
 * OnlineTraining.snapshot()} makes.
 */
public final class LivePredictor {
  private final int size;
  private volatile PredictorPool pool;

  /**
   * Predictors of a first network.
   *
   * @param first its predictors' settings
   * @param size how many predictions can run at once, at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public LivePredictor(PredictorBuilder first, int size) {
    this.size = size;
    this.pool = first.pool(size);
  }

  /**
   * Predicts with another network from now on. Makes its predictors before it lets the old ones go,
   * so no prediction waits.
   *
   * @param next its predictors' settings
   * @throws IllegalArgumentException if it has another number of inputs or classes
   * @throws DivergenceException if its scores are not finite; then the old one stays
   */
  public void publish(PredictorBuilder next) {
    PredictorPool made = Objects.requireNonNull(next, "next").pool(size);
    if (made.inputSize() != inputSize() || made.classes() != classes()) {
      throw new IllegalArgumentException(
          "The network takes "
              + made.inputSize()
              + " inputs and gives "
              + made.classes()
              + " classes, but the one before took "
              + inputSize()
              + " and gave "
              + classes()
              + ".");
    }
    made.touch();
    pool = made;
  }

  /**
   * Number of classes.
   *
   * @return at least 1
   */
  public int classes() {
    return pool.classes();
  }

  /**
   * Number of input units.
   *
   * @return at least 1
   */
  public int inputSize() {
    return pool.inputSize();
  }

  /**
   * As {@link PredictorPool#predict(float[])}.
   *
   * @param input one value for each input unit
   * @return the class with the largest score
   * @throws IllegalArgumentException if there is another number of values, or one is not finite
   * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits
   * @throws DivergenceException if a score is not finite
   */
  public int predict(float[] input) {
    return pool.predict(input);
  }

  /**
   * The same, with the scores.
   *
   * @param scores filled with {@link #classes()} values
   * @param input one value for each input unit
   * @return the class with the largest score
   * @throws IllegalArgumentException if there is another number of values, or one is not finite
   * @throws IndexOutOfBoundsException if there is no room for the scores
   * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits
   */
  public int predict(float[] input, float[] scores) {
    return pool.predict(input, scores);
  }

  /**
   * Predicts made-up samples until the JVM has compiled what a prediction needs: see {@link
   * Predictor#warmUp}. Networks that are published later find it compiled.
   *
   * @return this
   * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits
   */
  public LivePredictor warmUp() {
    pool.warmUp();
    return this;
  }
}
