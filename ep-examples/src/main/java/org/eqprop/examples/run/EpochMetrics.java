package org.eqprop.examples.run;

/**
 * One line of metrics.
 *
 * @param epoch counted from 1
 * @param loss mean of ½‖s⁰ − y‖² over the training samples as they were seen
 * @param trainError share of training samples predicted wrongly as they were seen, in percent
 * @param testError share of test (or validation) samples predicted wrongly, in percent
 * @param testLoss mean loss over the test samples
 * @param residual mean over training samples of the largest change in the free phase's last step
 * @param steps mean number of steps of the training samples' free phases
 * @param seconds time of the training part of the epoch
 * @param samplesPerSecond training samples per second
 */
public record EpochMetrics(
    int epoch,
    double loss,
    double trainError,
    double testError,
    double testLoss,
    double residual,
    double steps,
    double seconds,
    double samplesPerSecond) {}
