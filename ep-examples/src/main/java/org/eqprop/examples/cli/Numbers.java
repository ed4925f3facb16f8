package org.eqprop.examples.cli;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** Numbers in options: read in the one way they can be meant, or refused in plain words. */
final class Numbers {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,9})?");
  private static final Pattern WITH_COMMA = Pattern.compile("([+-]?\\d+),(\\d+)");
  private static final Pattern DIGITS = Pattern.compile("[+-]?\\d+");

  /** Longer texts are no whole numbers, and would be slow to read. */
  private static final int MOST_LETTERS = 40;

  private Numbers() {}

  /** Has a command line and its commands read numbers so. */
  static void register(CommandLine line) {
    line.registerConverter(Integer.class, text -> whole(text, Integer.SIZE).intValue());
    line.registerConverter(int.class, text -> whole(text, Integer.SIZE).intValue());
    line.registerConverter(Long.class, text -> whole(text, Long.SIZE).longValue());
    line.registerConverter(long.class, text -> whole(text, Long.SIZE).longValue());
    line.registerConverter(Double.class, Numbers::number);
    line.registerConverter(double.class, Numbers::number);
    line.registerConverter(Boolean.class, Numbers::truth);
  }

  private static BigInteger whole(String text, int bits) {
    refuseComma(text);
    if (text.length() > MOST_LETTERS || !DECIMAL.matcher(text).matches()) {
      throw new TypeConversionException("'" + text + "' is not a whole number");
    }
    BigDecimal exact = new BigDecimal(text);
    if (Math.abs((long) exact.scale()) > MOST_LETTERS || exact.stripTrailingZeros().scale() > 0) {
      throw new TypeConversionException("'" + text + "' is not a whole number");
    }
    BigInteger integer = exact.toBigIntegerExact();
    if (integer.bitLength() >= bits) {
      String range = "from -2^" + (bits - 1) + " to 2^" + (bits - 1) + " - 1";
      throw new TypeConversionException("'" + text + "' is not a whole number " + range);
    }
    return integer;
  }

  private static double number(String text) {
    refuseComma(text);
    boolean named = List.of("NaN", "Infinity", "-Infinity", "+Infinity").contains(text);
    if (!named && !DECIMAL.matcher(text).matches()) {
      throw new TypeConversionException("'" + text + "' is not a number");
    }
    return Double.parseDouble(text);
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new TypeConversionException("'" + text + "' is not true or false");
    };
  }

  private static void refuseComma(String text) {
    Matcher comma = WITH_COMMA.matcher(text);
    if (comma.matches()) {
      throw new TypeConversionException(
          "'"
              + text
              + "' has a comma; numbers have a decimal point: "
              + comma.group(1)
              + "."
              + comma.group(2));
    }
  }

  /**
   * Asks about lists of numbers that look like numbers with a decimal comma, as in {@code 0,04}:
   * they would be read as other numbers than were meant.
   *
   * @throws ParameterException with the question
   */
  static void askAboutCommas(ParseResult parsed) {
    for (ParseResult part = parsed; part != null; part = part.subcommand()) {
      for (OptionSpec option : part.matchedOptions()) {
        boolean fractions = List.of(option.auxiliaryTypes()).contains(Double.class);
        for (String given : fractions ? option.originalStringValues() : List.<String>of()) {
          if (looksLikeDecimalCommas(given)) {
            throw new ParameterException(part.commandSpec().commandLine(), question(option, given));
          }
        }
      }
    }
  }

  /** What to write for each of both readings. */
  private static String question(OptionSpec option, String given) {
    List<String> decimals = new ArrayList<>();
    List<String> list = new ArrayList<>();
    String before = "";
    for (String part : given.split(",", -1)) {
      boolean digits = DIGITS.matcher(part).matches();
      list.add(digits ? new BigInteger(part) + ".0" : part);
      if (!before.isEmpty() && digits && Character.isDigit(part.charAt(0))) {
        decimals.set(decimals.size() - 1, before + "." + part);
        before = "";
      } else {
        decimals.add(part);
        before = digits ? part : "";
      }
    }
    String name = option.longestName();
    return "'"
        + name
        + " "
        + given
        + "' can be meant as a list or with decimal commas; for the "
        + count(list)
        + " write '"
        + name
        + " "
        + String.join(",", list)
        + "', for the "
        + count(decimals)
        + " '"
        + name
        + " "
        + String.join(",", decimals)
        + "'";
  }

  private static String count(List<String> numbers) {
    return numbers.size() == 1
        ? "one number " + numbers.get(0)
        : numbers.size() + " numbers " + String.join(" and ", numbers);
  }

  private static boolean looksLikeDecimalCommas(String given) {
    String[] parts = given.split(",", -1);
    boolean allDigits = parts.length % 2 == 0;
    for (String part : parts) {
      allDigits &= DIGITS.matcher(part).matches();
    }
    for (int i = 1; i < parts.length; i++) {
      boolean pair =
          DIGITS.matcher(parts[i - 1]).matches() && parts[i].chars().allMatch(Character::isDigit);
      boolean afterZero = parts[i - 1].matches("[+-]?0");
      if (pair && !parts[i].isEmpty() && (afterZero || parts[i].matches("0\\d+"))) {
        return true;
      }
    }
    return allDigits;
  }
}
