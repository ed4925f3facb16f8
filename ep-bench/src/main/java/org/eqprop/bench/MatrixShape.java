package org.eqprop.bench;

import org.eqprop.core.network.Randomness;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;

/**
 * The sizes of a matrix product.
 *
 * @param m rows of A and C
 * @param k columns of A, rows of B
 * @param n columns of B and C
 */
public record MatrixShape(int m, int k, int n) {
  /**
   * Reads {@code 20x784x512}.
   *
   * @throws IllegalArgumentException if that is not what it is
   */
  public static MatrixShape parse(String text) {
    String[] sizes = text.split("x", -1);
    if (sizes.length != 3) {
      throw new IllegalArgumentException(
          "A matrix product has three sizes, as in 20x784x512, not '" + text + "'.");
    }
    return new MatrixShape(
        Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), Integer.parseInt(sizes[2]));
  }

  /** Multiplications and additions of a product. */
  public double flop() {
    return 2.0 * m * k * n;
  }

  /** A, with values in [0, 1) as those of layers. */
  Rows a() {
    Rows a = Rows.allocate(m, k);
    Randomness random = new Randomness(1, Randomness.Stream.CHOICE, 0);
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        a.set(i, p, (float) random.nextDouble());
      }
    }
    return a;
  }

  /** B, with values in [-0.5, 0.5). */
  Panels b() {
    Panels b = Panels.allocate(k, n);
    Randomness random = new Randomness(2, Randomness.Stream.CHOICE, 0);
    for (int p = 0; p < k; p++) {
      for (int j = 0; j < n; j++) {
        b.set(p, j, (float) random.nextDouble() - 0.5f);
      }
    }
    return b;
  }
}
