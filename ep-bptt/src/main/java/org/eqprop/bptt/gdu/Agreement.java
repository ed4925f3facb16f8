package org.eqprop.bptt.gdu;

import java.util.List;

/**
 * How two gradients compare as vectors.
 *
 * @param cosine of the angle between them; 1 if both are zero, 0 if one is
 * @param signs the share of elements that have the same sign (or are both zero): the authors'
 *     "receipe"
 * @param largestDifference the largest absolute difference of an element
 */
public record Agreement(double cosine, double signs, double largestDifference) {
  /**
   * Compares two vectors of the same length, which is at least 1.
   *
   * @param a a vector
   * @param b another, as long
   * @return how they agree
   */
  public static Agreement of(double[] a, double[] b) {
    double aa = 0;
    double bb = 0;
    double ab = 0;
    double largest = 0;
    int same = 0;
    for (int i = 0; i < a.length; i++) {
      aa += a[i] * a[i];
      bb += b[i] * b[i];
      ab += a[i] * b[i];
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
      same += Math.signum(a[i]) == Math.signum(b[i]) ? 1 : 0;
    }
    double cosine = aa == 0 && bb == 0 ? 1 : aa == 0 || bb == 0 ? 0 : ab / Math.sqrt(aa * bb);
    return new Agreement(cosine, (double) same / a.length, largest);
  }

  /** The mean of several; of the largest differences it is the largest. */
  static Agreement mean(List<Agreement> all) {
    return new Agreement(
        all.stream().mapToDouble(Agreement::cosine).sum() / all.size(),
        all.stream().mapToDouble(Agreement::signs).sum() / all.size(),
        all.stream().mapToDouble(Agreement::largestDifference).reduce(0, Math::max));
  }
}
