package org.eqprop.examples.bench;

import java.util.Arrays;

/** What comparing two samples needs. */
public final class Statistics {
  private static final int PANELS = 200;
  private static final int HALVINGS = 40;

  private Statistics() {}

  /**
   * A ratio and the interval that holds it with the confidence asked for.
   *
   * @param ratio the estimate
   * @param low its lower end; 0 if nothing is known
   * @param high its upper end; infinite if nothing is known
   */
  public record Interval(double ratio, double low, double high) {}

  /** The median; the mean of the middle two if there are two. */
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /**
   * The ratio of {@code after} to {@code before} by their geometric means, with Welch's interval on
   * the logarithms. Of every five values the largest is left out first: disturbance only ever makes
   * slower, and some JVMs compile the same code to something slower for good.
   *
   * @param confidence such as 0.999
   */
  public static Interval ratio(double[] before, double[] after, double confidence) {
    double[] a = logarithms(before);
    double[] b = logarithms(after);
    double difference = mean(b) - mean(a);
    double varianceA = squaredError(a);
    double varianceB = squaredError(b);
    double variance = varianceA + varianceB;
    if (a.length < 2 || b.length < 2) {
      return new Interval(Math.exp(difference), 0, Double.POSITIVE_INFINITY);
    }
    double half = 0;
    if (variance > 0) {
      double freedom =
          variance
              * variance
              / (varianceA * varianceA / (a.length - 1) + varianceB * varianceB / (b.length - 1));
      half = studentQuantile(confidence, freedom) * Math.sqrt(variance);
    }
    return new Interval(
        Math.exp(difference), Math.exp(difference - half), Math.exp(difference + half));
  }

  private static double[] logarithms(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return Arrays.stream(sorted, 0, sorted.length - sorted.length / 5).map(Math::log).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** The squared standard error of the mean. */
  private static double squaredError(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return squares / (values.length - 1) / values.length;
  }

  /**
   * The t that holds |T| ≤ t with the given probability, for Student's distribution. With t =
   * √ν·tan θ that probability is the integral of cos^(ν−1) from 0 to θ by that from 0 to π/2.
   *
   * @param freedom ν, at least 1
   */
  public static double studentQuantile(double probability, double freedom) {
    double whole = cosinePower(Math.PI / 2, freedom - 1);
    double low = 0;
    double high = Math.PI / 2;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (cosinePower(middle, freedom - 1) < probability * whole) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.sqrt(freedom) * Math.tan(low);
  }

  /** The integral of cos^power from 0 to {@code end}, by Simpson's rule. */
  private static double cosinePower(double end, double power) {
    double step = end / PANELS;
    double sum = 0;
    for (int i = 0; i <= PANELS; i++) {
      int weight = i == 0 || i == PANELS ? 1 : 2 + 2 * (i % 2);
      sum += weight * Math.pow(Math.max(0, Math.cos(i * step)), power);
    }
    return sum * step / 3;
  }
}
