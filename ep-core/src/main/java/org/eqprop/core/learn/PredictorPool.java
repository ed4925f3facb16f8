package org.eqprop.core.learn;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * Predictors of one network for any number of threads. A call takes a free predictor, or waits
 * until one is free. The network must not be trained meanwhile.
 */
public final class PredictorPool implements Scorer {
  private final BlockingQueue<Predictor> free;
  private final int inputSize;
  private final int classes;

  PredictorPool(int size, Supplier<Predictor> maker) {
    if (size < 1) {
      throw new IllegalArgumentException(
          "The size of the pool is " + size + "; it must be at least 1.");
    }
    free = new ArrayBlockingQueue<>(size);
    Predictor first = maker.get();
    inputSize = first.inputSize();
    classes = first.classes();
    free.add(first);
    for (int i = 1; i < size; i++) {
      free.add(maker.get());
    }
  }

  /** {@return the number of classes} */
  public int classes() {
    return classes;
  }

  /** {@return the number of input units} */
  public int inputSize() {
    return inputSize;
  }

  /**
   * Settles with {@code input} clamped.
   *
   * @param input one value for each input unit
   * @return the class with the largest score
   * @throws IllegalArgumentException if there is another number of values, or one is not finite
   * @throws DivergenceException if a score is not finite
   * @throws CancellationException if the thread is interrupted while it waits; it still is
   */
  @Override
  public int predict(float[] input) {
    Predictor predictor = take();
    try {
      return predictor.predict(input);
    } finally {
      free.add(predictor);
    }
  }

  /**
   * The same, with the scores.
   *
   * @param input one value for each input unit
   * @param scores filled with {@link #classes()} values
   * @return the class with the largest score
   * @throws IllegalArgumentException if there is another number of values, or one is not finite
   * @throws DivergenceException if a score is not finite
   * @throws IndexOutOfBoundsException if there is no room for the scores
   * @throws CancellationException if the thread is interrupted while it waits; it still is
   */
  public int predict(float[] input, float[] scores) {
    Predictor predictor = take();
    try {
      int best = predictor.predict(input);
      predictor.scores(scores, 0);
      return best;
    } finally {
      free.add(predictor);
    }
  }

  /**
   * Predicts made-up samples until the JVM has compiled what a prediction needs, with each
   * predictor in turn: see {@link Predictor#warmUp}.
   *
   * @return this
   * @throws CancellationException if the thread is interrupted while it waits; it still is
   */
  public PredictorPool warmUp() {
    List<Predictor> all = predictors();
    all.forEach(predictor -> predictor.silence(true));
    try {
      WarmUp.run(this, inputSize);
    } finally {
      all.forEach(predictor -> predictor.silence(false));
    }
    return this;
  }

  /** Has each predictor predict once, so that its memory is there. */
  void touch() {
    float[] input = new float[inputSize];
    for (Predictor predictor : predictors()) {
      predictor.silence(true);
      try {
        predictor.predict(input);
      } finally {
        predictor.silence(false);
      }
    }
  }

  /** The predictors; to be asked for while none of them is at work. */
  List<Predictor> predictors() {
    return List.copyOf(free);
  }

  /** Whether a predictor is free. */
  boolean isFree() {
    return !free.isEmpty();
  }

  private Predictor take() {
    Predictor predictor = free.poll();
    if (predictor != null) {
      return predictor;
    }
    try {
      return free.take();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The thread was interrupted while it waited to predict.");
    }
  }
}
