package org.eqprop.examples.gdu;

import java.util.function.LongFunction;

/** How far means of 1, 2, 4, … draws of a random estimate are from what they approach. */
final class MeanOfDraws {
  private MeanOfDraws() {}

  /**
   * The relative errors of the means: for each size of a group, the root of the mean square over
   * all groups.
   *
   * @param levels groups have 1, 2, … 2^(levels − 1) draws; the last is all of them
   * @param draw an estimate, by a number from 0
   * @param limit what the mean approaches
   */
  static double[] errors(int levels, LongFunction<double[]> draw, double[] limit) {
    double[][] sums = new double[levels][limit.length];
    double[] squares = new double[levels];
    int draws = 1 << (levels - 1);
    for (int d = 0; d < draws; d++) {
      double[] estimate = draw.apply(d);
      for (int level = 0; level < levels; level++) {
        int count = 1 << level;
        add(estimate, sums[level]);
        if ((d + 1) % count == 0) {
          squares[level] += squared(sums[level], count, limit);
        }
      }
    }
    double norm = squared(new double[limit.length], 1, limit);
    double[] errors = new double[levels];
    for (int level = 0; level < levels; level++) {
      errors[level] = Math.sqrt(squares[level] / (draws >> level) / norm);
    }
    return errors;
  }

  private static void add(double[] estimate, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += estimate[i];
    }
  }

  /** ‖sum/count − limit‖²; the sum is zero afterwards. */
  private static double squared(double[] sum, int count, double[] limit) {
    double square = 0;
    for (int i = 0; i < sum.length; i++) {
      double difference = sum[i] / count - limit[i];
      square += difference * difference;
      sum[i] = 0;
    }
    return square;
  }
}
