package org.eqprop.core.kernel;

import static org.eqprop.core.testing.Values.assertPaddingIsZero;
import static org.eqprop.core.testing.Values.assertSameBits;
import static org.eqprop.core.testing.Values.copy;
import static org.eqprop.core.testing.Values.filled;
import static org.eqprop.core.testing.Values.random;
import static org.eqprop.core.testing.Values.randomPanels;

import java.util.Arrays;
import java.util.Random;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;

/** What the product with a sparse A promises, for any kernels: the bits of all products. */
final class SparseContract {
  private static final Kernels REFERENCE = new ScalarKernels();
  private static final float POISON = Float.NaN;
  private static final int[] ROW_COUNTS = {1, 2, 4, 5, 6, 9, 10, 11, 19, 20, 23};
  private static final double[] SHARES = {0, 0.05, 0.2, 0.45, 0.6, 1};

  private SparseContract() {}

  static void allSizes(Kernels k) {
    for (int depth : new int[] {1, 2, 15, 16, 17, 64, 67}) {
      for (int n : GemmContract.sizes(k)) {
        for (int count : ROW_COUNTS) {
          double share = SHARES[(depth + n + count) % SHARES.length];
          int panels = (n + Panels.NR - 1) / Panels.NR;
          product(k, sparse(count + 3, depth, share), n, n % 3, n % 3 + count, 0, panels);
        }
      }
    }
  }

  static void sizesOfImages(Kernels k) {
    for (double share : SHARES) {
      product(k, sparse(20, 784, share), 512, 0, 20, 0, 16);
      product(k, sparse(7, 784, share), 500, 0, 7, 3, 16);
      product(k, sparse(1, 784, share), 512, 0, 1, 0, 8);
    }
    product(k, sparse(23, 3072, 0.1), 130, 1, 22, 0, 5);
    product(k, sparse(3, 1100, 0.5), 48, 0, 3, 1, 2);
    product(k, sparse(300, 100, 0.1), 40, 1, 298, 0, 2);
  }

  /** Rows that are full among empty ones. */
  static void unevenRows(Kernels k) {
    for (int full : new int[] {0, 3, 9, 10, 12}) {
      Rows a = sparse(13, 200, 0.1);
      for (int p = 0; p < 200; p++) {
        a.set(full, p, 1f + p);
      }
      product(k, a, 70, 0, 13, 0, 3);
      product(k, a, 300, 0, 13, 2, 10);
    }
  }

  /** A zero with a sign is a zero; the smallest number is none. */
  static void smallestNumbers(Kernels k) {
    Rows a = Rows.allocate(11, 40);
    for (int r = 0; r < 11; r++) {
      a.set(r, 3 * r % 40, -0f);
      a.set(r, 7, Float.MIN_VALUE);
      a.set(r, 39, r);
    }
    product(k, a, 33, 0, 11, 0, 2);
  }

  /** Columns of A beyond the rows of B do not count. */
  static void widerRows(Kernels k) {
    for (int depth : new int[] {1, 7, 16, 30, 33}) {
      for (int rows : new int[] {1, 5, 7}) {
        product(k, sparse(rows, 50, 0.3), depth, 40, 0, rows, 0, 2);
      }
    }
  }

  static void noRowsOrPanels(Kernels k) {
    product(k, sparse(5, 20, 0.2), 40, 2, 2, 0, 2);
    product(k, sparse(5, 20, 0.2), 40, 0, 5, 1, 1);
  }

  private static Rows sparse(int rows, int depth, double share) {
    Rows a = random(rows, depth, 1);
    Random random = new Random(depth + rows);
    for (int r = 0; r < rows; r++) {
      for (int p = 0; p < depth; p++) {
        if (random.nextDouble() >= share) {
          a.set(r, p, 0f);
        }
      }
    }
    return a;
  }

  private static void product(Kernels k, Rows a, int n, int from, int to, int first, int end) {
    product(k, a, a.size(), n, from, to, first, end);
  }

  private static void product(
      Kernels k, Rows a, int depth, int n, int from, int to, int first, int end) {
    for (boolean withBase : new boolean[] {true, false}) {
      product(k, a, depth, n, from, to, first, end, withBase);
    }
  }

  private static void product(
      Kernels k, Rows a, int depth, int n, int from, int to, int first, int end, boolean withBase) {
    String what = a.count() + "x" + depth + " · " + n + ", panels " + first + "-" + end;
    Panels b = randomPanels(depth, n, 2);
    Rows base = withBase ? random(a.count(), n, 3) : null;
    Rows c = filled(a.count(), n, POISON);
    Rows expected = copy(c);
    Rows kept = copy(a);
    Arrays.fill(a.packed(), POISON);

    k.multiplySparse(a, b, base, c, from, to, first, end);

    REFERENCE.multiplySparse(a, b, base, expected, from, to, first, end);
    assertSameBits(what, c.data(), expected.data());
    assertSameBits(what + ", A", a.data(), kept.data());
    assertPaddingIsZero(what, c);
  }
}
