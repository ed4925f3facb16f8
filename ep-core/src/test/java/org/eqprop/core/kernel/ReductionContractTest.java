package org.eqprop.core.kernel;

import org.eqprop.core.testing.KernelsTest;
import org.junit.jupiter.api.Test;

@KernelsTest
class ReductionContractTest {
  private final Kernels k = KernelsSelector.kernels();

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
