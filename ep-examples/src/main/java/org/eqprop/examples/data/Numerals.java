package org.eqprop.examples.data;

import java.util.List;
import java.util.regex.Pattern;

/** Labels that are numbers in another writing. */
final class Numerals {
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,9}(\\.0*)?");

  private Numerals() {}

  /** The same labels; if all are whole numbers, such as {@code 1.0} and {@code 02}, as numbers. */
  static List<String> plain(List<String> labels) {
    if (!labels.stream().allMatch(label -> WHOLE.matcher(label).matches())) {
      return labels;
    }
    return labels.stream()
        .map(label -> Integer.toString(Integer.parseInt(label.replaceFirst("\\..*", ""))))
        .toList();
  }
}
