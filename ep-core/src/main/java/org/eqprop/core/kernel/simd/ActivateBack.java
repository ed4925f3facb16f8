package org.eqprop.core.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.ScalarActivation;
import org.eqprop.core.tensor.Rows;

/**
 * out = base + scale·σ′(x)·gradient, row by row, one loop for each activation with its whole body
 * in one method (see {@link VectorActivation}). The padding of gradient and base keeps that of out
 * zero.
 */
final class ActivateBack {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;

  private ActivateBack() {}

  static void activateBack(
      Activation activation,
      float scale,
      Rows x,
      Rows u,
      Rows gradient,
      Rows base,
      Rows out,
      int from,
      int to) {
    int padded = out.padded();
    float[] v = x.data();
    float[] z = u.data();
    float[] g = gradient.data();
    float[] b = base.data();
    float[] y = out.data();
    for (int r = from; r < to; r++) {
      int xo = x.index(r, 0);
      int uo = u.index(r, 0);
      int go = gradient.index(r, 0);
      int bo = base.index(r, 0);
      int yo = out.index(r, 0);
      switch (activation) {
        case SIGMOID4 ->
            sigmoid(ScalarActivation.SIGMOID4_RATE, scale, z, uo, g, go, b, bo, y, yo, padded);
        case HARD_SIGMOID -> ramp(1f, 1f, scale, v, xo, g, go, b, bo, y, yo, padded);
        case TANH -> tanh(scale, z, uo, g, go, b, bo, y, yo, padded);
        case SIGMOID ->
            sigmoid(ScalarActivation.SIGMOID_RATE, scale, z, uo, g, go, b, bo, y, yo, padded);
        case HARD_SIGMOID_HALF ->
            ramp(
                ScalarActivation.HALF_SLOPE,
                ScalarActivation.HALF_END,
                scale,
                v,
                xo,
                g,
                go,
                b,
                bo,
                y,
                yo,
                padded);
        case RELU6 ->
            ramp(1f, ScalarActivation.RELU_END, scale, v, xo, g, go, b, bo, y, yo, padded);
        case IDENTITY -> identity(scale, g, go, b, bo, y, yo, padded);
      }
    }
  }

  private static void sigmoid(
      float rate,
      float scale,
      float[] u,
      int uo,
      float[] g,
      int go,
      float[] b,
      int bo,
      float[] y,
      int yo,
      int padded) {
    FloatVector gain = FloatVector.broadcast(S, scale);
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < padded; i += VL) {
      FloatVector fed = FloatVector.fromArray(S, u, uo + i);
      FloatVector slope = fed.mul(rate).mul(one.sub(fed));
      FloatVector start = FloatVector.fromArray(S, b, bo + i);
      gain.mul(slope).fma(FloatVector.fromArray(S, g, go + i), start).intoArray(y, yo + i);
    }
  }

  private static void ramp(
      float rise,
      float end,
      float scale,
      float[] x,
      int xo,
      float[] g,
      int go,
      float[] b,
      int bo,
      float[] y,
      int yo,
      int padded) {
    FloatVector gain = FloatVector.broadcast(S, scale);
    for (int i = 0; i < padded; i += VL) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      VectorMask<Float> rising =
          v.compare(VectorOperators.GE, 0f).and(v.compare(VectorOperators.LE, end));
      FloatVector slope = FloatVector.zero(S).blend(rise, rising);
      FloatVector start = FloatVector.fromArray(S, b, bo + i);
      gain.mul(slope).fma(FloatVector.fromArray(S, g, go + i), start).intoArray(y, yo + i);
    }
  }

  private static void tanh(
      float scale,
      float[] u,
      int uo,
      float[] g,
      int go,
      float[] b,
      int bo,
      float[] y,
      int yo,
      int padded) {
    FloatVector gain = FloatVector.broadcast(S, scale);
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < padded; i += VL) {
      FloatVector fed = FloatVector.fromArray(S, u, uo + i);
      FloatVector slope = fed.neg().fma(fed, one);
      FloatVector start = FloatVector.fromArray(S, b, bo + i);
      gain.mul(slope).fma(FloatVector.fromArray(S, g, go + i), start).intoArray(y, yo + i);
    }
  }

  private static void identity(
      float scale, float[] g, int go, float[] b, int bo, float[] y, int yo, int padded) {
    FloatVector gain = FloatVector.broadcast(S, scale);
    for (int i = 0; i < padded; i += VL) {
      FloatVector start = FloatVector.fromArray(S, b, bo + i);
      gain.fma(FloatVector.fromArray(S, g, go + i), start).intoArray(y, yo + i);
    }
  }
}
