package org.eqprop.core.internal.file;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Texts that were read from a file, by name, as values. Every value has a range. What is missing,
 * is no such value or is out of range is refused in one sentence with its name.
 */
public final class TextValues {
  private final Map<String, String> texts;

  /**
   * The values that {@code texts} has; not copied.
   *
   * @param texts texts by name
   */
  public TextValues(Map<String, String> texts) {
    this.texts = texts;
  }

  /**
   * {@return a text}
   *
   * @param name the name of the entry
   * @throws IllegalArgumentException if there is none of that name
   */
  public String text(String name) {
    String value = texts.get(name);
    if (value == null) {
      throw new IllegalArgumentException("It has no entry " + name + ".");
    }
    return value;
  }

  /**
   * {@return a whole number from {@code least} to {@code most}}
   *
   * @param name the name of the entry
   * @param least the smallest number that is allowed
   * @param most the largest number that is allowed
   * @throws IllegalArgumentException if there is none of that name, or it is something else
   */
  public int whole(String name, int least, int most) {
    return (int) whole(name, (long) least, (long) most);
  }

  /**
   * {@return a whole number from {@code least} to {@code most}}
   *
   * @param name the name of the entry
   * @param least the smallest number that is allowed
   * @param most the largest number that is allowed
   * @throws IllegalArgumentException if there is none of that name, or it is something else
   */
  public long whole(String name, long least, long most) {
    return whole(name, text(name), least, most);
  }

  /**
   * {@return a whole number from {@code least} to {@code most} that is part of an entry}
   *
   * @param name what the number is called in the message
   * @param text what the entry has there
   * @param least the smallest number that is allowed
   * @param most the largest number that is allowed
   * @throws IllegalArgumentException if {@code text} is something else
   */
  public static long whole(String name, String text, long least, long most) {
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException none) {
      // Reported below.
    }
    throw refused(
        name,
        text,
        least == most ? Long.toString(least) : "a whole number from " + least + " to " + most);
  }

  /**
   * {@return a finite number from {@code least} to {@code most}}
   *
   * @param name the name of the entry
   * @param least the smallest number that is allowed
   * @param most the largest number that is allowed
   * @throws IllegalArgumentException if there is none of that name, or it is something else
   */
  public double number(String name, double least, double most) {
    return number(name, text(name), least, most);
  }

  /**
   * {@return a finite number from {@code least} to {@code most} that is part of an entry}
   *
   * @param name what the number is called in the message
   * @param text what the entry has there
   * @param least the smallest number that is allowed
   * @param most the largest number that is allowed
   * @throws IllegalArgumentException if {@code text} is something else
   */
  public static double number(String name, String text, double least, double most) {
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most && Double.isFinite(value)) {
        return value + 0.0; // never -0
      }
    } catch (NumberFormatException none) {
      // Reported below.
    }
    throw refused(name, text, "a finite number" + range(least, most));
  }

  private static String range(double least, double most) {
    if (least == Double.MIN_NORMAL) {
      return " above 0" + (most == Double.MAX_VALUE ? "" : " and at most " + plain(most));
    }
    if (most == Double.MAX_VALUE) {
      return least == -Double.MAX_VALUE ? "" : " of at least " + plain(least);
    }
    return " from " + plain(least) + " to " + plain(most);
  }

  private static String plain(double bound) {
    return bound == (long) bound ? Long.toString((long) bound) : Double.toString(bound);
  }

  /**
   * {@return true or false}
   *
   * @param name the name of the entry
   * @throws IllegalArgumentException if there is none of that name, or it is something else
   */
  public boolean flag(String name) {
    return choice(name, "true", "false").equals("true");
  }

  /**
   * {@return one of a few texts}
   *
   * @param name the name of the entry
   * @param values the texts that are allowed
   * @throws IllegalArgumentException if there is none of that name, or it is something else
   */
  public String choice(String name, String... values) {
    String text = text(name);
    if (!Arrays.asList(values).contains(text)) {
      throw refused(name, text, String.join(" or ", values));
    }
    return text;
  }

  /**
   * {@return a constant by its name}
   *
   * @param <E> the class of the constants
   * @param name the name of the entry
   * @param type the class of the constants
   * @throws IllegalArgumentException if there is none of that name, or it is something else
   */
  public <E extends Enum<E>> E constant(String name, Class<E> type) {
    String text = text(name);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(text)) {
        return constant;
      }
    }
    String names =
        Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(" or "));
    throw refused(name, text, names);
  }

  private static IllegalArgumentException refused(String name, String text, String wanted) {
    return new IllegalArgumentException(
        "Its entry " + name + " is '" + Visible.brief(text) + "'; it must be " + wanted + ".");
  }
}
