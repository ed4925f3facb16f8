package org.eqprop.core.kernel;

import java.util.List;
import org.eqprop.core.testing.KernelsUnderTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernels")
class GemmContractTest {
  private final Kernels k = KernelsUnderTest.kernels();

  @Test
  void multiplyAgreesAtAllSizes() {
    GemmContract.multiplyAtAllSizes(k);
  }

  @Test
  void multiplyStartsFromItsBase() {
    GemmContract.multiplyWithEachBase(k);
  }

  @Test
  void multiplyOfNoRowsDoesNothing() {
    GemmContract.multiplyEmptyRange(k);
  }

  @Test
  void multiplyByTheIdentityChangesNothing() {
    GemmContract.multiplyByIdentity(k);
  }

  @Test
  void multiplyAgreesInBlocks() {
    GemmContract.multiplyInBlocks(k);
  }

  @Test
  void multiplyAgreesBackward() {
    GemmContract.multiplyAtAllSizes(k.backward());
    GemmContract.multiplyWithEachBase(k.backward());
    GemmContract.multiplyPanels(k.backward());
  }

  @Test
  void multiplyAgreesWhereWeightsAreOfOneThread() {
    for (Kernels alone :
        List.of(k.exclusive(), k.exclusive().backward(), k.backward().exclusive())) {
      GemmContract.multiplyAtAllSizes(alone);
      GemmContract.multiplyWithEachBase(alone);
      GemmContract.multiplyInBlocks(alone);
      GemmContract.multiplyPanels(alone);
    }
  }

  @Test
  void backwardTwiceIsForward() {
    GemmContract.multiplyAtAllSizes(k.backward().backward());
  }

  @Test
  void multiplyWorksOnSlices() {
    GemmContract.multiplySlices(k);
  }

  @Test
  void multiplyKeepsToItsPanels() {
    GemmContract.multiplyPanels(k);
  }

  @Test
  void dotsAgreeAtAllSizes() {
    GemmContract.dotsAtAllSizes(k);
  }

  @Test
  void outerAgreesAtAllSizes() {
    GemmContract.outerAtAllSizes(k);
  }

  @Test
  void outerAgreesAtTheSizesOfLearning() {
    GemmContract.outerAtLearningSizes(k);
  }

  @Test
  void addOuterAgreesAtAllSizes() {
    GemmContract.addOuterAtAllSizes(k);
  }

  @Test
  void transposeAgreesAtAllSizes() {
    GemmContract.transposeAtAllSizes(k);
  }
}
