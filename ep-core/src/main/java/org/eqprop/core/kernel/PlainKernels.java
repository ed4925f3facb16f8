package org.eqprop.core.kernel;

import java.util.Arrays;
import org.eqprop.core.internal.machine.Fma;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * The kernels where there is no Vector API, or no use in it: plain Java, with the sums of a row
 * side by side, so that the processor works at many of them at once. {@link ScalarKernels} says
 * what they calculate.
 */
final class PlainKernels extends ScalarKernels {
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
    for (int i = from; i < to; i++) {
      for (int p = firstPanel; p < endPanel; p++) {
        begin(b, base, c, i, p);
        for (int k = 0; k < b.rows(); k++) {
          addTerm(a, b, c, i, p, k);
        }
      }
    }
  }

  @Override
  public void multiplySparse(
      Rows a,
      Panels b,
      @Nullable Rows base,
      Rows c,
      int from,
      int to,
      int firstPanel,
      int endPanel) {
    for (int i = from; i < to; i++) {
      for (int p = firstPanel; p < endPanel; p++) {
        begin(b, base, c, i, p);
        for (int k = 0; k < b.rows(); k++) {
          if (a.get(i, k) != 0f) {
            addTerm(a, b, c, i, p, k);
          }
        }
        int start = c.index(i, p * Panels.NR);
        for (int j = start; j < start + columns(b, p); j++) {
          c.data()[j] += 0f;
        }
      }
    }
  }

  /** The part of a row of C in a panel, before the first product is added. */
  private static void begin(Panels b, @Nullable Rows base, Rows c, int row, int panel) {
    int column = panel * Panels.NR;
    int columns = columns(b, panel);
    int start = c.index(row, column);
    if (base == null) {
      Arrays.fill(c.data(), start, start + columns, 0f);
    } else if (base != c) {
      System.arraycopy(base.data(), base.index(row, column), c.data(), start, columns);
    }
  }

  private static void addTerm(Rows a, Panels b, Rows c, int row, int panel, int k) {
    int column = panel * Panels.NR;
    int start = c.index(row, column);
    axpy(a.get(row, k), b.data(), b.index(k, column), c.data(), start, columns(b, panel));
  }

  private static int columns(Panels b, int panel) {
    return Math.min(Panels.NR, b.columns() - panel * Panels.NR);
  }

  @Override
  public void dots(Rows a, Rows b, @Nullable Rows base, Rows c, int from, int to) {
    float[] partial = a.packed();
    float[] x = a.data();
    float[] y = b.data();
    for (int i = from; i < to; i++) {
      int first = a.packedIndex(i);
      for (int j = 0; j < b.count(); j++) {
        Arrays.fill(partial, first, first + Rows.PAD, 0f);
        for (int k = 0; k < b.size(); k += Rows.PAD) {
          int xo = a.index(i, k);
          int yo = b.index(j, k);
          int lanes = Math.min(Rows.PAD, b.size() - k);
          for (int l = 0; l < lanes; l++) {
            partial[first + l] = Fma.fma(x[xo + l], y[yo + l], partial[first + l]);
          }
        }
        float sum = sumOfHalves(partial, first);
        c.set(i, j, (base == null ? 0f : base.get(i, j)) + sum);
      }
    }
  }

  @Override
  public void outer(
      Rows a, Rows b, int count, Panels g, Panels w, int firstPanel, int endPanel, Sink sink) {
    for (int i = 0; i < g.rows(); i++) {
      for (int p = firstPanel; p < endPanel; p++) {
        int column = p * Panels.NR;
        int columns = Math.min(Panels.NR, g.columns() - column);
        int start = g.index(i, column);
        if (sink != Sink.ADD) {
          Arrays.fill(g.data(), start, start + columns, 0f);
        }
        for (int r = 0; r < count; r++) {
          axpy(a.get(r, i), b.data(), b.index(r, column), g.data(), start, columns);
        }
        if (sink instanceof Sink.Axpy update) {
          axpy(update.rate(), g.data(), start, w.data(), w.index(i, column), columns);
        }
      }
    }
  }

  private static void axpy(float alpha, float[] x, int xo, float[] y, int yo, int count) {
    for (int i = 0; i < count; i++) {
      y[yo + i] = Fma.fma(alpha, x[xo + i], y[yo + i]);
    }
  }
}
