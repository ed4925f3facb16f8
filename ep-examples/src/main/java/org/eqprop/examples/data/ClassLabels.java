package org.eqprop.examples.data;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The labels of a data set's classes, as its files have them. A network has its classes numbered
 * from 0, in ascending order of their labels: EMNIST's letters have labels 1 to 26, so class 0 is
 * label 1.
 */
public final class ClassLabels {
  /** More classes than this are no classes: the labels are something else. */
  static final int MOST = 1 << 16;

  private final int[] ascending;

  private ClassLabels(int[] ascending) {
    this.ascending = ascending;
  }

  /**
   * Labels 0 to {@code count − 1}.
   *
   * @param count in 1..65536
   * @throws IllegalArgumentException if the count is out of range
   */
  public static ClassLabels upTo(int count) {
    return of(IntStream.range(0, count));
  }

  /**
   * All labels that occur among some.
   *
   * @throws IllegalArgumentException if there are none, or more than 65536 different ones
   */
  static ClassLabels of(IntStream labels) {
    int[] found = labels.sorted().distinct().toArray();
    if (found.length == 0 || found.length > MOST) {
      throw new IllegalArgumentException("no data set has " + found.length + " classes");
    }
    return new ClassLabels(found);
  }

  /**
   * Reads what {@link #toString} has written.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static ClassLabels parse(String text) {
    String[] ends = text.split("\\.\\.", -1);
    if (ends.length == 2) {
      int first = Integer.parseInt(ends[0]);
      int last = Integer.parseInt(ends[1]);
      if (last - (long) first >= MOST) {
        throw new IllegalArgumentException("no data set has the classes " + text);
      }
      return of(IntStream.rangeClosed(first, last));
    }
    int[] labels = Arrays.stream(text.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    ClassLabels parsed = of(Arrays.stream(labels));
    if (!Arrays.equals(parsed.ascending, labels)) {
      throw new IllegalArgumentException("the classes " + text + " are not in order");
    }
    return parsed;
  }

  /** These labels and those of another set. */
  ClassLabels and(ClassLabels other) {
    return of(IntStream.concat(Arrays.stream(ascending), Arrays.stream(other.ascending)));
  }

  /** Number of classes, at least 1. */
  public int count() {
    return ascending.length;
  }

  /**
   * The label of a class.
   *
   * @param index the class, in 0..count-1
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public int label(int index) {
    return ascending[index];
  }

  /** The class with a label, or a negative number if there is none. */
  public int indexOf(int label) {
    return Arrays.binarySearch(ascending, label);
  }

  /** Whether the labels are 0, 1, 2 and so on: the classes' own numbers. */
  public boolean countFromZero() {
    return ascending[0] == 0 && isRange();
  }

  private boolean isRange() {
    return ascending[ascending.length - 1] - (long) ascending[0] == ascending.length - 1;
  }

  /** Returns such as {@code 1..26} or {@code 2 5 70}. */
  @Override
  public String toString() {
    return isRange() && ascending.length > 1
        ? ascending[0] + ".." + ascending[ascending.length - 1]
        : Arrays.stream(ascending).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClassLabels labels && Arrays.equals(ascending, labels.ascending);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ascending);
  }
}
