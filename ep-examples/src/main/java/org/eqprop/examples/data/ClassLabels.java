package org.eqprop.examples.data;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The labels of a data set's classes, as its files have them: whole numbers, or names. A network
 * has its classes numbered from 0, in ascending order of their labels: EMNIST's letters have labels
 * 1 to 26, so class 0 is label 1. Classes with names are in the order of these, and their numbers
 * are their labels.
 */
public final class ClassLabels {
  /** More classes than this are no classes: the labels are something else. */
  static final int MOST = 1 << 16;

  /** Classes whose names a sentence has. */
  private static final int MOST_SHOWN = 12;

  private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,9}");

  private final int[] ascending;
  private final List<String> names;

  private ClassLabels(int[] ascending, List<String> names) {
    this.ascending = ascending;
    this.names = names;
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
    checkCount(found.length);
    return new ClassLabels(found, List.of());
  }

  /**
   * All labels that occur among some texts: numbers if all of them are whole numbers, else names.
   *
   * @throws IllegalArgumentException if there are none, or more than 65536 different ones
   */
  static ClassLabels of(Collection<String> texts) {
    if (texts.stream().allMatch(ClassLabels::isNumber)) {
      return of(texts.stream().mapToInt(Integer::parseInt));
    }
    List<String> sorted = List.copyOf(new TreeSet<>(texts));
    checkCount(sorted.size());
    return new ClassLabels(IntStream.range(0, sorted.size()).toArray(), sorted);
  }

  private static void checkCount(int count) {
    if (count == 0 || count > MOST) {
      throw new IllegalArgumentException("no data set has " + count + " classes");
    }
  }

  /**
   * Reads what {@link #encoded} has written.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static ClassLabels parse(String text) {
    if (text.startsWith("\"")) {
      List<String> names = QuotedNames.parse(text);
      ClassLabels parsed = of(names);
      if (!parsed.names.equals(names)) {
        throw new IllegalArgumentException("the names of classes " + text + " are not in order");
      }
      return parsed;
    }
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
    if (names.isEmpty() && other.names.isEmpty()) {
      return of(IntStream.concat(Arrays.stream(ascending), Arrays.stream(other.ascending)));
    }
    return of(Stream.concat(texts(), other.texts()).toList());
  }

  private Stream<String> texts() {
    return IntStream.range(0, count()).mapToObj(this::name);
  }

  /** Number of classes, at least 1. */
  public int count() {
    return ascending.length;
  }

  /**
   * The label of a class; the class's own number if it has a name.
   *
   * @param index the class, in 0..count-1
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public int label(int index) {
    return ascending[index];
  }

  /**
   * The name of a class, or its label as a text.
   *
   * @param index the class, in 0..count-1
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public String name(int index) {
    return names.isEmpty() ? Integer.toString(ascending[index]) : names.get(index);
  }

  /** Whether classes have names, not numbers. */
  public boolean haveNames() {
    return !names.isEmpty();
  }

  /** The class with a label, or a negative number if there is none. */
  public int indexOf(int label) {
    return Arrays.binarySearch(ascending, label);
  }

  /** The class with a name, or with a label that is written so; or a negative number. */
  public int indexOf(String name) {
    if (haveNames()) {
      return Collections.binarySearch(names, name);
    }
    return isNumber(name) ? indexOf(Integer.parseInt(name)) : -1;
  }

  private static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches() && (int) Long.parseLong(text) == Long.parseLong(text);
  }

  /** Whether the labels are 0, 1, 2 and so on: the classes' own numbers, and have no names. */
  public boolean countFromZero() {
    return ascending[0] == 0 && isRange() && !haveNames();
  }

  private boolean isRange() {
    return ascending[ascending.length - 1] - (long) ascending[0] == ascending.length - 1;
  }

  /** Returns such as {@code 1..26}, {@code 2 5 70} or {@code "cat" "dog"}, for {@link #parse}. */
  public String encoded() {
    if (haveNames()) {
      return QuotedNames.text(names);
    }
    return isRange() && ascending.length > 1
        ? ascending[0] + ".." + ascending[ascending.length - 1]
        : Arrays.stream(ascending).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }

  /** Returns such as {@code 1..26}, {@code 2 5 70} or {@code cat, dog}, for people. */
  @Override
  public String toString() {
    if (!haveNames()) {
      return encoded();
    }
    String shown = names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "));
    return count() > MOST_SHOWN ? shown + " and " + (count() - MOST_SHOWN) + " more" : shown;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClassLabels labels
        && Arrays.equals(ascending, labels.ascending)
        && names.equals(labels.names);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(ascending) + names.hashCode();
  }
}
