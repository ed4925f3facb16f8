package org.eqprop.bptt.gdu;

/**
 * RelMSE of two processes with many elements: for each element e = ‖a − b‖ / max(‖a‖, ‖b‖), with
 * ‖·‖² the sum over the steps added, and 0 where both are zero; then the mean of e over the
 * elements. With a = ∇ and b = −Δ this is the paper's ‖∇ + Δ‖ / max(‖∇‖, ‖Δ‖).
 */
public final class RelMse {
  private final double[] squaresA;
  private final double[] squaresB;
  private final double[] squaresOfDifference;

  /**
   * No steps yet, of {@code elements} elements.
   *
   * @param elements number of elements
   */
  public RelMse(int elements) {
    squaresA = new double[elements];
    squaresB = new double[elements];
    squaresOfDifference = new double[elements];
  }

  /**
   * Adds a step.
   *
   * @param a numbers, in order
   * @param b as many others
   */
  public void add(double[] a, double[] b) {
    for (int i = 0; i < squaresA.length; i++) {
      double difference = a[i] - b[i];
      squaresA[i] += a[i] * a[i];
      squaresB[i] += b[i] * b[i];
      squaresOfDifference[i] += difference * difference;
    }
  }

  /** {@return the mean over the elements} */
  public double mean() {
    double sum = 0;
    for (int i = 0; i < squaresA.length; i++) {
      double largest = Math.max(squaresA[i], squaresB[i]);
      sum += largest == 0 ? 0 : Math.sqrt(squaresOfDifference[i] / largest);
    }
    return sum / squaresA.length;
  }
}
