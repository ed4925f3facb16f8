package org.eqprop.bptt.gdu;

/**
 * How well one gradient agrees with another, element by element of the same parameter.
 *
 * @param cosine of the angle between the two; NaN if one is zero
 * @param relativeError ‖a − b‖ / ‖b‖; NaN if b is zero
 * @param sameSign the share of elements that have the same sign, among those of which at least one
 *     is not zero; NaN if there is none
 * @param norm ‖a‖ / ‖b‖; NaN if b is zero
 */
public record Alignment(double cosine, double relativeError, double sameSign, double norm) {
  /**
   * The agreement of {@code a} with {@code b}.
   *
   * @throws IllegalArgumentException if their lengths differ
   */
  public static Alignment of(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "The gradients have " + a.length + " and " + b.length + " elements.");
    }
    double ab = 0;
    double aa = 0;
    double bb = 0;
    double difference = 0;
    int same = 0;
    int counted = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
      difference += (a[i] - b[i]) * (a[i] - b[i]);
      if (a[i] != 0 || b[i] != 0) {
        counted++;
        same += Math.signum(a[i]) == Math.signum(b[i]) ? 1 : 0;
      }
    }
    return new Alignment(
        ab / Math.sqrt(aa * bb),
        Math.sqrt(difference / bb),
        counted == 0 ? Double.NaN : (double) same / counted,
        Math.sqrt(aa / bb));
  }
}
