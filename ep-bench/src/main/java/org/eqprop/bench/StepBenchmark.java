package org.eqprop.bench;

import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Randomness;
import org.eqprop.core.tensor.Rows;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * What follows the products in a step, on a batch of 20 rows of 512 units, on one thread: the
 * activation and the steps of both dynamics.
 */
public class StepBenchmark extends Standard {
  /** Samples. */
  public static final int ROWS = 20;

  /** Units. */
  public static final int COLUMNS = 512;

  /** The activation. */
  @Param({"sigmoid4", "hard-sigmoid", "tanh"})
  public String activation = "sigmoid4";

  private final Kernels kernels = KernelsSelector.kernels();
  private final Rows a = Rows.allocate(ROWS, COLUMNS);
  private final Rows s = Rows.allocate(ROWS, COLUMNS);
  private final Rows u = Rows.allocate(ROWS, COLUMNS);
  private Activation sigma = Activation.SIGMOID4;

  /** Fills the input and the state. */
  @Setup
  public void fill() {
    sigma = Activation.of(activation);
    Randomness random = new Randomness(1, Randomness.Stream.CHOICE, 0);
    for (int r = 0; r < ROWS; r++) {
      for (int c = 0; c < COLUMNS; c++) {
        a.set(r, c, (float) (2 * random.nextDouble() - 0.5));
        s.set(r, c, (float) random.nextDouble());
      }
    }
    kernels.activate(sigma, s, u, 0, ROWS);
  }

  /** u = σ(s). */
  @Benchmark
  public Rows activate() {
    kernels.activate(sigma, s, u, 0, ROWS);
    return u;
  }

  /** s ← σ(a); kernels may overwrite a, whose values do not matter for the time. */
  @Benchmark
  public Rows prototypicalStep() {
    kernels.prototypicalStep(sigma, 1f, a, null, s, 0, ROWS);
    return s;
  }

  /** s ← (1 − ε)·s + ε·σ′(s)·a with ε = 0.2, clipped; u ← σ(s). */
  @Benchmark
  public Rows energyStep() {
    kernels.energyStep(sigma, true, 0.2f, true, a, null, s, u, 0, ROWS);
    return s;
  }

  /** The input, to compare with. */
  Rows a() {
    return a;
  }

  /** The state, to compare with. */
  Rows s() {
    return s;
  }
}
