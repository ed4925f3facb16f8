package org.eqprop.core.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.kernel.ScalarActivation;

/**
 * The activation functions on vectors: {@link ScalarActivation}, operation by operation.
 *
 * <p>{@code lanewise(EXP)} is not used: its interpreted and compiled forms differ in the last bit,
 * and a cold run must equal a hot one. Clips are compare and blend, which keeps NaN and costs less
 * than the min/max of Java's semantics.
 */
final class VectorActivation {
  private static final VectorSpecies<Float> S = Width.SPECIES;

  private VectorActivation() {}

  static FloatVector sigmoid4(FloatVector x) {
    FloatVector t =
        x.fma(
            FloatVector.broadcast(S, ScalarActivation.SIGMOID_SCALE),
            FloatVector.broadcast(S, ScalarActivation.SIGMOID_SHIFT));
    FloatVector one = FloatVector.broadcast(S, 1f);
    return one.div(onePlusExp2(t));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector square = x.mul(x);
    FloatVector q =
        FloatVector.broadcast(S, ScalarActivation.Q3)
            .fma(square, FloatVector.broadcast(S, ScalarActivation.Q2));
    q = q.fma(square, FloatVector.broadcast(S, ScalarActivation.Q1));
    q = q.fma(square, FloatVector.broadcast(S, ScalarActivation.Q0));
    FloatVector small = square.mul(x).fma(q, x);
    FloatVector one = FloatVector.broadcast(S, 1f);
    FloatVector magnitude = x.abs();
    FloatVector half = one.div(onePlusExp2(magnitude.mul(ScalarActivation.TANH_SCALE)));
    FloatVector large = half.fma(FloatVector.broadcast(S, -2f), one);
    FloatVector signed = large.blend(large.neg(), x.compare(VectorOperators.LT, 0f));
    return signed.blend(small, magnitude.compare(VectorOperators.LT, ScalarActivation.TANH_SMALL));
  }

  static FloatVector clip(FloatVector x) {
    return within(x, 0f, 1f);
  }

  static FloatVector sigmoid4Slope(FloatVector u) {
    return u.mul(4f).mul(FloatVector.broadcast(S, 1f).sub(u));
  }

  static FloatVector tanhSlope(FloatVector u) {
    return u.neg().fma(u, FloatVector.broadcast(S, 1f));
  }

  /** 1 where 0 ≤ s ≤ 1, else 0. */
  static FloatVector hardSigmoidSlope(FloatVector s) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector one = FloatVector.broadcast(S, 1f);
    return zero.blend(
        one, s.compare(VectorOperators.GE, 0f).and(s.compare(VectorOperators.LE, 1f)));
  }

  private static FloatVector within(FloatVector x, float low, float high) {
    FloatVector raised = x.blend(FloatVector.broadcast(S, low), x.compare(VectorOperators.LT, low));
    return raised.blend(FloatVector.broadcast(S, high), raised.compare(VectorOperators.GT, high));
  }

  private static FloatVector onePlusExp2(FloatVector exponent) {
    FloatVector t = within(exponent, -ScalarActivation.LIMIT, ScalarActivation.LIMIT);
    FloatVector shifted = t.add(ScalarActivation.ROUND);
    FloatVector f = t.sub(shifted.sub(ScalarActivation.ROUND));
    FloatVector p =
        FloatVector.broadcast(S, ScalarActivation.P5)
            .fma(f, FloatVector.broadcast(S, ScalarActivation.P4));
    p = p.fma(f, FloatVector.broadcast(S, ScalarActivation.P3));
    p = p.fma(f, FloatVector.broadcast(S, ScalarActivation.P2));
    p = p.fma(f, FloatVector.broadcast(S, ScalarActivation.P1));
    p = p.fma(f, FloatVector.broadcast(S, 1f));
    IntVector n = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    FloatVector power = n.add(ScalarActivation.ONE_BITS).reinterpretAsFloats();
    return p.fma(power, FloatVector.broadcast(S, 1f));
  }
}
