package org.eqprop.core.testing;

import java.util.Optional;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.simd.SimdKernels;
import org.junit.jupiter.api.Assumptions;

/** The kernels that tests tagged {@code kernels} are about. */
public final class KernelsUnderTest {
  private KernelsUnderTest() {}

  /**
   * The kernels that the system property names. Where this machine has no vectors of that width,
   * the calling test is skipped with that notice; everything else that keeps the kernels from being
   * chosen is left to fail.
   */
  public static Kernels kernels() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      String wanted = System.getProperty(KernelsSelector.PROPERTY, "");
      skip(wanted, new SimdKernels.Provider().refusal());
    }
    return KernelsSelector.kernels();
  }

  /** Skips the calling test if {@code wanted} is a vector width and the SIMD kernels refuse. */
  static void skip(String wanted, Optional<String> refusal) {
    if (wanted.startsWith("simd-") && refusal.isPresent()) {
      Assumptions.abort(wanted + " cannot run here: " + refusal.get());
    }
  }
}
