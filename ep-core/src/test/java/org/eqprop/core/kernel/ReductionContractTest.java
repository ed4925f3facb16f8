package org.eqprop.core.kernel;

import org.eqprop.core.testing.KernelsUnderTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernels")
class ReductionContractTest {
  private final Kernels k = KernelsUnderTest.kernels();

  @Test
  void nudgesAgree() {
    ReductionContract.nudge(k);
  }

  @Test
  void differencesAgree() {
    ReductionContract.difference(k);
  }

  @Test
  void largestChangesAgree() {
    ReductionContract.largestChange(k);
  }

  @Test
  void columnSumsAgree() {
    ReductionContract.addColumnSums(k);
  }

  @Test
  void updatesAgree() {
    ReductionContract.axpy(k);
  }

  @Test
  void fmaChainsRunAllTheirRounds() {
    ReductionContract.fmaChainsRunAllRounds(k);
  }

  @Test
  void anEmptyRangeTouchesNothing() {
    ReductionContract.nothingIsTouchedByAnEmptyRange(k);
  }
}
