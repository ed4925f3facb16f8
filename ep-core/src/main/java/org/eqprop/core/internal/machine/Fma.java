package org.eqprop.core.internal.machine;

/**
 * Fused multiply-add: a·b + c, rounded once, with the bits of {@link Math#fma(float, float,
 * float)}.
 *
 * <p>Where the processor has no such instruction (some virtual machines hide it) or the JVM does
 * not use it, {@code Math.fma} calculates with decimal numbers of any length: hundreds of times
 * slower, with garbage. Here it is then double arithmetic. The product of two floats is exact in
 * double, but the sum is not, and rounding it to double and then to float may differ from rounding
 * once. That happens only where the rounded sum lies exactly between two floats; there the sum is
 * first rounded to odd (Boldo and Melquiond, Emulation of FMA and correctly rounded sums, 2008).
 */
public final class Fma {
  /** Whether {@code Math.fma} is one instruction here. */
  private static final boolean HARDWARE = isFast();

  /** The bits of a double that a normal float does not have. */
  private static final long BEYOND_FLOAT = (1L << 29) - 1;

  /** What they are halfway between two floats. */
  private static final long HALF = 1L << 28;

  /** 2^27 + 1, which splits a double into two halves (Veltkamp). */
  private static final double SPLIT = 0x1p27 + 1;

  /** Within these magnitudes nothing in the double's steps overflows or loses bits at the end. */
  private static final double HIGH = 0x1p900;

  private static final double LOW = 0x1p-900;

  private static final int CALLS = 16;
  private static final int ROUNDS = 6;

  /** The decimal way takes at least 30 times as long as a multiplication and an addition. */
  private static final int MUCH_SLOWER = 8;

  private Fma() {}

  /**
   * {@return whether the processor and the JVM have a fused multiply-add; else it is put together
   * here}
   */
  public static boolean inHardware() {
    return HARDWARE;
  }

  /**
   * {@return a·b + c, rounded once}
   *
   * @param a a factor
   * @param b the other factor
   * @param c what is added
   */
  public static float fma(float a, float b, float c) {
    return HARDWARE ? Math.fma(a, b, c) : emulated(a, b, c);
  }

  /**
   * {@return a·b + c, rounded once}
   *
   * @param a a factor
   * @param b the other factor
   * @param c what is added
   */
  public static double fma(double a, double b, double c) {
    return HARDWARE ? Math.fma(a, b, c) : emulated(a, b, c);
  }

  static float emulated(float a, float b, float c) {
    double sum = (double) a * b + c;
    boolean between = (Double.doubleToRawLongBits(sum) & BEYOND_FLOAT) == HALF;
    return !between && Math.abs(sum) >= Float.MIN_NORMAL ? (float) sum : careful(a, b, c);
  }

  /** For what is halfway, or small, where floats have fewer bits; also 0 and NaN. */
  private static float careful(float a, float b, float c) {
    return (float) sumToOdd((double) a * b, c);
  }

  static double emulated(double a, double b, double c) {
    double product = a * b;
    double magnitude = Math.abs(product);
    boolean plain =
        magnitude < HIGH
            && magnitude > LOW
            && Math.abs(a) < HIGH
            && Math.abs(b) < HIGH
            && Math.abs(c) < HIGH
            && (Math.abs(c) > LOW || c == 0);
    if (!plain) {
      return Math.fma(a, b, c);
    }
    double rest = productError(a, b, product);
    double low = c + rest;
    double lowError = sumError(c, rest, low);
    double high = product + low;
    double highError = sumError(product, low, high);
    return high + sumToOdd(lowError, highError);
  }

  /** What a·b is more than {@code product}, which it was rounded to (Dekker). */
  private static double productError(double a, double b, double product) {
    double aHigh = upperHalf(a);
    double aLow = a - aHigh;
    double bHigh = upperHalf(b);
    double bLow = b - bHigh;
    return aLow * bLow - (((product - aHigh * bHigh) - aLow * bHigh) - aHigh * bLow);
  }

  private static double upperHalf(double x) {
    double scaled = SPLIT * x;
    return scaled - (scaled - x);
  }

  /** What x + y is more than {@code sum}, which it was rounded to (Knuth). */
  private static double sumError(double x, double y, double sum) {
    double ofY = sum - x;
    return (x - (sum - ofY)) + (y - ofY);
  }

  /** x + y, rounded to the neighbour whose last bit is 1 unless it is exact. */
  private static double sumToOdd(double x, double y) {
    double sum = x + y;
    double error = sumError(x, y, sum);
    if (!(error < 0 || error > 0)) {
      return sum;
    }
    long bits = Double.doubleToRawLongBits(sum);
    long towardsZero = (bits ^ Double.doubleToRawLongBits(error)) >>> 63;
    return Double.longBitsToDouble((bits - towardsZero) | 1);
  }

  /** Compares the time of calls with that of a multiplication and an addition: microseconds. */
  private static boolean isFast() {
    long fused = Long.MAX_VALUE;
    long plain = Long.MAX_VALUE;
    float x = 0.7f;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        x = Math.fma(x, 0.9999f, 0.1f);
      }
      long middle = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        x = plain(x, 0.9999f, 0.1f);
      }
      fused = Math.min(fused, middle - start);
      plain = Math.min(plain, System.nanoTime() - middle);
      if (round > 1 && fused < MUCH_SLOWER * plain) {
        return true;
      }
    }
    return Float.isNaN(x);
  }

  private static float plain(float a, float b, float c) {
    return a * b + c;
  }
}
