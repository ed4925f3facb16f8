package org.eqprop.bptt.estimate;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;

/** Arithmetic on arrays, and on lists of them as one vector. */
final class Vectors {
  private Vectors() {}

  /** Zeros in the order and the sizes of all parameters. */
  static List<double[]> zeroParameters(Network network) {
    List<double[]> zeros = new ArrayList<>();
    for (Parameter parameter : Problem.parameters(network)) {
      zeros.add(new double[parameter.shape().size()]);
    }
    return List.copyOf(zeros);
  }

  /** A copy of each array. */
  static List<double[]> copy(List<double[]> values) {
    return values.stream().map(double[]::clone).toList();
  }

  /** Number of elements. */
  static int size(List<double[]> values) {
    return values.stream().mapToInt(part -> part.length).sum();
  }

  /** All elements in one new array. */
  static double[] flat(List<double[]> values) {
    double[] all = new double[size(values)];
    int first = 0;
    for (double[] part : values) {
      System.arraycopy(part, 0, all, first, part.length);
      first += part.length;
    }
    return all;
  }

  /** The first elements of {@code flat} in arrays as long as those of {@code into}. */
  static void unflat(double[] flat, List<double[]> into) {
    int first = 0;
    for (double[] part : into) {
      int length = Math.min(part.length, flat.length - first);
      System.arraycopy(flat, first, part, 0, length);
      first += length;
    }
  }

  /** y += factor·x. */
  static void add(double factor, double[] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] += factor * x[i];
    }
  }

  /** y += factor·x. */
  static void add(double factor, List<double[]> x, List<double[]> y) {
    for (int n = 0; n < y.size(); n++) {
      add(factor, x.get(n), y.get(n));
    }
  }

  /** The largest absolute value; NaN if there is one. */
  static double largest(List<double[]> values) {
    double largest = 0;
    for (double[] part : values) {
      for (double value : part) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }

  /** The largest absolute difference of an element; NaN if there is one. */
  static double distance(List<double[]> x, List<double[]> y) {
    double largest = 0;
    for (int n = 0; n < x.size(); n++) {
      for (int i = 0; i < x.get(n).length; i++) {
        largest = Math.max(largest, Math.abs(x.get(n)[i] - y.get(n)[i]));
      }
    }
    return largest;
  }

  /** The scalar product. */
  static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  /** The Euclidean norm. */
  static double norm(double[] x) {
    return Math.sqrt(dot(x, x));
  }
}
