package org.eqprop.examples.report;

import java.util.Locale;

/** Numbers with a fixed count of decimals. */
public final class Decimals {

  private Decimals() {}

  /**
   * Formats a number with a point, whatever the language of the machine. A number that is rounded
   * to zero has no sign: {@code 0.0000}, never {@code -0.0000}.
   *
   * @param value any number
   * @param decimals digits after the point, at least 0
   * @return such as {@code 0.1250}
   */
  public static String fixed(double value, int decimals) {
    return withoutSignOfZero(String.format(Locale.ROOT, "%." + decimals + "f", value));
  }

  /** The same text, without the minus sign if it has no digit but zeros. */
  public static String withoutSignOfZero(String number) {
    boolean zero = number.startsWith("-0") && number.chars().noneMatch(c -> c >= '1' && c <= '9');
    return zero ? number.substring(1) : number;
  }
}
