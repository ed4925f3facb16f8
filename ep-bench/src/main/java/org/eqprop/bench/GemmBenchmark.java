package org.eqprop.bench;

import java.util.concurrent.TimeUnit;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Randomness;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The matrix product and the outer product at the presets' shapes, one thread. GFLOP/s = 2·m·k·n /
 * (ns/op).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-XX:ObjectAlignmentInBytes=64"})
public class GemmBenchmark {
  /** Rows × inner × columns. */
  @Param({"10x512x512", "20x512x512", "20x784x512", "10x512x10", "10x10x512", "1024x1024x1024"})
  public String shape = "";

  private final Kernels kernels = KernelsSelector.kernels();
  private Rows a = Rows.allocate(1, 1);
  private Rows c = Rows.allocate(1, 1);
  private Panels b = Panels.allocate(1, 1);
  private Panels gradient = Panels.allocate(1, 1);

  /** Fills the operands. */
  @Setup
  public void fill() {
    String[] sizes = shape.split("x", -1);
    int m = Integer.parseInt(sizes[0]);
    int k = Integer.parseInt(sizes[1]);
    int n = Integer.parseInt(sizes[2]);
    Randomness random = new Randomness(1, Randomness.Stream.CHOICE, 0);
    a = Rows.allocate(m, k);
    b = Panels.allocate(k, n);
    c = Rows.allocate(m, n);
    gradient = Panels.allocate(k, n);
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        a.set(i, p, (float) random.nextDouble());
      }
    }
    for (int p = 0; p < k; p++) {
      for (int j = 0; j < n; j++) {
        b.set(p, j, (float) random.nextDouble() - 0.5f);
      }
    }
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
    kernels.outer(a, c, a.count(), gradient, 0, gradient.count(), false);
    return gradient;
  }
}
