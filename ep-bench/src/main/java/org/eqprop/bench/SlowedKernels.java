package org.eqprop.bench;

import java.util.Comparator;
import java.util.Optional;
import java.util.ServiceLoader;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * The best kernels, but every matrix product takes {@value #PERCENT} % longer. With this the
 * regression report is tested: {@code -Deqprop.kernels=slowed} must be found out.
 */
public final class SlowedKernels implements Kernels {
  private static final String NAME = "slowed";
  private static final int PERCENT = 20;

  private final Kernels delegate;

  private SlowedKernels(Kernels delegate) {
    this.delegate = delegate;
  }

  private static void waste(long start) {
    long now = System.nanoTime();
    long end = now + (now - start) * PERCENT / 100;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Override
  public String name() {
    return NAME;
  }

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
    long start = System.nanoTime();
    delegate.multiply(a, b, base, c, from, to, firstPanel, endPanel);
    waste(start);
  }

  @Override
  public Kernels backward() {
    return new SlowedKernels(delegate.backward());
  }

  @Override
  public Kernels exclusive() {
    return new SlowedKernels(delegate.exclusive());
  }

  @Override
  public void dots(Rows a, Rows b, @Nullable Rows base, Rows c, int from, int to) {
    long start = System.nanoTime();
    delegate.dots(a, b, base, c, from, to);
    waste(start);
  }

  @Override
  public void outer(
      Rows a, Rows b, int count, Panels g, Panels w, int firstPanel, int endPanel, Sink sink) {
    long start = System.nanoTime();
    delegate.outer(a, b, count, g, w, firstPanel, endPanel, sink);
    waste(start);
  }

  @Override
  public void transpose(Panels source, int firstPanel, int endPanel, Panels transposed) {
    delegate.transpose(source, firstPanel, endPanel, transposed);
  }

  @Override
  public void addColumnSums(Rows a, int count, float[] out, int from, int to) {
    delegate.addColumnSums(a, count, out, from, to);
  }

  @Override
  public void prototypicalStep(
      Activation activation,
      float epsilon,
      Rows a,
      @Nullable Rows drift,
      Rows s,
      int from,
      int to) {
    delegate.prototypicalStep(activation, epsilon, a, drift, s, from, to);
  }

  @Override
  public void energyStep(
      Activation activation,
      boolean slope,
      float epsilon,
      boolean clamp,
      Rows a,
      @Nullable Rows drift,
      Rows s,
      Rows u,
      int from,
      int to) {
    delegate.energyStep(activation, slope, epsilon, clamp, a, drift, s, u, from, to);
  }

  @Override
  public void energyStepBack(
      Activation activation,
      boolean slope,
      float epsilon,
      boolean clamp,
      Rows a,
      Rows s,
      Rows u,
      Rows gradient,
      Rows delta,
      int from,
      int to) {
    delegate.energyStepBack(activation, slope, epsilon, clamp, a, s, u, gradient, delta, from, to);
  }

  @Override
  public void activate(Activation activation, Rows x, Rows u, int from, int to) {
    delegate.activate(activation, x, u, from, to);
  }

  @Override
  public void activateBack(
      Activation activation,
      float scale,
      Rows x,
      Rows u,
      Rows gradient,
      Rows base,
      Rows out,
      int from,
      int to) {
    delegate.activateBack(activation, scale, x, u, gradient, base, out, from, to);
  }

  @Override
  public void nudge(float scale, Rows y, Rows s, @Nullable Rows base, Rows out, int from, int to) {
    delegate.nudge(scale, y, s, base, out, from, to);
  }

  @Override
  public void difference(float scale, Rows plus, Rows minus, Rows out, int from, int to) {
    delegate.difference(scale, plus, minus, out, from, to);
  }

  @Override
  public void largestChange(Rows before, Rows after, float[] out, int from, int to) {
    delegate.largestChange(before, after, out, from, to);
  }

  @Override
  public void axpy(float alpha, float[] x, float[] y, int from, int to) {
    delegate.axpy(alpha, x, y, from, to);
  }

  @Override
  public int chains() {
    return delegate.chains();
  }

  @Override
  public float fmaChains(long rounds) {
    return delegate.fmaChains(rounds);
  }

  @Override
  public int width() {
    return delegate.width();
  }

  /** Finds the kernels to slow down; never chosen unless it is named. */
  public static final class Provider implements Kernels.Provider {
    /** For {@link ServiceLoader}. */
    public Provider() {}

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public int priority() {
      return Integer.MIN_VALUE;
    }

    @Override
    public Optional<String> refusal() {
      return Optional.empty();
    }

    @Override
    public Kernels create() {
      return new SlowedKernels(
          ServiceLoader.load(Kernels.Provider.class).stream()
              .map(ServiceLoader.Provider::get)
              .filter(other -> !other.name().equals(NAME) && other.refusal().isEmpty())
              .max(Comparator.comparingInt(Kernels.Provider::priority))
              .orElseThrow()
              .create());
    }
  }
}
