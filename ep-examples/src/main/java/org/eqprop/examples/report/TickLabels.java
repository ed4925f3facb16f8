package org.eqprop.examples.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.Function;

/** Writes the numbers at an axis's ticks, all of one axis in one way. */
final class TickLabels implements Function<Double, String> {
  private static final MathContext DIGITS = new MathContext(9);

  /** From here on numbers are written out. */
  private static final double LEAST_PLAIN = 0.99e-3;

  /** Up to here numbers are written out. */
  private static final double MOST_PLAIN = 0.99e6;

  /** Decades within which powers of ten are written out. */
  private static final int PLAIN_DECADES = 2;

  private final Axis axis;
  private final Extent extent;

  TickLabels(Axis axis, Extent extent) {
    this.axis = axis;
    this.extent = extent;
  }

  /** The label of a tick at a number of XChart's; empty where none should stand. */
  @Override
  public String apply(Double tick) {
    return switch (extent.scale()) {
      case LINEAR -> linear(tick);
      case LOG -> oneTwoFive(tick);
      case DECADES -> decade(tick);
    };
  }

  private String linear(double tick) {
    double unit = Math.pow(10, extent.exponent());
    double size = Math.max(Math.abs(extent.min()), Math.abs(extent.max())) * unit;
    if (axis.whole() && Math.abs(tick * unit - Math.rint(tick * unit)) > 1e-6) {
      return "";
    }
    return axis.percent() || isPlain(size) ? number(tick * unit) : times(tick, extent.exponent());
  }

  private String oneTwoFive(double tick) {
    int exponent = (int) Math.floor(Math.log10(tick) + 1e-9);
    double digit = Math.rint(tick / Math.pow(10, exponent));
    boolean few = extent.max() / extent.min() < 300;
    if (digit != 1 && !(few && (digit == 2 || digit == 5))) {
      return "";
    }
    boolean plain = axis.percent() || (isPlain(extent.min()) && isPlain(extent.max()));
    return plain ? number(tick) : digit == 1 ? power(exponent) : times(digit, exponent);
  }

  private String decade(double tick) {
    long above = Math.round(tick);
    if (Math.abs(tick - above) > 1e-6) {
      return "";
    }
    boolean plain =
        axis.percent()
            || (extent.exponent() >= -PLAIN_DECADES
                && extent.exponent() + extent.max() <= PLAIN_DECADES + 1e-6);
    int exponent = (int) above + extent.exponent();
    return plain ? number(Math.pow(10, exponent)) : power(exponent);
  }

  private static boolean isPlain(double size) {
    return size >= LEAST_PLAIN && size <= MOST_PLAIN;
  }

  private String number(double value) {
    BigDecimal shown = rounded(axis.percent() ? 100 * value : value);
    return shown.toPlainString() + (axis.percent() ? "%" : "");
  }

  private static BigDecimal rounded(double value) {
    BigDecimal shown = BigDecimal.valueOf(value).round(DIGITS);
    return shown.signum() == 0 ? BigDecimal.ZERO : shown.stripTrailingZeros();
  }

  private static String times(double factor, int exponent) {
    BigDecimal shown = rounded(factor);
    return shown.signum() == 0 ? "0" : shown.toPlainString() + "·" + power(exponent);
  }

  private static String power(int exponent) {
    return "10^{" + (exponent < 0 ? "−" : "") + Math.abs(exponent) + "}";
  }
}
