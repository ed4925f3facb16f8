package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a training with held-out samples gave: after its last epoch, and after the best one.
 *
 * @param lastEpoch the last epoch
 * @param validationError of it, in percent
 * @param testError of it, in percent
 * @param bestEpoch the first epoch with the least error on the held-out samples
 * @param bestValidationError of it, in percent
 * @param bestTestError of it, in percent; null if its model is lost
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Validated(
    int lastEpoch,
    double validationError,
    double testError,
    int bestEpoch,
    double bestValidationError,
    @Nullable Double bestTestError) {
  /** The test error of the best epoch; NaN if its model is lost. */
  public double bestTest() {
    return bestTestError == null ? Double.NaN : bestTestError;
  }
}
