package org.eqprop.examples.data;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Brings the values of samples into one range: each becomes {@code (value − shift) / divisor}, with
 * a pair of numbers for each channel of images, and for each value of a row.
 */
public final class Normalisation {
  private final float[] shift;
  private final float[] divisor;

  private Normalisation(float[] shift, float[] divisor) {
    this.shift = shift;
    this.divisor = divisor;
  }

  /**
   * With given numbers, which are copied.
   *
   * @param shift one number a group of values
   * @param divisor as many, none of them 0
   * @throws IllegalArgumentException if their numbers differ, or one is not finite or a divisor 0
   */
  public static Normalisation of(float[] shift, float[] divisor) {
    boolean sound = shift.length == divisor.length && shift.length > 0;
    for (int i = 0; sound && i < shift.length; i++) {
      sound = Float.isFinite(shift[i]) && Float.isFinite(divisor[i]) && divisor[i] > 0;
    }
    if (!sound) {
      throw new IllegalArgumentException("these are no shifts and divisors of values");
    }
    return new Normalisation(shift.clone(), divisor.clone());
  }

  /**
   * From 0, the least value that samples have, to 1, the largest.
   *
   * @param set the samples; a value that is the same in all of them becomes 0
   */
  public static Normalisation scale(Dataset set) {
    DataStatistics found = DataStatistics.of(set, groups(set.shape()));
    return new Normalisation(
        numbers(found, found::least),
        usable(numbers(found, group -> found.most(group) - found.least(group))));
  }

  /**
   * To a mean of 0 and a standard deviation of 1 over samples.
   *
   * @param set the samples; a value that is the same in all of them becomes 0
   */
  public static Normalisation standard(Dataset set) {
    DataStatistics found = DataStatistics.of(set, groups(set.shape()));
    return new Normalisation(numbers(found, found::mean), usable(numbers(found, found::deviation)));
  }

  private static float[] numbers(DataStatistics found, IntToDoubleFunction number) {
    float[] numbers = new float[found.groups()];
    for (int g = 0; g < numbers.length; g++) {
      numbers[g] = (float) number.applyAsDouble(g);
    }
    return numbers;
  }

  /** Divisors; 1 where there is nothing to divide by. */
  private static float[] usable(float[] divisors) {
    for (int g = 0; g < divisors.length; g++) {
      divisors[g] = divisors[g] > 0 && Float.isFinite(divisors[g]) ? divisors[g] : 1;
    }
    return divisors;
  }

  /** Groups of values that samples have: channels of images, or the values of a row. */
  static int groups(ImageShape shape) {
    return shape.channels() == 1 && shape.height() == 1 ? shape.width() : shape.channels();
  }

  /** Whether this is for samples of a geometry. */
  public boolean fits(ImageShape shape) {
    return groups(shape) == shift.length;
  }

  /** Changes the values of a sample. */
  public void apply(float[] values, int offset, int length) {
    int each = length / shift.length;
    for (int g = 0; g < shift.length; g++) {
      int end = offset + (g + 1) * each;
      for (int i = offset + g * each; i < end; i++) {
        values[i] = (values[i] - shift[g]) / divisor[g];
      }
    }
  }

  /** What is taken away from each group; a copy. */
  public float[] shift() {
    return shift.clone();
  }

  /** What each group is divided by then; a copy. */
  public float[] divisor() {
    return divisor.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Normalisation that
        && Arrays.equals(shift, that.shift)
        && Arrays.equals(divisor, that.divisor);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shift) + Arrays.hashCode(divisor);
  }
}
