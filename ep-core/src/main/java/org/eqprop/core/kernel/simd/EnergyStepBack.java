package org.eqprop.core.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.ScalarActivation;
import org.eqprop.core.tensor.Rows;

/**
 * The energy-based step backward, row by row, one loop for each activation with its whole body in
 * one method (see {@link VectorActivation}). Whether the step was clipped is computed again from a
 * and s, bit for bit as in the step. Without a clamp the bounds are infinite. The padding of the
 * gradient keeps that of both results zero.
 */
final class EnergyStepBack {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;

  private EnergyStepBack() {}

  static void step(
      Activation activation,
      float epsilon,
      boolean clamp,
      Rows a,
      Rows s,
      Rows u,
      Rows gradient,
      Rows delta,
      int from,
      int to) {
    int padded = s.padded();
    float low = clamp ? 0f : Float.NEGATIVE_INFINITY;
    float high = clamp ? 1f : Float.POSITIVE_INFINITY;
    float[] x = a.data();
    float[] y = s.data();
    float[] z = u.data();
    float[] g = gradient.data();
    float[] d = delta.data();
    for (int r = from; r < to; r++) {
      int xo = a.index(r, 0);
      int yo = s.index(r, 0);
      int zo = u.index(r, 0);
      int go = gradient.index(r, 0);
      int o = delta.index(r, 0);
      switch (activation) {
        case SIGMOID4 -> {
          float rate = ScalarActivation.SIGMOID4_RATE;
          sigmoid(rate, epsilon, low, high, x, xo, y, yo, z, zo, g, go, d, o, padded);
        }
        case HARD_SIGMOID -> ramp(1f, 1f, epsilon, low, high, x, xo, y, yo, g, go, d, o, padded);
        case TANH -> tanh(epsilon, low, high, x, xo, y, yo, z, zo, g, go, d, o, padded);
        case SIGMOID -> {
          float rate = ScalarActivation.SIGMOID_RATE;
          sigmoid(rate, epsilon, low, high, x, xo, y, yo, z, zo, g, go, d, o, padded);
        }
        case HARD_SIGMOID_HALF -> {
          float rise = ScalarActivation.HALF_SLOPE;
          float end = ScalarActivation.HALF_END;
          ramp(rise, end, epsilon, low, high, x, xo, y, yo, g, go, d, o, padded);
        }
        case RELU6 -> {
          float end = ScalarActivation.RELU_END;
          ramp(1f, end, epsilon, low, high, x, xo, y, yo, g, go, d, o, padded);
        }
        case IDENTITY -> linear(epsilon, low, high, x, xo, y, yo, g, go, d, o, padded);
      }
    }
  }

