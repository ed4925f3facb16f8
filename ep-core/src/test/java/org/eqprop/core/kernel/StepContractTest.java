package org.eqprop.core.kernel;

import org.eqprop.core.testing.KernelsUnderTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("kernels")
class StepContractTest {
  private final Kernels k = KernelsUnderTest.kernels();

  @ParameterizedTest
  @EnumSource
  void activationsAreCloseToTheRealFunctions(Activation activation) {
    StepContract.activateSweep(k, activation);
  }

  @ParameterizedTest
  @EnumSource
  void activationsHoldAtSpecialValues(Activation activation) {
    StepContract.activateSpecialValues(k, activation);
  }

  @ParameterizedTest
  @EnumSource
  void activationsKeepNaN(Activation activation) {
    StepContract.activateKeepsNaN(k, activation);
  }

  @ParameterizedTest
  @EnumSource
  void activationsAgreeAtAllSizes(Activation activation) {
    StepContract.activateAtAllSizes(k, activation);
  }

  @ParameterizedTest
  @EnumSource
  void prototypicalStepsAgree(Activation activation) {
    StepContract.prototypicalSteps(k, activation);
  }

  @ParameterizedTest
  @EnumSource
  void aFullPrototypicalStepDoesNotReadTheState(Activation activation) {
    StepContract.fullPrototypicalStepDoesNotReadTheState(k, activation);
  }

  @ParameterizedTest
  @EnumSource
  void energyStepsAgree(Activation activation) {
    StepContract.energySteps(k, activation);
  }
}
