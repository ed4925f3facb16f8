package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * One line of metrics. It has the error and loss on either the test set or held-out samples.
 *
 * @param epoch counted from 1
 * @param loss mean of the cost over the training samples as they were seen
 * @param trainError share of training samples predicted wrongly as they were seen, in percent
 * @param testError share of test samples predicted wrongly, in percent, or null
 * @param testLoss mean loss over the test samples, or null
 * @param validationError share of held-out samples predicted wrongly, in percent, or null
 * @param validationLoss mean loss over the held-out samples, or null
 * @param residual mean over training samples of the largest change in the free phase's last step
 * @param steps mean number of steps of the training samples' free phases
 * @param converged share of the training samples whose free phase converged, in percent; null in
 *     runs that began before it was measured
 * @param seconds time of the training part of the epoch; NaN if it is lost
 * @param samplesPerSecond training samples per second; NaN if it is lost
 * @param angles degrees between the two directions' weights, one for each untied connection, output
 *     side first; null if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EpochMetrics(
    int epoch,
    double loss,
    double trainError,
    @Nullable Double testError,
    @Nullable Double testLoss,
    @Nullable Double validationError,
    @Nullable Double validationLoss,
    double residual,
    double steps,
    @Nullable Double converged,
    double seconds,
    double samplesPerSecond,
    @Nullable List<Double> angles) {
  /**
   * Checked.
   *
   * @throws IllegalArgumentException if it has not exactly one error with its loss
   */
  public EpochMetrics {
    boolean test = testError != null && testLoss != null;
    boolean validation = validationError != null && validationLoss != null;
    boolean neither = testError == null && testLoss == null;
    boolean noValidation = validationError == null && validationLoss == null;
    if (!(test && noValidation) && !(validation && neither)) {
      throw new IllegalArgumentException("an epoch has an error on test or validation samples");
    }
    angles = angles == null ? null : List.copyOf(angles);
  }

  /** A line with what was measured under its name. */
  static EpochMetrics of(
      Measured on,
      int epoch,
      double loss,
      double trainError,
      double error,
      double measuredLoss,
      double residual,
      double steps,
      @Nullable Double converged,
      double seconds,
      double samplesPerSecond,
      @Nullable List<Double> angles) {
    boolean test = on == Measured.TEST;
    return new EpochMetrics(
        epoch,
        loss,
        trainError,
        test ? error : null,
        test ? measuredLoss : null,
        test ? null : error,
        test ? null : measuredLoss,
        residual,
        steps,
        converged,
        seconds,
        samplesPerSecond,
        angles);
  }

  /** What error and loss were measured on. */
  Measured measured() {
    return testError != null ? Measured.TEST : Measured.VALIDATION;
  }

  /** The error on test or held-out samples, in percent. */
  public double error() {
    return either(testError, validationError);
  }

  /** The loss on test or held-out samples. */
  double measuredLoss() {
    return either(testLoss, validationLoss);
  }

  private static double either(@Nullable Double first, @Nullable Double second) {
    return first != null ? first : second != null ? second : Double.NaN;
  }

  /** The same with what was measured under another name. */
  EpochMetrics measuredOn(Measured on) {
    return of(
        on,
        epoch,
        loss,
        trainError,
        error(),
        measuredLoss(),
        residual,
        steps,
        converged,
        seconds,
        samplesPerSecond,
        angles);
  }

  /** The same without its times. */
  EpochMetrics timeless() {
    return new EpochMetrics(
        epoch,
        loss,
        trainError,
        testError,
        testLoss,
        validationError,
        validationLoss,
        residual,
        steps,
        converged,
        Double.NaN,
        Double.NaN,
        angles);
  }

  /** Whether the times fit each other: together they give a whole number of samples. */
  boolean hasTimes() {
    double samples = seconds * samplesPerSecond;
    return samples > 0.5 && Math.abs(samples - Math.rint(samples)) < 1e-12 * samples;
  }

  /**
   * Whether all values are in their ranges: shares in percent, nothing negative, all finite; times
   * may be lost.
   */
  boolean isPossible() {
    boolean shares = trainError >= 0 && trainError <= 100 && error() >= 0 && error() <= 100;
    return epoch >= 1
        && shares
        && (converged == null || (converged >= 0 && converged <= 100))
        && (angles == null || angles.stream().allMatch(angle -> angle >= 0 && angle <= 180))
        && DoubleStream.of(loss, measuredLoss(), residual, steps).allMatch(EpochMetrics::isAmount)
        && DoubleStream.of(seconds, samplesPerSecond)
            .allMatch(time -> Double.isNaN(time) || isAmount(time));
  }

  private static boolean isAmount(double value) {
    return value >= 0 && value < Double.POSITIVE_INFINITY;
  }
}
