package org.eqprop.conv.internal;

import org.eqprop.conv.internal.kernel.ConvKernels;
import org.eqprop.conv.internal.kernel.ScalarConvKernels;
import org.eqprop.conv.simd.SimdConvKernels;
import org.eqprop.core.kernel.Kernels;

/** Finds the operators of convolutions that go with the kernels of everything else. */
public final class ConvKernelsSelector {
  private static final ConvKernels SCALAR = new ScalarConvKernels();

  private ConvKernelsSelector() {}

  /**
   * With vectors where {@code kernels} have them, else in plain Java.
   *
   * @param kernels the kernels of the network
   * @return the operators
   */
  public static ConvKernels of(Kernels kernels) {
    return kernels.width() == 1 ? SCALAR : Simd.INSTANCE;
  }

  /** Kept apart, so that the Vector API is only loaded where it is used. */
  private static final class Simd {
    private static final ConvKernels INSTANCE = new SimdConvKernels();

    private Simd() {}
  }
}
