package org.eqprop.core.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.eqprop.core.testing.Java;
import org.junit.jupiter.api.Test;

/** What is put together from doubles has the bits of {@link Math#fma}. */
class FmaTest {
  private static final int RANDOM = 2_000_000;

  private static final float[] EDGES = {
    0f,
    Float.MIN_VALUE,
    3 * Float.MIN_VALUE,
    Math.nextDown(Float.MIN_NORMAL),
    Float.MIN_NORMAL,
    Math.nextUp(Float.MIN_NORMAL),
    0x1p-75f,
    0x1p-74f,
    0x1.8p-75f,
    0x1.000002p-63f,
    0x1p-24f,
    0x1p-25f,
    0x1.000002p-25f,
    0x1.fffffep-26f,
    0x1.fffffep-1f,
    1f,
    0x1.000002p0f,
    0x1.8p0f,
    3f,
    0x1p23f,
    0x1.000002p24f,
    0x1.fffffep63f,
    0x1p64f,
    0x1p104f,
    Math.nextDown(Float.MAX_VALUE),
    Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NaN
  };

  /** Run in a JVM of its own. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      System.out.println(Fma.inHardware());
    }
  }

  private int roundedTwice;

  private void check(float a, float b, float c) {
    float expected = Math.fma(a, b, c);
    float actual = Fma.emulated(a, b, c);
    if (Float.floatToIntBits(actual) != Float.floatToIntBits(expected)) {
      throw new AssertionError(a + " · " + b + " + " + c + ": " + actual + ", not " + expected);
    }
    if (Float.compare((float) ((double) a * b + c), expected) != 0) {
      roundedTwice++;
    }
  }

  private static void check(double a, double b, double c) {
    double expected = Math.fma(a, b, c);
    double actual = Fma.emulated(a, b, c);
    if (Double.doubleToLongBits(actual) != Double.doubleToLongBits(expected)) {
      throw new AssertionError(a + " · " + b + " + " + c + ": " + actual + ", not " + expected);
    }
  }

  @Test
  void edgesOfFloat() {
    for (float a : EDGES) {
      for (float b : EDGES) {
        for (float c : EDGES) {
          for (int signs = 0; signs < 8; signs++) {
            check((signs & 1) == 0 ? a : -a, (signs & 2) == 0 ? b : -b, (signs & 4) == 0 ? c : -c);
          }
        }
      }
    }
    assertThat(roundedTwice).isPositive();
  }

  @Test
  void anyFloats() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < RANDOM; i++) {
      check(
          Float.intBitsToFloat(random.nextInt()),
          Float.intBitsToFloat(random.nextInt()),
          Float.intBitsToFloat(random.nextInt()));
      float a = random.nextFloat() - 0.5f;
      check(a, random.nextFloat(), random.nextFloat() * a);
    }
  }

  /** The exact sum is a hair beside the middle of two floats, of any size. */
  @Test
  void almostHalfwayBetweenTwoFloats() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < RANDOM; i++) {
      float c = Float.intBitsToFloat(random.nextInt());
      float hair = Math.scalb(1f, -random.nextInt(10, 24));
      int shift = random.nextInt(60);
      float a = Math.scalb(1 + hair, shift);
      float half = Math.scalb(Math.ulp(c), -1 - shift) * (random.nextBoolean() ? 1 : -1);
      check(a, half * (1 - hair), c); // half of the last place, less the square of the hair
      check(a, half * (1 + hair), c);
      check(Math.scalb(1f, shift), half, c);
    }
    assertThat(roundedTwice).isGreaterThan(1000);
  }

  /** Results that have fewer bits than others, and those that are only just 0. */
  @Test
  void resultsBelowTheNormalFloats() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < RANDOM; i++) {
      float a = Math.scalb(random.nextFloat(), -70 - random.nextInt(10));
      float b = Math.scalb(random.nextFloat(), -50 - random.nextInt(30));
      float c = random.nextInt(1 << 24) * Float.MIN_VALUE * (random.nextBoolean() ? 1 : -1);
      check(a, b, c);
      check(a, b, (float) (-(double) a * b));
      float hair = Math.scalb(1f, -random.nextInt(10, 24));
      check(Math.scalb(1 + hair, -75), Math.scalb(1 - hair, -75), c);
    }
    assertThat(roundedTwice).isPositive();
  }

  @Test
  void edgesOfDouble() {
    double[] doubles = new double[EDGES.length + 8];
    for (int i = 0; i < EDGES.length; i++) {
      doubles[i] = EDGES[i];
    }
    double[] more = {
      Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE, 0x1p-900, 0x1p900, 0x1p53, 0x1p-53, 0.1
    };
    System.arraycopy(more, 0, doubles, EDGES.length, more.length);
    for (double a : doubles) {
      for (double b : doubles) {
        for (double c : doubles) {
          for (int signs = 0; signs < 4; signs++) {
            check((signs & 1) == 0 ? a : -a, b, (signs & 2) == 0 ? c : -c);
          }
        }
      }
    }
  }

  @Test
  void anyDoubles() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < RANDOM; i++) {
      double a = random.nextDouble() - 0.5;
      double b = random.nextDouble();
      check(a, b, random.nextDouble());
      check(a, b, -(a * b));
      check(a, b, Math.scalb(random.nextDouble() - 0.5, random.nextInt(-120, 120)));
      double c = 1 + random.nextInt(1000) * Math.ulp(1.0);
      double half = 0.5 * Math.ulp(c) * (1 + Math.scalb(1.0, -random.nextInt(53)));
      check(half * (1L << 40), Math.scalb(1.0, -40), c);
      check(half * (1 + 0x1p-52), 1 - 0x1p-53, -c);
    }
  }

  @Test
  void anyBitsOfDoubles() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < RANDOM / 10; i++) {
      check(
          Double.longBitsToDouble(random.nextLong()),
          Double.longBitsToDouble(random.nextLong()),
          Double.longBitsToDouble(random.nextLong()));
    }
  }

  @Test
  void aJvmWithoutTheInstructionIsRecognised() {
    assertThat(Java.run(Main.class, "-XX:-UseFMA").strip()).isEqualTo("false");
    assertThat(Java.run(Main.class, "-XX:-UseFMA", "-Xint").strip()).isEqualTo("false");
  }
}
