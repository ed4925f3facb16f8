package org.eqprop.examples.verify;

/**
 * How far a group of tensors is from the reference.
 *
 * @param file the reference's name
 * @param group what was compared
 * @param tensors how many tensors
 * @param absolute largest absolute difference
 * @param relative largest difference relative to the largest value of its tensor
 * @param tolerance what {@code absolute} may be at most
 * @param worst the tensor with the largest absolute difference
 */
public record Deviation(
    String file,
    String group,
    int tensors,
    double absolute,
    double relative,
    double tolerance,
    String worst) {
  /** Whether the difference is a number within the tolerance, and anything was compared at all. */
  public boolean passed() {
    return tensors > 0 && absolute <= tolerance;
  }

  /** Collects a group's differences. */
  static final class Group {
    private final String file;
    private final String name;
    private final double tolerance;
    private int tensors;
    private double absolute;
    private double relative;
    private String worst = "";

    Group(String file, String name, double tolerance) {
      this.file = file;
      this.name = name;
      this.tolerance = tolerance;
    }

    /** Compares one tensor; a NaN counts as infinitely far. */
    void add(String tensor, float[] actual, double[] expected) {
      if (actual.length != expected.length) {
        throw new IllegalArgumentException(tensor + " has another size than expected.");
      }
      double largest = 0;
      double scale = 0;
      for (int i = 0; i < expected.length; i++) {
        double difference = Math.abs(actual[i] - expected[i]);
        largest = Math.max(largest, Double.isNaN(difference) ? Double.MAX_VALUE : difference);
        scale = Math.max(scale, Math.abs(expected[i]));
      }
      tensors++;
      if (tensors == 1 || largest > absolute) {
        absolute = largest;
        worst = tensor;
      }
      relative = Math.max(relative, scale == 0 ? largest : largest / scale);
    }

    Deviation result() {
      return new Deviation(file, name, tensors, absolute, relative, tolerance, worst);
    }
  }
}
