package org.eqprop.examples.report;

import java.awt.Font;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.Function;

/** Writes the numbers at an axis's ticks. */
final class TickLabels implements Function<Double, String> {
  private static final MathContext DIGITS = new MathContext(9);
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private final Axis axis;
  private final Extent extent;
  private final Font font;
  private final Lettering lettering;

  TickLabels(Axis axis, Extent extent, Font font, Lettering lettering) {
    this.axis = axis;
    this.extent = extent;
    this.font = font;
    this.lettering = lettering;
  }

  /** The label of a tick at a number of XChart's; empty where none should stand. */
  @Override
  public String apply(Double tick) {
    String label =
        switch (extent.scale()) {
          case LINEAR -> number(tick * Math.pow(10, extent.exponent()));
          case LOG -> oneTwoFive(tick);
          case DECADES -> {
            long above = Math.round(tick);
            yield Math.abs(tick - above) < 1e-6 ? power((int) above + extent.exponent()) : "";
          }
        };
    lettering.add(label, font);
    return label;
  }

  private String oneTwoFive(double tick) {
    int exponent = (int) Math.floor(Math.log10(tick) + 1e-9);
    long digit = Math.round(tick / Math.pow(10, exponent));
    boolean few = extent.max() / extent.min() < 300;
    if (digit == 1) {
      return few ? number(tick) : power(exponent);
    }
    return few && (digit == 2 || digit == 5) ? number(tick) : "";
  }

  private String number(double value) {
    BigDecimal shown = BigDecimal.valueOf(axis.percent() ? 100 * value : value).round(DIGITS);
    shown = shown.signum() == 0 ? BigDecimal.ZERO : shown.stripTrailingZeros();
    double size = shown.abs().doubleValue();
    boolean plain = size == 0 || (size >= 1e-4 && size < 1e6);
    String text = plain ? shown.toPlainString() : scientific(shown);
    return axis.percent() ? text + "%" : text;
  }

  private static String scientific(BigDecimal value) {
    int exponent = value.precision() - value.scale() - 1;
    return value.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
  }

  private String power(int exponent) {
    if (axis.percent() || Math.abs(exponent) <= 2) {
      return number(Math.pow(10, exponent));
    }
    StringBuilder raised = new StringBuilder(exponent < 0 ? "⁻" : "");
    String digits = Integer.toString(Math.abs(exponent));
    digits.chars().forEach(digit -> raised.append(SUPERSCRIPTS.charAt(digit - '0')));
    String text = "10" + raised;
    return font.canDisplayUpTo(text) < 0 ? text : "1e" + exponent;
  }
}
