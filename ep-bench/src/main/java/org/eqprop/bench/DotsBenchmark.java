package org.eqprop.bench;

import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The long sums of a few units, ten classes, at the presets' shapes, on one thread. */
public class DotsBenchmark extends Standard {
  /** Rows × inner × columns. */
  @Param({"10x512x10", "1x512x10", "10x1024x10"})
  public String shape = "";

  private final Kernels kernels = KernelsSelector.kernels();
  private Rows a = Rows.allocate(1, 1);
  private Rows b = Rows.allocate(1, 1);
  private Rows c = Rows.allocate(1, 1);

  /** Fills the operands. */
  @Setup
  public void fill() {
    MatrixShape sizes = MatrixShape.parse(shape);
    a = sizes.a();
    b = Rows.allocate(sizes.n(), sizes.k());
    c = Rows.allocate(sizes.m(), sizes.n());
    Panels columns = sizes.b();
    for (int p = 0; p < sizes.k(); p++) {
      for (int j = 0; j < sizes.n(); j++) {
        b.set(j, p, columns.get(p, j));
      }
    }
  }

  /** C = A·Bᵀ with a row of B for each column of C. */
  @Benchmark
  public Rows dots() {
    kernels.dots(a, b, null, c, 0, a.count());
    return c;
  }
}
