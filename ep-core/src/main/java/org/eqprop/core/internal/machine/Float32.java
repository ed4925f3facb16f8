package org.eqprop.core.internal.machine;

/** Numbers that are given in 64 bits and used in 32. */
public final class Float32 {
  private Float32() {}

  /**
   * {@return the number for a message, with what it is in 32 bits if that is another one: {@code
   * 0.99999999999 (as a 32-bit number 1.0)}}
   *
   * @param value a number
   */
  public static String text(double value) {
    String given = Double.toString(value);
    String used = Float.toString((float) value);
    return given.equals(used) ? given : given + " (as a 32-bit number " + used + ")";
  }
}
