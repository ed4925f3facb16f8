package org.eqprop.core.learn;

import java.util.List;
import java.util.function.Supplier;

/** Warms kernels up on a thread of its own, and then has predictors go over to them. */
final class BackgroundWarmUp {
  private BackgroundWarmUp() {}

  /**
   * Begins.
   *
   * @param predictors those that go over
   * @param maker makes predictors with the kernels
   */
  static Thread start(List<Predictor> predictors, Supplier<Predictor> maker) {
    Runnable work =
        () -> {
          maker.get().warmUp();
          for (Predictor predictor : predictors) {
            Predictor made = maker.get();
            made.silence(true);
            made.predict(new float[made.inputSize()]); // its memory is there
            made.silence(false);
            predictor.goOver(made);
          }
        };
    return Thread.ofPlatform().daemon().name("eqprop-warm-up").start(work);
  }
}
