package org.eqprop.core.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.kernel.ScalarActivation;

/**
 * The activation functions over a row: {@link ScalarActivation}, operation by operation.
 *
 * <p>Every loop has its whole body in one method. A helper that takes or returns a vector is
 * inlined only as long as its own compiled code is small ({@code InlineSmallCode}), and where it is
 * not, every call boxes its vectors; which of both happened depended on the order of compilation.
 *
 * <p>{@code lanewise(EXP)} is not used: its interpreted and compiled forms differ in the last bit,
 * and a cold run must equal a hot one. Clips are compare and blend, which keeps NaN and costs less
 * than the min/max of Java's semantics.
 */
final class VectorActivation {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;

  private VectorActivation() {}

  /** u = 1 / (1 + 2^(x·scale + shift)); u may be x. */
  static void sigmoid(float scale, float shift, float[] x, int xo, float[] u, int uo, int padded) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    FloatVector p5 = FloatVector.broadcast(S, ScalarActivation.P5);
    FloatVector factor = FloatVector.broadcast(S, scale);
    FloatVector offset = FloatVector.broadcast(S, shift);
    for (int i = 0; i < padded; i += VL) {
      FloatVector exponent = FloatVector.fromArray(S, x, xo + i).fma(factor, offset);
      FloatVector raised =
          exponent.blend(
              -ScalarActivation.LIMIT,
              exponent.compare(VectorOperators.LT, -ScalarActivation.LIMIT));
      FloatVector t =
          raised.blend(
              ScalarActivation.LIMIT, raised.compare(VectorOperators.GT, ScalarActivation.LIMIT));
      FloatVector shifted = t.add(ScalarActivation.ROUND);
      FloatVector f = t.sub(shifted.sub(ScalarActivation.ROUND));
      FloatVector p = p5.fma(f, FloatVector.broadcast(S, ScalarActivation.P4));
      p = p.fma(f, FloatVector.broadcast(S, ScalarActivation.P3));
      p = p.fma(f, FloatVector.broadcast(S, ScalarActivation.P2));
      p = p.fma(f, FloatVector.broadcast(S, ScalarActivation.P1));
      p = p.fma(f, one);
      IntVector n = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      FloatVector power = n.add(ScalarActivation.ONE_BITS).reinterpretAsFloats();
      one.div(p.fma(power, one)).intoArray(u, uo + i);
    }
  }

  /** u = tanh x; u may be x. */
  static void tanh(float[] x, int xo, float[] u, int uo, int padded) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    FloatVector p5 = FloatVector.broadcast(S, ScalarActivation.P5);
    FloatVector q3 = FloatVector.broadcast(S, ScalarActivation.Q3);
    for (int i = 0; i < padded; i += VL) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector magnitude = v.abs();
      FloatVector exponent = magnitude.mul(ScalarActivation.TANH_SCALE);
      FloatVector raised =
          exponent.blend(
              -ScalarActivation.LIMIT,
              exponent.compare(VectorOperators.LT, -ScalarActivation.LIMIT));
      FloatVector t =
          raised.blend(
              ScalarActivation.LIMIT, raised.compare(VectorOperators.GT, ScalarActivation.LIMIT));
      FloatVector shifted = t.add(ScalarActivation.ROUND);
      FloatVector f = t.sub(shifted.sub(ScalarActivation.ROUND));
      FloatVector p = p5.fma(f, FloatVector.broadcast(S, ScalarActivation.P4));
      p = p.fma(f, FloatVector.broadcast(S, ScalarActivation.P3));
      p = p.fma(f, FloatVector.broadcast(S, ScalarActivation.P2));
      p = p.fma(f, FloatVector.broadcast(S, ScalarActivation.P1));
      p = p.fma(f, one);
      IntVector n = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      FloatVector power = n.add(ScalarActivation.ONE_BITS).reinterpretAsFloats();
      FloatVector half = one.div(p.fma(power, one));
      FloatVector large = half.fma(FloatVector.broadcast(S, -2f), one);
      FloatVector signed = large.blend(large.neg(), v.compare(VectorOperators.LT, 0f));
      FloatVector square = v.mul(v);
      FloatVector q = q3.fma(square, FloatVector.broadcast(S, ScalarActivation.Q2));
      q = q.fma(square, FloatVector.broadcast(S, ScalarActivation.Q1));
      q = q.fma(square, FloatVector.broadcast(S, ScalarActivation.Q0));
      FloatVector small = square.mul(v).fma(q, v);
      VectorMask<Float> near = magnitude.compare(VectorOperators.LT, ScalarActivation.TANH_SMALL);
      signed.blend(small, near).intoArray(u, uo + i);
    }
  }

  /** u = min(max(x, 0), high); u may be x. */
  static void clip(float high, float[] x, int xo, float[] u, int uo, int padded) {
    for (int i = 0; i < padded; i += VL) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector raised = v.blend(0f, v.compare(VectorOperators.LT, 0f));
      raised.blend(high, raised.compare(VectorOperators.GT, high)).intoArray(u, uo + i);
    }
  }

  /** u = min(max(x/2, 0), 1); u may be x. */
  static void clipHalf(float[] x, int xo, float[] u, int uo, int padded) {
    for (int i = 0; i < padded; i += VL) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i).mul(ScalarActivation.HALF_SLOPE);
      FloatVector raised = v.blend(0f, v.compare(VectorOperators.LT, 0f));
      raised.blend(1f, raised.compare(VectorOperators.GT, 1f)).intoArray(u, uo + i);
    }
  }
}
