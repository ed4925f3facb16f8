package org.eqprop.core.network;

/**
 * Orthogonal initial weights (Saxe et al. 2014): W·Wᵀ = gain²·I where W has at most as many rows as
 * columns, and Wᵀ·W = gain²·I where it has more; biases zero. Kernels [filters, channels, rows,
 * columns] count as a matrix with a row for each filter.
 *
 * <p>Normally distributed vectors are made orthonormal in float64 by the method of Gram and
 * Schmidt, which goes over each vector twice. That gives each orthogonal matrix the same
 * probability. The products are summed up in one order and logarithms are {@link StrictMath}'s, so
 * that each machine finds the same bits. The time grows with rows·columns·min(rows, columns): about
 * half a second for 512 × 784.
 */
public final class Orthogonal implements Initialiser {
  /** What is left of a vector at least, as a share of its length, or another one is drawn. */
  private static final double SMALLEST_REST = 1e-6;

  /** Creates one; it has no state. */
  public Orthogonal() {}

  @Override
  public void fill(
      Trainable owner, Parameter parameter, double gain, Randomness random, float[] values) {
    if (parameter.role() != Parameter.Role.WEIGHT) {
      return;
    }
    int rows = parameter.shape().dimension(0);
    int columns = values.length / rows;
    boolean wide = rows <= columns;
    double[][] basis = basis(Math.min(rows, columns), Math.max(rows, columns), random);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double value = wide ? basis[r][c] : basis[c][r];
        values[r * columns + c] = (float) (gain * value);
      }
    }
  }

  /** So many orthonormal vectors of a length that is not smaller. */
  private static double[][] basis(int count, int length, Randomness random) {
    double[][] basis = new double[count][length];
    for (int i = 0; i < count; i++) {
      double[] vector = basis[i];
      double drawn;
      double rest;
      do {
        drawNormal(vector, random);
        drawn = Math.sqrt(dot(vector, vector));
        for (int pass = 0; pass < 2; pass++) {
          for (int j = 0; j < i; j++) {
            subtract(dot(vector, basis[j]), basis[j], vector);
          }
        }
        rest = Math.sqrt(dot(vector, vector));
      } while (!(rest > SMALLEST_REST * drawn));
      for (int c = 0; c < length; c++) {
        vector[c] /= rest;
      }
    }
    return basis;
  }

  /** Normally distributed numbers, by the method of Box and Muller. */
  private static void drawNormal(double[] vector, Randomness random) {
    for (int c = 0; c < vector.length; c++) {
      double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
      vector[c] = radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) {
      sum += a[c] * b[c];
    }
    return sum;
  }

  private static void subtract(double factor, double[] from, double[] vector) {
    for (int c = 0; c < vector.length; c++) {
      vector[c] -= factor * from[c];
    }
  }
}
