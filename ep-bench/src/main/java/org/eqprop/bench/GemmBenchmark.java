package org.eqprop.bench;

import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The matrix product with packed weights and the outer product, at the presets' shapes (a batch of
 * 20 on one thread, or its half on each of two), on one thread.
 */
public class GemmBenchmark extends Standard {
  /** A power of two, so that a first update is exact. */
  static final float RATE = 0x1p-20f;

  private final Sink update = new Sink.Axpy(RATE);

  /** Rows × inner × columns. */
  @Param({
    "10x512x512",
    "20x512x512",
    "20x784x512",
    "10x512x10",
    "10x10x512",
    "1x784x512",
    "1024x1024x1024"
  })
  public String shape = "";

  private final Kernels kernels = KernelsSelector.kernels().exclusive();
  private Rows a = Rows.allocate(1, 1);
  private Rows c = Rows.allocate(1, 1);
  private Panels b = Panels.allocate(1, 1);
  private Panels gradient = Panels.allocate(1, 1);
  private Panels weight = Panels.allocate(1, 1);

  /** Fills the operands. */
  @Setup
  public void fill() {
    MatrixShape sizes = MatrixShape.parse(shape);
    a = sizes.a();
    b = sizes.b();
    c = Rows.allocate(sizes.m(), sizes.n());
    gradient = Panels.allocate(sizes.k(), sizes.n());
    weight = Panels.allocate(sizes.k(), sizes.n());
    kernels.multiply(a, b, null, c, 0, a.count());
  }

  /** C = A·B. */
  @Benchmark
  public Rows multiply() {
    kernels.multiply(a, b, null, c, 0, a.count());
    return c;
  }

  /** G = Aᵀ·C. */
  @Benchmark
  public Panels outer() {
    kernels.outer(a, c, a.count(), gradient, weight, 0, gradient.count(), Sink.STORE);
    return gradient;
  }

  /** W += rate·(Aᵀ·C), the rate so small that W stays finite. */
  @Benchmark
  public Panels addOuter() {
    kernels.outer(a, c, a.count(), gradient, weight, 0, weight.count(), update);
    return weight;
  }
}
