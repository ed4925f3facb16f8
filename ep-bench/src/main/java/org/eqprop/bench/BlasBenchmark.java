package org.eqprop.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The peer of {@link GemmBenchmark}: the same products by the BLAS library of {@link Blas}. */
@SuppressWarnings("NullAway.Init") // JMH calls fill() first
public class BlasBenchmark extends Standard {
  private static final int ALIGNMENT = 64;

  /** Rows × inner × columns. */
  @Param({"10x512x512", "20x512x512", "20x784x512", "10x512x10", "10x10x512", "1024x1024x1024"})
  public String shape = "";

  private MatrixShape sizes;
  private Blas blas;
  private MemorySegment a;
  private MemorySegment b;
  private MemorySegment c;

  /**
   * Loads the library and fills the operands.
   *
   * @throws IllegalStateException if there is no BLAS library
   */
  @Setup
  public void fill() {
    sizes = MatrixShape.parse(shape);
    blas = Blas.open(Arena.global());
    a = matrix(sizes.m(), sizes.k());
    b = matrix(sizes.k(), sizes.n());
    c = matrix(sizes.m(), sizes.n());
    Rows rows = sizes.a();
    Panels panels = sizes.b();
    for (int p = 0; p < sizes.k(); p++) {
      for (int i = 0; i < sizes.m(); i++) {
        a.setAtIndex(ValueLayout.JAVA_FLOAT, (long) i * sizes.k() + p, rows.get(i, p));
      }
      for (int j = 0; j < sizes.n(); j++) {
        b.setAtIndex(ValueLayout.JAVA_FLOAT, (long) p * sizes.n() + j, panels.get(p, j));
      }
    }
  }

  private MemorySegment matrix(int rows, int columns) {
    return Arena.ofAuto().allocate((long) Float.BYTES * rows * columns, ALIGNMENT);
  }

  /** C = A·B. */
  @Benchmark
  public MemorySegment sgemm() {
    blas.multiply(a, b, c, sizes.m(), sizes.k(), sizes.n());
    return c;
  }

  /** An element of the last product. */
  float result(int i, int j) {
    return c.getAtIndex(ValueLayout.JAVA_FLOAT, (long) i * sizes.n() + j);
  }
}
