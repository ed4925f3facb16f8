package org.eqprop.core.kernel;

import org.eqprop.core.internal.machine.Fma;

/**
 * The activation functions one element at a time: the definition that every kernel follows
 * operation by operation.
 *
 * <p>The smooth functions (tanh from ±{@value #TANH_SMALL} outwards) stand on 2^t: t is split into
 * the nearest integer n (by adding and subtracting 1.5·2^23) and a rest f in [−½, ½]; 2^f is a
 * polynomial of degree 5 (relative error 9e-8, fitted for this project by iterated least squares on
 * Chebyshev nodes); 2^n is put together from its exponent bits, and 1 + 2^f·2^n is one fused
 * multiply-add.
 */
public final class ScalarActivation {
  /** 1.5·2^23: adding it leaves round(t) in the lowest mantissa bits. */
  public static final float ROUND = 12582912f;

  /** |t| is held below this, so that 2^t neither overflows nor is denormal. */
  public static final float LIMIT = 64f;

  /** The bits of 1, to which n is added in the exponent. */
  public static final int ONE_BITS = 0x3f800000;

  /** −4·log2(e): exp(−4(x − ½)) = 2^(x·SIGMOID_SCALE + SIGMOID_SHIFT). */
  public static final float SIGMOID_SCALE = (float) (-4 / Math.log(2));

  /** The rate of {@link Activation#SIGMOID4}; its slope is at most a quarter of it. */
  public static final float SIGMOID4_RATE = 4f;

  /** The rate of {@link Activation#SIGMOID}. */
  public static final float SIGMOID_RATE = 1f;

  /** 2·log2(e). */
  public static final float SIGMOID_SHIFT = (float) (2 / Math.log(2));

  /** 2·log2(e): exp(2|x|) = 2^(|x|·TANH_SCALE). */
  public static final float TANH_SCALE = (float) (2 / Math.log(2));

  /** log2(e): exp(x) = 2^(x·LOG2_E). */
  public static final float LOG2_E = (float) (1 / Math.log(2));

  /** The slope of {@link Activation#HARD_SIGMOID_HALF} on its ramp. */
  public static final float HALF_SLOPE = 0.5f;

  /** Where the ramp of {@link Activation#HARD_SIGMOID_HALF} ends. */
  public static final float HALF_END = 2f;

  /** Where the ramp of {@link Activation#RELU6} ends, which is also its largest value. */
  public static final float RELU_END = 6f;

  /** Below this |x|, tanh x = x + x³·Q(x²), whose relative error does not grow towards 0. */
  public static final float TANH_SMALL = 0.625f;

  /** Constant coefficient of Q; fitted like those of 2^f, relative error of tanh 2e-8. */
  public static final float Q0 = -0.33332342f;

  /** Coefficient of x² in Q. */
  public static final float Q1 = 0.13308175f;

  /** Coefficient of x⁴ in Q. */
  public static final float Q2 = -0.051947907f;

  /** Coefficient of x⁶ in Q. */
  public static final float Q3 = 0.015195373f;

  /** Coefficients of 2^f, from the second to the sixth; the first is 1. */
  public static final float P1 = 0.693147f;

  /** Coefficient of f². */
  public static final float P2 = 0.24022242f;

  /** Coefficient of f³. */
  public static final float P3 = 0.055507336f;

  /** Coefficient of f⁴. */
  public static final float P4 = 0.009671513f;

  /** Coefficient of f⁵. */
  public static final float P5 = 0.0013264726f;

  private ScalarActivation() {}

  /**
   * {@return σ(x)} NaN stays NaN.
   *
   * @param activation σ
   * @param x a number
   */
  public static float value(Activation activation, float x) {
    return switch (activation) {
      case SIGMOID4 -> 1f / onePlusExp2(Fma.fma(x, SIGMOID_SCALE, SIGMOID_SHIFT));
      case HARD_SIGMOID -> clip(x);
      case TANH -> tanh(x);
      case SIGMOID -> 1f / onePlusExp2(Fma.fma(x, -LOG2_E, 0f));
      case HARD_SIGMOID_HALF -> clip(x * HALF_SLOPE);
      case RELU6 -> clip(x, RELU_END);
      case IDENTITY -> x;
    };
  }

