package org.eqprop.examples.gdu;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What layers and parameters are called in figures, as in the paper: {@code s^{0}}, {@code h^{1}}
 * of a convolutional layer, {@code W_{01}}, and where there are both kinds {@code W^{fc}_{01}} and
 * {@code W^{conv}_{12}}.
 */
final class Symbols {
  private static final Pattern LAYER = Pattern.compile("s(\\d+)");
  private static final Pattern PARAMETER = Pattern.compile("([Wb])(\\d)(\\d*x?)");

  private final int full;
  private final boolean both;

  Symbols(GduSettings settings) {
    both = !settings.convolutions().isEmpty();
    full = both ? settings.hidden().size() + 1 : Integer.MAX_VALUE;
  }

  /** The name of a layer or parameter with its label in tables, such as {@code s0}. */
  String of(String label) {
    Matcher layer = LAYER.matcher(label);
    if (layer.matches()) {
      int index = Integer.parseInt(layer.group(1));
      return (index < full ? "s" : "h") + "^{" + index + "}";
    }
    Matcher parameter = PARAMETER.matcher(label);
    if (!parameter.matches()) {
      return label;
    }
    String kind = both && parameter.group(1).equals("W") ? kind(parameter.group(2)) : "";
    return parameter.group(1) + kind + "_{" + parameter.group(2) + parameter.group(3) + "}";
  }

  private String kind(String target) {
    return Integer.parseInt(target) < full ? "^{fc}" : "^{conv}";
  }

  /** The layer that a label belongs to: its own number, or that of the parameter's target. */
  static int layer(String label) {
    String digits = label.replaceFirst("^\\D+", "");
    return digits.isEmpty() ? 0 : Character.digit(digits.charAt(0), 10);
  }
}
