package org.eqprop.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.tensor.Rows;
import org.junit.jupiter.api.Test;

class SlowedKernelsTest {
  private static final int CALLS = 2000;

  private final Kernels slowed = new SlowedKernels.Provider().create();
  private final MatrixShape shape = MatrixShape.parse("20x784x512");

  @Test
  void theyAreNeverChosenByThemselves() {
    assertThat(KernelsSelector.kernels().name()).isNotEqualTo(slowed.name());
    assertThat(slowed.name()).isEqualTo("slowed");
  }

  @Test
  void productsAreTheSame() {
    assertThat(product(slowed).data()).containsExactly(product(KernelsSelector.kernels()).data());
  }

  private Rows product(Kernels kernels) {
    Rows c = Rows.allocate(shape.m(), shape.n());
    kernels.multiply(shape.a(), shape.b(), null, c, 0, shape.m());
    return c;
  }

  @Test
  void productsTakeAFifthLonger() {
    Rows a = shape.a();
    var b = shape.b();
    Rows c = Rows.allocate(shape.m(), shape.n());
    long best = Long.MAX_VALUE;
    long slowedBest = Long.MAX_VALUE;
    for (int i = 0; i < CALLS; i++) {
      long start = System.nanoTime();
      KernelsSelector.kernels().multiply(a, b, null, c, 0, shape.m());
      long middle = System.nanoTime();
      slowed.multiply(a, b, null, c, 0, shape.m());
      best = Math.min(best, middle - start);
      slowedBest = Math.min(slowedBest, System.nanoTime() - middle);
    }
    assertThat((double) slowedBest / best).isBetween(1.1, 1.5);
  }
}