  /**
   * {@return σ′(x), where u = σ(x)}
   *
   * @param activation σ
   * @param x a number
   * @param u σ(x)
   */
  public static float slope(Activation activation, float x, float u) {
    return switch (activation) {
      case SIGMOID4 -> (SIGMOID4_RATE * u) * (1f - u);
      case HARD_SIGMOID -> x >= 0f && x <= 1f ? 1f : 0f;
      case TANH -> Fma.fma(-u, u, 1f);
      case SIGMOID -> (SIGMOID_RATE * u) * (1f - u);
      case HARD_SIGMOID_HALF -> x >= 0f && x <= HALF_END ? HALF_SLOPE : 0f;
      case RELU6 -> x >= 0f && x <= RELU_END ? 1f : 0f;
      case IDENTITY -> 1f;
    };
  }

  /**
   * {@return σ″, where u = σ(x) and {@code slope} = σ′(x); 0 where σ is made of straight lines}
   *
   * @param activation σ
   * @param u σ(x)
   * @param slope σ′(x)
   */
  public static float curvature(Activation activation, float u, float slope) {
    return switch (activation) {
      case SIGMOID4 -> Fma.fma(-2f * SIGMOID4_RATE, u, SIGMOID4_RATE) * slope;
      case HARD_SIGMOID, HARD_SIGMOID_HALF, RELU6, IDENTITY -> 0f;
      case TANH -> (-2f * u) * slope;
      case SIGMOID -> Fma.fma(-2f * SIGMOID_RATE, u, SIGMOID_RATE) * slope;
    };
  }

  /**
   * {@return exp(x), held between 2^−64 and 2^64; the relative error is below 2e-7 + |x|·2e-7} NaN
   * stays NaN.
   *
   * @param x a number
   */
  public static float exp(float x) {
    float exponent = x * LOG2_E;
    float low = exponent < -LIMIT ? -LIMIT : exponent;
    float t = low > LIMIT ? LIMIT : low;
    float shifted = t + ROUND;
    return exp2(t - (shifted - ROUND)) * power(shifted);
  }

  /**
   * {@return min(max(x, 0), 1)} NaN stays NaN.
   *
   * @param x a number
   */
  public static float clip(float x) {
    return clip(x, 1f);
  }

  /**
   * {@return min(max(x, 0), high)} NaN stays NaN.
   *
   * @param x a number
   * @param high the upper end
   */
  public static float clip(float x, float high) {
    float low = x < 0f ? 0f : x;
    return low > high ? high : low;
  }

  private static float tanh(float x) {
    float magnitude = Math.abs(x);
    if (magnitude < TANH_SMALL) {
      float square = x * x;
      float q = Fma.fma(Q3, square, Q2);
      q = Fma.fma(q, square, Q1);
      q = Fma.fma(q, square, Q0);
      return Fma.fma(square * x, q, x);
    }
    float large = Fma.fma(-2f, 1f / onePlusExp2(magnitude * TANH_SCALE), 1f);
    return x < 0f ? -large : large;
  }

  /** 1 + 2^exponent, rounded once; NaN stays NaN, whatever its bits. */
  private static float onePlusExp2(float exponent) {
    float low = exponent < -LIMIT ? -LIMIT : exponent;
    float t = low > LIMIT ? LIMIT : low;
    float shifted = t + ROUND;
    return Fma.fma(exp2(t - (shifted - ROUND)), power(shifted), 1f);
  }

  /** 2^f for f in [−½, ½]. */
  private static float exp2(float f) {
    float p = Fma.fma(P5, f, P4);
    p = Fma.fma(p, f, P3);
    p = Fma.fma(p, f, P2);
    p = Fma.fma(p, f, P1);
    return Fma.fma(p, f, 1f);
  }

  /** 2^n, where n is in the lowest mantissa bits. */
  private static float power(float shifted) {
    return Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + ONE_BITS);
  }
}
