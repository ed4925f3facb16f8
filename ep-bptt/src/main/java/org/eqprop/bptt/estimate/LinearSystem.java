package org.eqprop.bptt.estimate;

/** Linear equations, solved by Gaussian elimination with partial pivoting. */
final class LinearSystem {
  private LinearSystem() {}

  /**
   * Solves A·z = b.
   *
   * @param a square, one array a row; overwritten
   * @param b overwritten with z
   * @throws ArithmeticException if A is singular
   */
  static void solve(double[][] a, double[] b) {
    int n = b.length;
    for (int k = 0; k < n; k++) {
      swap(a, b, k, pivot(a, k));
      double[] upper = a[k];
      for (int r = k + 1; r < n; r++) {
        double factor = a[r][k] / upper[k];
        if (factor != 0) {
          double[] row = a[r];
          for (int c = k + 1; c < n; c++) {
            row[c] -= factor * upper[c];
          }
          b[r] -= factor * b[k];
        }
      }
    }
    for (int r = n - 1; r >= 0; r--) {
      double sum = b[r];
      for (int c = r + 1; c < n; c++) {
        sum -= a[r][c] * b[c];
      }
      b[r] = sum / a[r][r];
    }
  }

  private static int pivot(double[][] a, int k) {
    int best = k;
    for (int r = k + 1; r < a.length; r++) {
      if (Math.abs(a[r][k]) > Math.abs(a[best][k])) {
        best = r;
      }
    }
    if (!(Math.abs(a[best][k]) > 0)) {
      throw new ArithmeticException(
          "The linear system is singular: the steady state is not isolated.");
    }
    return best;
  }

  private static void swap(double[][] a, double[] b, int i, int j) {
    double[] row = a[i];
    a[i] = a[j];
    a[j] = row;
    double value = b[i];
    b[i] = b[j];
    b[j] = value;
  }
}
