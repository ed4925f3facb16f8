package org.eqprop.examples.gdu;

/**
 * The power of β that a quantity follows: the slope of a straight line through the logarithms, by
 * least squares.
 *
 * <p>A small β meets a floor (rounding divided by β, or a free phase that has not settled), a large
 * one higher powers. So the line goes through the longest run of points in which each step from one
 * β to the next is at least {@value #STEEP} of the steepest; if even the steepest is nearly flat,
 * through all of them.
 *
 * @param slope the power; NaN if fewer than two values are positive
 * @param points how many points the line goes through
 */
record SlopeFit(double slope, int points) {
  private static final double STEEP = 0.75;

  /** Below this, the quantity is taken not to depend on β. */
  private static final double FLAT = 0.25;

  /**
   * Fits.
   *
   * @param betas falling
   * @param values one for each β
   */
  static SlopeFit of(double[] betas, double[] values) {
    double steepest = Double.NEGATIVE_INFINITY;
    for (int i = 1; i < betas.length; i++) {
      double slope = slope(betas, values, i - 1, i + 1);
      steepest = slope > steepest ? slope : steepest;
    }
    int from = 0;
    int to = betas.length;
    if (steepest >= FLAT) {
      int first = 0;
      to = 0;
      for (int i = 1; i <= betas.length; i++) {
        boolean goesOn = i < betas.length && slope(betas, values, i - 1, i + 1) >= STEEP * steepest;
        if (!goesOn) {
          if (i - first > to - from) {
            from = first;
            to = i;
          }
          first = i;
        }
      }
    }
    return new SlopeFit(slope(betas, values, from, to), to - from);
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