  private static void sigmoid(
      float rate,
      float epsilon,
      float low,
      float high,
      float[] a,
      int ao,
      float[] s,
      int so,
      float[] u,
      int uo,
      float[] g,
      int go,
      float[] d,
      int o,
      int padded) {
    FloatVector gain = FloatVector.broadcast(S, epsilon);
    FloatVector rest = FloatVector.broadcast(S, 1f - epsilon);
    FloatVector fall = FloatVector.broadcast(S, -2f * rate);
    FloatVector height = FloatVector.broadcast(S, rate);
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < padded; i += VL) {
      FloatVector input = FloatVector.fromArray(S, a, ao + i);
      FloatVector old = FloatVector.fromArray(S, s, so + i);
      FloatVector fed = FloatVector.fromArray(S, u, uo + i);
      FloatVector slope = fed.mul(rate).mul(one.sub(fed));
      FloatVector next = gain.fma(input.fma(slope, old.neg()), old);
      VectorMask<Float> inside =
          next.compare(VectorOperators.GE, low).and(next.compare(VectorOperators.LE, high));
      FloatVector passed = FloatVector.zero(S).blend(one, inside);
      FloatVector h = FloatVector.fromArray(S, g, go + i).mul(passed);
      gain.mul(slope).mul(h).intoArray(d, o + i);
      FloatVector bend = fall.fma(fed, height).mul(slope);
      gain.mul(input).fma(bend, rest).mul(h).intoArray(g, go + i);
    }
  }

  private static void ramp(
      float rise,
      float end,
      float epsilon,
      float low,
      float high,
      float[] a,
      int ao,
      float[] s,
      int so,
      float[] g,
      int go,
      float[] d,
      int o,
      int padded) {
    FloatVector gain = FloatVector.broadcast(S, epsilon);
    FloatVector rest = FloatVector.broadcast(S, 1f - epsilon);
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < padded; i += VL) {
      FloatVector input = FloatVector.fromArray(S, a, ao + i);
      FloatVector old = FloatVector.fromArray(S, s, so + i);
      VectorMask<Float> rising =
          old.compare(VectorOperators.GE, 0f).and(old.compare(VectorOperators.LE, end));
      FloatVector slope = FloatVector.zero(S).blend(rise, rising);
      FloatVector next = gain.fma(input.fma(slope, old.neg()), old);
      VectorMask<Float> inside =
          next.compare(VectorOperators.GE, low).and(next.compare(VectorOperators.LE, high));
      FloatVector passed = FloatVector.zero(S).blend(one, inside);
      FloatVector h = FloatVector.fromArray(S, g, go + i).mul(passed);
      gain.mul(slope).mul(h).intoArray(d, o + i);
      FloatVector bend = FloatVector.zero(S);
      gain.mul(input).fma(bend, rest).mul(h).intoArray(g, go + i);
    }
  }

  private static void tanh(
      float epsilon,
      float low,
      float high,
      float[] a,
      int ao,
      float[] s,
      int so,
      float[] u,
      int uo,
      float[] g,
      int go,
      float[] d,
      int o,
      int padded) {
    FloatVector gain = FloatVector.broadcast(S, epsilon);
    FloatVector rest = FloatVector.broadcast(S, 1f - epsilon);
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < padded; i += VL) {
      FloatVector input = FloatVector.fromArray(S, a, ao + i);
      FloatVector old = FloatVector.fromArray(S, s, so + i);
      FloatVector fed = FloatVector.fromArray(S, u, uo + i);
      FloatVector slope = fed.neg().fma(fed, one);
      FloatVector next = gain.fma(input.fma(slope, old.neg()), old);
      VectorMask<Float> inside =
          next.compare(VectorOperators.GE, low).and(next.compare(VectorOperators.LE, high));
      FloatVector passed = FloatVector.zero(S).blend(one, inside);
      FloatVector h = FloatVector.fromArray(S, g, go + i).mul(passed);
      gain.mul(slope).mul(h).intoArray(d, o + i);
      FloatVector bend = fed.mul(-2f).mul(slope);
      gain.mul(input).fma(bend, rest).mul(h).intoArray(g, go + i);
    }
  }

  private static void linear(
      float epsilon,
      float low,
      float high,
      float[] a,
      int ao,
      float[] s,
      int so,
      float[] g,
      int go,
      float[] d,
      int o,
      int padded) {
    FloatVector gain = FloatVector.broadcast(S, epsilon);
    FloatVector rest = FloatVector.broadcast(S, 1f - epsilon);
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < padded; i += VL) {
      FloatVector input = FloatVector.fromArray(S, a, ao + i);
      FloatVector old = FloatVector.fromArray(S, s, so + i);
      FloatVector next = gain.fma(input.fma(one, old.neg()), old);
      VectorMask<Float> inside =
          next.compare(VectorOperators.GE, low).and(next.compare(VectorOperators.LE, high));
      FloatVector passed = FloatVector.zero(S).blend(one, inside);
      FloatVector h = FloatVector.fromArray(S, g, go + i).mul(passed);
      gain.mul(h).intoArray(d, o + i);
      FloatVector bend = FloatVector.zero(S);
      gain.mul(input).fma(bend, rest).mul(h).intoArray(g, go + i);
    }
  }
}
