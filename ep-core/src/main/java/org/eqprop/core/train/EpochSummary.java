package org.eqprop.core.train;

import java.util.Locale;

/**
 * How an epoch went.
 *
 * @param epoch its number, from 1
 * @param epochs how many there are
 * @param loss mean of the cost ℓ over the training samples, as they were seen during the epoch
 * @param trainError share of them whose class was wrong, 0 to 1
 * @param testError share of the test samples whose class was wrong after the epoch, 0 to 1; NaN if
 *     there are none
 * @param steps mean number of steps that a free phase took
 */
public record EpochSummary(
    int epoch, int epochs, double loss, double trainError, double testError, double steps) {
  /** In one line, errors in percent. */
  @Override
  public String toString() {
    String text =
        String.format(
            Locale.ROOT,
            "epoch %d of %d: loss %.4f, train error %.2f %%",
            epoch,
            epochs,
            loss,
            100 * trainError);
    return Double.isNaN(testError)
        ? text
        : text + String.format(Locale.ROOT, ", test error %.2f %%", 100 * testError);
  }
}
