package org.eqprop.core.kernel;

import java.util.List;
import org.eqprop.core.testing.KernelsUnderTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernels")
class SparseContractTest {
  private final Kernels k = KernelsUnderTest.kernels();

  @Test
  void agreesAtAllSizes() {
    SparseContract.allSizes(k);
  }

  @Test
  void agreesAtTheSizesOfImages() {
    SparseContract.sizesOfImages(k);
  }

  @Test
  void agreesWhereRowsAreUneven() {
    SparseContract.unevenRows(k);
  }

  @Test
  void tellsZerosFromSmallNumbers() {
    SparseContract.smallestNumbers(k);
  }

  @Test
  void agreesWhereRowsAreWider() {
    SparseContract.widerRows(k);
  }

  @Test
  void doesNothingForNoRowsOrPanels() {
    SparseContract.noRowsOrPanels(k);
  }

  @Test
  void agreesBackwardAndWhereWeightsAreOfOneThread() {
    for (Kernels other : List.of(k.backward(), k.exclusive())) {
      SparseContract.sizesOfImages(other);
    }
  }
}
