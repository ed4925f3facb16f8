package org.eqprop.core.kernel;

import java.util.Optional;
import org.eqprop.core.internal.machine.Fma;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * The reference: plain loops that read like the formulas. It is the oracle that all other kernels
 * are held to, bit for bit; its provider offers the same sums in a faster order of loops.
 */
public class ScalarKernels implements Kernels {
  /** What each link of {@link #fmaChains} multiplies with itself: sums of 2⁻¹⁰ are exact. */
  public static final float CHAIN_FACTOR = 0x1p-5f;

  /** Creates the reference; it has no state. */
  public ScalarKernels() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int width() {
    return 1;
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
    int end = Math.min(endPanel * Panels.NR, b.columns());
    for (int i = from; i < to; i++) {
      for (int j = firstPanel * Panels.NR; j < end; j++) {
        float sum = base == null ? 0f : base.get(i, j);
        for (int p = 0; p < b.rows(); p++) {
          sum = Fma.fma(a.get(i, p), b.get(p, j), sum);
        }
        c.set(i, j, sum);
      }
    }
  }

  @Override
  public void dots(Rows a, Rows b, @Nullable Rows base, Rows c, int from, int to) {
    float[] partial = a.packed();
    for (int i = from; i < to; i++) {
      int first = a.packedIndex(i);
      for (int j = 0; j < b.count(); j++) {
        for (int l = 0; l < Rows.PAD; l++) {
          float sum = 0f;
          for (int p = l; p < b.size(); p += Rows.PAD) {
            sum = Fma.fma(a.get(i, p), b.get(j, p), sum);
          }
          partial[first + l] = sum;
        }
        float sum = sumOfHalves(partial, first);
        c.set(i, j, (base == null ? 0f : base.get(i, j)) + sum);
      }
    }
  }

  /** Adds those h apart of the remaining 2h of sixteen numbers, until one is left. */
  static float sumOfHalves(float[] partial, int first) {
    for (int half = Rows.PAD / 2; half > 0; half /= 2) {
      for (int l = first; l < first + half; l++) {
        partial[l] += partial[l + half];
      }
    }
    return partial[first];
  }

  @Override
  public void outer(
      Rows a, Rows b, int count, Panels g, Panels w, int firstPanel, int endPanel, Sink sink) {
    int end = Math.min(endPanel * Panels.NR, g.columns());
    for (int i = 0; i < g.rows(); i++) {
      for (int j = firstPanel * Panels.NR; j < end; j++) {
        float sum = sink == Sink.ADD ? g.get(i, j) : 0f;
        for (int r = 0; r < count; r++) {
          sum = Fma.fma(a.get(r, i), b.get(r, j), sum);
        }
        g.set(i, j, sum);
      }
    }
    if (sink instanceof Sink.Axpy axpy) {
      for (int p = firstPanel; p < endPanel; p++) {
        int start = w.offset(p);
        axpy(axpy.rate(), g.data(), w.data(), start, start + w.rows() * w.width(p));
      }
    }
  }

  @Override
  public void transpose(Panels source, int firstPanel, int endPanel, Panels transposed) {
    for (int p = firstPanel; p < endPanel; p++) {
      for (int q = 0; q < transposed.count(); q++) {
        transposeBlock(source, p, transposed, q);
      }
    }
  }

  /**
   * The columns of panel {@code p} of the source that are rows of panel {@code q} of the other.
   *
   * @param source the packed matrix
   * @param p number of a panel of the source
   * @param transposed written to
   * @param q number of a panel of the transposed one
   */
  protected final void transposeBlock(Panels source, int p, Panels transposed, int q) {
    float[] from = source.data();
    float[] to = transposed.data();
    int columns = Math.min(Panels.NR, source.columns() - p * Panels.NR);
    int width = transposed.width(q);
    int end = Math.min(q * Panels.NR + Panels.NR, source.rows());
    for (int r = q * Panels.NR; r < end; r++) {
      int read = source.index(r, p * Panels.NR);
      int write = transposed.index(p * Panels.NR, r);
      for (int c = 0; c < columns; c++) {
        to[write + c * width] = from[read + c];
      }
    }
  }

