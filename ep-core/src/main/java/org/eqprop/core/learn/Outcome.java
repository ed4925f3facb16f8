package org.eqprop.core.learn;

import org.eqprop.core.network.Cost;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.tensor.Rows;

/** What the free phase gave for each sample of a batch: loss, predicted class, residual. */
public final class Outcome {
  private final float[] loss;
  private final int[] predicted;
  private final float[] residual;
  private final int[] steps;
  private final boolean[] converged;

  /**
   * For batches of at most {@code capacity} samples.
   *
   * @param capacity the most samples that a batch has, at least 1
   */
  public Outcome(int capacity) {
    loss = new float[capacity];
    predicted = new int[capacity];
    residual = new float[capacity];
    steps = new int[capacity];
    converged = new boolean[capacity];
  }

  /**
   * {@return the cost ℓ of row {@code r}}
   *
   * @param r a row, from 0
   */
  public float loss(int r) {
    return loss[r];
  }

  /**
   * {@return the class of row {@code r}'s largest score, the first among equals}
   *
   * @param r a row, from 0
   */
  public int predicted(int r) {
    return predicted[r];
  }

  /**
   * {@return the steps of the free phase of row {@code r}}
   *
   * @param r a row, from 0
   */
  public int steps(int r) {
    return steps[r];
  }

  /**
   * {@return the largest change of a unit of row {@code r} in the free phase's last step}
   *
   * @param r a row, from 0
   */
  public float residual(int r) {
    return residual[r];
  }

  /**
   * {@return whether the free phase of row {@code r} has converged: its residual is below the
   * tolerance} If the tolerance is 0, the residual is 0: the last step changed nothing.
   *
   * @param r a row, from 0
   */
  public boolean converged(int r) {
    return converged[r];
  }

  /**
   * Fills in rows {@code from} to {@code to} (exclusive) from the last free phase.
   *
   * @param cost gives loss and scores
   * @param scores what the cost makes of the output
   * @param y targets, one row a sample
   * @param relaxation where the phase was
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void record(
      Cost.Reading cost, Rows scores, Rows y, Relaxation relaxation, int from, int to) {
    record(cost, scores, y, relaxation.residual(), relaxation.steps(), from, to);
    for (int r = from; r < to; r++) {
      converged[r] = relaxation.converged(r);
    }
  }

  /**
   * Fills in rows {@code from} to {@code to} (exclusive) from a free phase without a tolerance.
   *
   * @param cost gives loss and scores
   * @param scores what the cost makes of the output
   * @param y targets, one row a sample
   * @param residuals largest change of each sample in its last step
   * @param taken steps that each sample took
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void record(
      Cost.Reading cost, Rows scores, Rows y, float[] residuals, int[] taken, int from, int to) {
    for (int r = from; r < to; r++) {
      int best = 0;
      for (int c = 1; c < scores.size(); c++) {
        if (scores.get(r, c) > scores.get(r, best)) {
          best = c;
        }
      }
      loss[r] = cost.loss(scores, y, r);
      predicted[r] = best;
      residual[r] = residuals[r];
      converged[r] = residuals[r] == 0;
      steps[r] = taken[r];
    }
  }
}
