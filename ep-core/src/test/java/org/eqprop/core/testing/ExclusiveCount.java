package org.eqprop.core.testing;

import java.util.concurrent.atomic.AtomicInteger;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/** The scalar kernels; counts the products that were asked of {@link Kernels#exclusive}. */
public final class ExclusiveCount extends ScalarKernels {
  private final AtomicInteger products = new AtomicInteger();

  private final Kernels exclusive =
      new ScalarKernels() {
        @Override
        public void multiply(
            Rows a,
            Panels b,
            @Nullable Rows base,
            Rows c,
            int from,
            int to,
            int firstPanel,
            int endPanel) {
          products.incrementAndGet();
          super.multiply(a, b, base, c, from, to, firstPanel, endPanel);
        }
      };

  @Override
  public Kernels exclusive() {
    return exclusive;
  }

  /** How many there were. */
  public int products() {
    return products.get();
  }
}
