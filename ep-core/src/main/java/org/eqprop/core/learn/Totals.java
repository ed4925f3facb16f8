package org.eqprop.core.learn;

/** Sums over the samples seen so far in an epoch or a data set. Part of a checkpoint. */
public final class Totals {
  private long samples;
  private long errors;
  private double loss;
  private double residual;
  private long steps;
  private long converged;

  /** Sums of nothing. */
  public Totals() {}

  /**
   * Sums restored from a checkpoint.
   *
   * @param samples samples seen
   * @param errors samples whose predicted class was wrong
   * @param lossSum sum of the losses
   * @param residualSum sum of the residuals
   * @param stepSum sum of the free phases' steps
   * @param converged samples whose free phase has converged
   */
  public Totals(
      long samples, long errors, double lossSum, double residualSum, long stepSum, long converged) {
    this.samples = samples;
    this.errors = errors;
    this.loss = lossSum;
    this.residual = residualSum;
    this.steps = stepSum;
    this.converged = converged;
  }

  /**
   * Adds the first {@code minibatch.count()} rows of an outcome, in ascending order.
   *
   * @param minibatch the samples
   * @param outcome what their free phases gave
   */
  public void add(Minibatch minibatch, Outcome outcome) {
    for (int r = 0; r < minibatch.count(); r++) {
      loss += outcome.loss(r);
      residual += outcome.residual(r);
      steps += outcome.steps(r);
      converged += outcome.converged(r) ? 1 : 0;
      errors += outcome.predicted(r) == minibatch.label(r) ? 0 : 1;
    }
    samples += minibatch.count();
  }

  /** Forgets everything. */
  public void clear() {
    samples = 0;
    errors = 0;
    loss = 0;
    residual = 0;
    steps = 0;
    converged = 0;
  }

  /** {@return samples seen} */
  public long samples() {
    return samples;
  }

  /** {@return samples whose predicted class was wrong} */
  public long errors() {
    return errors;
  }

  /** {@return the sum of the losses} */
  public double lossSum() {
    return loss;
  }

  /** {@return the sum of the residuals} */
  public double residualSum() {
    return residual;
  }

  /** {@return the sum of the free phases' steps} */
  public long stepSum() {
    return steps;
  }

  /** {@return samples whose free phase has converged; see {@link Outcome#converged}} */
  public long convergedSamples() {
    return converged;
  }

  /** {@return the share of the samples whose free phase has converged, 0 to 1} */
  public double converged() {
    return samples == 0 ? Double.NaN : (double) converged / samples;
  }

  /** {@return the share of wrong predictions, 0 to 1} */
  public double error() {
    return samples == 0 ? Double.NaN : (double) errors / samples;
  }

  /** {@return the mean of the cost ℓ} */
  public double loss() {
    return samples == 0 ? Double.NaN : loss / samples;
  }

  /**
   * {@return the mean over samples of the largest change of a unit in the free phase's last step}
   */
  public double residual() {
    return samples == 0 ? Double.NaN : residual / samples;
  }

  /** {@return the mean number of steps of a free phase} */
  public double steps() {
    return samples == 0 ? Double.NaN : (double) steps / samples;
  }
}
