package org.eqprop.examples.gdu;

/**
 * The power of β that a quantity follows: the slope of a straight line through the logarithms, by
 * least squares.
 *
 * <p>A small β meets a floor (rounding divided by β, or a free phase that has not settled), a large
 * one higher powers. So the line goes through the longest run of points in which no step from one β
 * to the next is flat, and each is at least {@value #STEEP} of the steepest of the run; if all are
 * flat, through all points.
 *
 * @param slope the power; NaN if fewer than two values are positive
 * @param points how many points the line goes through
 */
record SlopeFit(double slope, int points) {
  private static final double STEEP = 0.75;

  /** Below this, a step is taken to be flat. */
  private static final double FLAT = 0.25;

  /**
   * Fits.
   *
   * @param betas falling
   * @param values one for each β
   */
  static SlopeFit of(double[] betas, double[] values) {
    int from = 0;
    int to = 1;
    for (int first = 0; first + 1 < betas.length; first++) {
      int end = evenEnd(betas, values, first);
      if (end - first > to - from) {
        from = first;
        to = end;
      }
    }
    if (to - from < 2) {
      from = 0;
      to = betas.length;
    }
    return new SlopeFit(slope(betas, values, from, to), to - from);
  }

  /** Fits through all points, where chance makes the steps uneven. */
  static SlopeFit throughAll(double[] betas, double[] values) {
    return new SlopeFit(slope(betas, values, 0, betas.length), betas.length);
  }

  /** The end of the run from {@code first} in which the steps are steep, and about as steep. */
  private static int evenEnd(double[] betas, double[] values, int first) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = first + 1; i < betas.length; i++) {
      double slope = slope(betas, values, i - 1, i + 1);
      least = Math.min(least, slope);
      most = Math.max(most, slope);
      if (!(least >= FLAT && least >= STEEP * most)) {
        return i;
      }
    }
    return betas.length;
  }

  private static double slope(double[] betas, double[] values, int from, int to) {
    double meanX = 0;
    double meanY = 0;
    for (int i = from; i < to; i++) {
      meanX += Math.log(betas[i]) / (to - from);
      meanY += Math.log(values[i]) / (to - from);
    }
    double xx = 0;
    double xy = 0;
    for (int i = from; i < to; i++) {
      double x = Math.log(betas[i]) - meanX;
      xx += x * x;
      xy += x * (Math.log(values[i]) - meanY);
    }
    double slope = xy / xx;
    return Double.isFinite(slope) ? slope : Double.NaN;
  }
}
