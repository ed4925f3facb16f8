package org.eqprop.core.tensor;

import java.util.Arrays;

/**
 * Dimensions of a row-major array, slowest first. Immutable; every dimension is at least 1.
 *
 * <p>{@code Shape.of(512, 784)} is a weight matrix, {@code Shape.of(32, 12, 12)} a map of 32
 * channels, {@code Shape.of(10)} a vector.
 */
public final class Shape {
  private final int[] dimensions;
  private final int size;

  private Shape(int[] dimensions) {
    long product = 1;
    for (int d : dimensions) {
      if (d < 1) {
        throw new IllegalArgumentException(
            "A shape needs dimensions of at least 1, got " + Arrays.toString(dimensions) + ".");
      }
      product = product > Integer.MAX_VALUE ? product : product * d;
    }
    if (product > Integer.MAX_VALUE - 1024) {
      throw new IllegalArgumentException(
          "A shape of " + product + " elements or more is too large for one array.");
    }
    this.dimensions = dimensions;
    this.size = (int) product;
  }

  /**
   * {@return a shape with the given dimensions}
   *
   * @param dimensions the slowest first, each at least 1
   * @throws IllegalArgumentException if a dimension is below 1 or the product exceeds an array
   */
  public static Shape of(int... dimensions) {
    return new Shape(dimensions.clone());
  }

  /** {@return the number of dimensions} */
  public int rank() {
    return dimensions.length;
  }

  /**
   * {@return the dimension {@code axis}, counted from the slowest}
   *
   * @param axis from 0
   */
  public int dimension(int axis) {
    return dimensions[axis];
  }

  /** {@return the number of elements: the product of the dimensions} */
  public int size() {
    return size;
  }

  /** {@return a copy of the dimensions} */
  public int[] toArray() {
    return dimensions.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape that && Arrays.equals(dimensions, that.dimensions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dimensions);
  }

  /** The dimensions as in {@code 32x12x12}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < dimensions.length; i++) {
      text.append(i == 0 ? "" : "x").append(dimensions[i]);
    }
    return text.toString();
  }
}
