package org.eqprop.core.kernel;

import org.eqprop.core.testing.KernelsUnderTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("kernels")
class StepBackContractTest {
  private final Kernels k = KernelsUnderTest.kernels();

  @ParameterizedTest
  @EnumSource
  void activationsGoBack(Activation activation) {
    StepBackContract.activateBack(k, activation, 1f);
    StepBackContract.activateBack(k, activation, 0.3f);
  }

  @ParameterizedTest
  @EnumSource
  void energyStepsGoBack(Activation activation) {
    StepBackContract.energyStepBack(k, activation);
  }

  @Test
  void clippingPassesOnTheClosedInterval() {
    StepBackContract.clippingPassesOnTheClosedInterval(k);
  }

  @ParameterizedTest
  @EnumSource
  void gradientsThatAreNaNStayNaN(Activation activation) {
    StepBackContract.gradientsThatAreNaNStayNaN(k, activation);
  }
}
