package org.eqprop.examples.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a progress bar counts. */
public enum Unit {
  /** Samples of a data set. */
  SAMPLES("samples", 1, 0),
  /** Bytes, shown as megabytes of 1,000,000. */
  BYTES("MB", 1e6, 1),
  /** Steps of whatever the task is. */
  STEPS("steps", 1, 0),
  /** Millionths of the task, shown as percentages: for steps that take unequally long. */
  SHARE("%", 1e4, 1);

  private final String name;
  private final double size;
  private final int decimals;

  Unit(String name, double size, int decimals) {
    this.name = name;
    this.size = size;
    this.decimals = decimals;
  }

  /** "27000/60000", in this unit. */
  String ratio(long done, long total) {
    return number(done) + "/" + number(total);
  }

  /** "2250 samples/s"; slow rates have a decimal. */
  String rate(double perSecond) {
    return decimal(perSecond / size, perSecond / size < 10 ? 1 : decimals) + " " + name + "/s";
  }

  private String number(long count) {
    return decimal(count / size, decimals);
  }

  private static String decimal(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }
}
