package org.eqprop.core.settle;

/**
 * The least squares of {@link Anderson} for one sample: from the scalar products of the residuals
 * f_j of some rounds to the γ that make ‖f_k + Σ_j γ_j·(f_j − f_k)‖₂ least, where k is the newest.
 *
 * <p>Normal equations, each column scaled to length 1, solved by Cholesky's method. Scratch of one
 * sample; nothing allocates after construction.
 */
final class AndersonWeights {
  /** What is added to the diagonal, which is 1. */
  static final double REGULARISATION = 1e-10;

  /**
   * The least sin² of the angle between a column and those before it: ten units in the last place
   * of a float, because that is how exactly the columns are known.
   */
  private static final double LEAST_PIVOT = 1e-6;

  /** The least ‖f_j − f_k‖²/‖f_k‖² that is more than the rounding of floats. */
  private static final double LEAST_CHANGE = 1e-12;

  private final double[] gamma;
  private final double[] length;
  private final double[] right;
  private final double[][] factor;

  /** Which column each row of the factor is of. */
  private final int[] kept;

  AndersonWeights(int memory) {
    gamma = new double[memory];
    length = new double[memory];
    right = new double[memory];
    factor = new double[memory][memory];
    kept = new int[memory];
  }

  /** γ of column {@code j}; 0 for a column that was left out. */
  double gamma(int j) {
    return gamma[j];
  }

  /**
   * Solves for {@code columns} older rounds.
   *
   * @param gram f_i·f_j; index 0 is the newest round, then the older ones from the newest on
   * @return how many columns take part; 0 if the system is singular or not finite
   */
  int solve(double[][] gram, int columns) {
    double newest = gram[0][0];
    int used = 0;
    for (int j = 0; j < columns; j++) {
      gamma[j] = 0;
      double square = product(gram, j, j);
      if (!(square > LEAST_CHANGE * newest && square < Double.POSITIVE_INFINITY)) {
        continue;
      }
      length[j] = Math.sqrt(square);
      if (eliminate(gram, j, used)) {
        right[used] = (newest - gram[j + 1][0]) / length[j];
        kept[used] = j;
        used++;
      }
    }
    substitute(used);
    return used;
  }

  /** (f_i − f_k)·(f_j − f_k) of columns i and j. */
  private static double product(double[][] gram, int i, int j) {
    return gram[i + 1][j + 1] - gram[i + 1][0] - gram[j + 1][0] + gram[0][0];
  }

  /** Makes row {@code row} of the factor from column {@code j}, unless the column adds nothing. */
  private boolean eliminate(double[][] gram, int j, int row) {
    double pivot = 1 + REGULARISATION;
    for (int i = 0; i < row; i++) {
      int other = kept[i];
      double sum = product(gram, j, other) / (length[j] * length[other]);
      for (int h = 0; h < i; h++) {
        sum -= factor[row][h] * factor[i][h];
      }
      factor[row][i] = sum / factor[i][i];
      pivot -= factor[row][i] * factor[row][i];
    }
    if (!(pivot > LEAST_PIVOT)) {
      return false;
    }
    factor[row][row] = Math.sqrt(pivot);
    return true;
  }

  private void substitute(int used) {
    for (int i = 0; i < used; i++) {
      double sum = right[i];
      for (int h = 0; h < i; h++) {
        sum -= factor[i][h] * right[h];
      }
      right[i] = sum / factor[i][i];
    }
    for (int i = used - 1; i >= 0; i--) {
      double sum = right[i];
      for (int h = i + 1; h < used; h++) {
        sum -= factor[h][i] * right[h];
      }
      right[i] = sum / factor[i][i];
      gamma[kept[i]] = right[i] / length[kept[i]];
    }
  }
}