  @Override
  public void addColumnSums(Rows a, int count, float[] out, int from, int to) {
    float[] data = a.data();
    for (int r = 0; r < count; r++) {
      int row = a.index(r, 0);
      for (int c = from; c < to; c++) {
        out[c] += data[row + c];
      }
    }
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
    for (int r = from; r < to; r++) {
      for (int c = 0; c < s.size(); c++) {
        float sigma = ScalarActivation.value(activation, a.get(r, c));
        float old = s.get(r, c);
        float next = epsilon == 1f ? sigma : Fma.fma(epsilon, sigma - old, old);
        s.set(r, c, drift == null ? next : next + drift.get(r, c));
      }
    }
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
    for (int r = from; r < to; r++) {
      for (int c = 0; c < s.size(); c++) {
        float old = s.get(r, c);
        float derivative = slope ? ScalarActivation.slope(activation, old, u.get(r, c)) : 1f;
        float next = Fma.fma(epsilon, Fma.fma(a.get(r, c), derivative, -old), old);
        if (drift != null) {
          next += drift.get(r, c);
        }
        if (clamp) {
          next = ScalarActivation.clip(next);
        }
        s.set(r, c, next);
        u.set(r, c, ScalarActivation.value(activation, next));
      }
    }
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
    Activation kind = slope ? activation : Activation.IDENTITY;
    float low = clamp ? 0f : Float.NEGATIVE_INFINITY;
    float high = clamp ? 1f : Float.POSITIVE_INFINITY;
    for (int r = from; r < to; r++) {
      for (int c = 0; c < s.size(); c++) {
        float old = s.get(r, c);
        float input = a.get(r, c);
        float d = ScalarActivation.slope(kind, old, u.get(r, c));
        float e = ScalarActivation.curvature(kind, u.get(r, c), d);
        float next = Fma.fma(epsilon, Fma.fma(input, d, -old), old);
        float h = gradient.get(r, c) * (next >= low && next <= high ? 1f : 0f);
        delta.set(r, c, (epsilon * d) * h);
        gradient.set(r, c, Fma.fma(epsilon * input, e, 1f - epsilon) * h);
      }
    }
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
    for (int r = from; r < to; r++) {
      for (int c = 0; c < out.size(); c++) {
        float slope = ScalarActivation.slope(activation, x.get(r, c), u.get(r, c));
        out.set(r, c, Fma.fma(scale * slope, gradient.get(r, c), base.get(r, c)));
      }
    }
  }

  @Override
  public void activate(Activation activation, Rows x, Rows u, int from, int to) {
    for (int r = from; r < to; r++) {
      for (int c = 0; c < x.size(); c++) {
        u.set(r, c, ScalarActivation.value(activation, x.get(r, c)));
      }
    }
  }

  @Override
  public void nudge(float scale, Rows y, Rows s, @Nullable Rows base, Rows out, int from, int to) {
    for (int r = from; r < to; r++) {
      for (int c = 0; c < y.size(); c++) {
        float start = base == null ? 0f : base.get(r, c);
        out.set(r, c, Fma.fma(scale, y.get(r, c) - s.get(r, c), start));
      }
    }
  }

  @Override
  public void difference(float scale, Rows plus, Rows minus, Rows out, int from, int to) {
    float[] x = plus.data();
    float[] y = minus.data();
    float[] z = out.data();
    for (int r = from; r < to; r++) {
      int xo = plus.index(r, 0);
      int yo = minus.index(r, 0);
      int zo = out.index(r, 0);
      for (int c = 0; c < out.size(); c++) {
        z[zo + c] = scale * (x[xo + c] - y[yo + c]);
      }
    }
  }

  @Override
  public void largestChange(Rows before, Rows after, float[] out, int from, int to) {
    for (int r = from; r < to; r++) {
      float largest = out[r];
      for (int c = 0; c < before.size(); c++) {
        largest = Math.max(largest, Math.abs(after.get(r, c) - before.get(r, c)));
      }
      out[r] = largest;
    }
  }

  @Override
  public void axpy(float alpha, float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = Fma.fma(alpha, x[i], y[i]);
    }
  }

  @Override
  public int chains() {
    return 16;
  }

  @Override
  public float fmaChains(long rounds) {
    float sum = 0f;
    float[] chains = new float[chains()];
    for (long r = 0; r < rounds; r++) {
      for (int i = 0; i < chains.length; i++) {
        chains[i] = Fma.fma(CHAIN_FACTOR, CHAIN_FACTOR, chains[i]);
      }
    }
    for (float chain : chains) {
      sum += chain;
    }
    return sum;
  }

  /** Offers plain Java, which runs everywhere. */
  public static final class Provider implements Kernels.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String name() {
      return "scalar";
    }

    @Override
    public int priority() {
      return 0;
    }

    @Override
    public Optional<String> refusal() {
      return Optional.empty();
    }

    @Override
    public Kernels create() {
      return new PlainKernels();
    }
  }
}
