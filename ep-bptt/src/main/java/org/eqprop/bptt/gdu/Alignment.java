package org.eqprop.bptt.gdu;

/**
 * How well one gradient agrees with another: {@link Agreement}, and how large the one is beside the
 * other.
 *
 * @param cosine of the angle between the two; 1 if both are zero, 0 if one is
 * @param relativeError ‖a − b‖ / ‖b‖; not finite or NaN if b is zero
 * @param sameSign the share of elements that have the same sign, or are both zero
 * @param norm ‖a‖ / ‖b‖; not finite or NaN if b is zero
 */
public record Alignment(double cosine, double relativeError, double sameSign, double norm) {
  /**
   * {@return the agreement of {@code a} with {@code b}}
   *
   * @param a a vector
   * @param b another, as long
   * @throws IllegalArgumentException if their lengths differ
   */
  public static Alignment of(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "The gradients have " + a.length + " and " + b.length + " elements.");
    }
    Agreement agreement = Agreement.of(a, b);
    double aa = 0;
    double bb = 0;
    double difference = 0;
    for (int i = 0; i < a.length; i++) {
      aa += a[i] * a[i];
      bb += b[i] * b[i];
      difference += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return new Alignment(
        agreement.cosine(), Math.sqrt(difference / bb), agreement.signs(), Math.sqrt(aa / bb));
  }
}
