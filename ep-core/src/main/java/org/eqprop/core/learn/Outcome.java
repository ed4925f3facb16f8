package org.eqprop.core.learn;

import org.eqprop.core.tensor.Rows;

/** What the free phase gave for each sample of a batch: loss, predicted class, residual. */
public final class Outcome {
  private final float[] loss;
  private final int[] predicted;
  private final float[] residual;
  private final int[] steps;

  /** For batches of at most {@code capacity} samples. */
  public Outcome(int capacity) {
    loss = new float[capacity];
    predicted = new int[capacity];
    residual = new float[capacity];
    steps = new int[capacity];
  }

  /** ½‖s⁰ − y‖² of row {@code r}. */
  public float loss(int r) {
    return loss[r];
  }

  /** The class of row {@code r}'s largest output, the first among equals. */
  public int predicted(int r) {
    return predicted[r];
  }

  /** Steps of the free phase of row {@code r}. */
  public int steps(int r) {
    return steps[r];
  }

  /** Largest change of a unit of row {@code r} in the free phase's last step. */
  public float residual(int r) {
    return residual[r];
  }

  /** Fills in rows {@code from} to {@code to} (exclusive) from a free phase's steady state. */
  public void record(Rows output, Rows y, float[] residuals, int[] taken, int from, int to) {
    for (int r = from; r < to; r++) {
      int best = 0;
      float sum = 0f;
      for (int c = 0; c < output.size(); c++) {
        float value = output.get(r, c);
        float error = value - y.get(r, c);
        sum = Math.fma(error, error, sum);
        if (value > output.get(r, best)) {
          best = c;
        }
      }
      loss[r] = 0.5f * sum;
      predicted[r] = best;
      residual[r] = residuals[r];
      steps[r] = taken[r];
    }
  }
}
