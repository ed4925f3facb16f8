package org.eqprop.examples.data;

import java.util.Arrays;

/** Range, mean and standard deviation of the values of samples, by groups of values. */
public final class DataStatistics {
  private final double[] least;
  private final double[] most;
  private final double[] mean;
  private final double[] deviation;

  private DataStatistics(int groups) {
    least = new double[groups];
    most = new double[groups];
    mean = new double[groups];
    deviation = new double[groups];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(most, Double.NEGATIVE_INFINITY);
  }

  /**
   * Of some samples.
   *
   * @param set the samples
   * @param groups parts of equal length that a sample's values have: 1 for all, or its channels
   */
  public static DataStatistics of(Dataset set, int groups) {
    DataStatistics found = new DataStatistics(groups);
    int length = set.shape().size();
    int each = length / groups;
    float[] values = new float[length];
    double count = (double) set.size() * each;
    for (int i = 0; i < set.size(); i++) {
      set.copyImage(i, values, 0);
      for (int v = 0; v < length; v++) {
        found.mean[v / each] += values[v] / count;
        found.least[v / each] = Math.min(found.least[v / each], values[v]);
        found.most[v / each] = Math.max(found.most[v / each], values[v]);
      }
    }
    for (int i = 0; i < set.size(); i++) {
      set.copyImage(i, values, 0);
      for (int v = 0; v < length; v++) {
        double distance = values[v] - found.mean[v / each];
        found.deviation[v / each] += distance * distance / count;
      }
    }
    for (int g = 0; g < groups; g++) {
      found.deviation[g] = Math.sqrt(found.deviation[g]);
      if (found.least[g] == found.most[g]) {
        // a sum of equal values may differ from them in its last digit
        found.mean[g] = found.least[g];
        found.deviation[g] = 0;
      }
    }
    return found;
  }

  /** Number of groups. */
  public int groups() {
    return mean.length;
  }

  /** The least value of a group. */
  public double least(int group) {
    return least[group];
  }

  /** The largest value of a group. */
  public double most(int group) {
    return most[group];
  }

  /** The mean of a group. */
  public double mean(int group) {
    return mean[group];
  }

  /** The standard deviation of a group, over all its values. */
  public double deviation(int group) {
    return deviation[group];
  }
}
