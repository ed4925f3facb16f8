package org.eqprop.core.kernel.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.ScalarActivation;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * The elementwise half of a relaxation step, row by row while the row is in the first-level cache.
 *
 * <p>One loop for each activation, so that each is a plain vector loop without branches. A row's
 * padding is computed along and then set back to zero.
 */
final class RelaxStep {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;

  private RelaxStep() {}

  /** s ← s + ε·(target − s). */
  static void approach(float epsilon, Rows target, Rows s, int from, int to) {
    int padded = s.padded();
    for (int r = from; r < to; r++) {
      approach(epsilon, target.data(), target.index(r, 0), s.data(), s.index(r, 0), padded);
    }
  }

  /** A row. Its vector of ε lives in one loop only: across two, C2 may make it an object. */
  private static void approach(float epsilon, float[] x, int xo, float[] y, int yo, int padded) {
    FloatVector gain = FloatVector.broadcast(S, epsilon);
    for (int i = 0; i < padded; i += VL) {
      FloatVector old = FloatVector.fromArray(S, y, yo + i);
      gain.fma(FloatVector.fromArray(S, x, xo + i).sub(old), old).intoArray(y, yo + i);
    }
  }

  /** u ← σ(x); u may be x. */
  static void activate(Activation activation, Rows x, Rows u, int from, int to) {
    int padded = u.padded();
    for (int r = from; r < to; r++) {
      int xo = x.index(r, 0);
      int uo = u.index(r, 0);
      switch (activation) {
        case SIGMOID4 ->
            VectorActivation.sigmoid(
                ScalarActivation.SIGMOID_SCALE,
                ScalarActivation.SIGMOID_SHIFT,
                x.data(),
                xo,
                u.data(),
                uo,
                padded);
        case HARD_SIGMOID -> VectorActivation.clip(1f, x.data(), xo, u.data(), uo, padded);
        case TANH -> VectorActivation.tanh(x.data(), xo, u.data(), uo, padded);
        case SIGMOID ->
            VectorActivation.sigmoid(
                -ScalarActivation.LOG2_E, 0f, x.data(), xo, u.data(), uo, padded);
        case HARD_SIGMOID_HALF -> VectorActivation.clipHalf(x.data(), xo, u.data(), uo, padded);
        case RELU6 ->
            VectorActivation.clip(ScalarActivation.RELU_END, x.data(), xo, u.data(), uo, padded);
        case IDENTITY -> System.arraycopy(x.data(), xo, u.data(), uo, padded);
      }
      clearPadding(u, r);
    }
  }

  /** s ← (1−ε)·s + ε·σ′(s)·a; without {@code slope}, σ′ is left out. */
  static void descend(
      Activation activation,
      boolean slope,
      float epsilon,
      Rows a,
      Rows s,
      Rows u,
      int from,
      int to) {
    int padded = s.padded();
    float[] x = a.data();
    float[] y = s.data();
    float[] z = u.data();
    Activation kind = slope ? activation : Activation.IDENTITY;
    for (int r = from; r < to; r++) {
      int ao = a.index(r, 0);
      int so = s.index(r, 0);
      int uo = u.index(r, 0);
      switch (kind) {
        case SIGMOID4 ->
            descendSigmoid(ScalarActivation.SIGMOID4_RATE, epsilon, x, ao, y, so, z, uo, padded);
        case HARD_SIGMOID -> descendRamp(1f, 1f, epsilon, x, ao, y, so, padded);
        case TANH -> descendTanh(epsilon, x, ao, y, so, z, uo, padded);
        case SIGMOID ->
            descendSigmoid(ScalarActivation.SIGMOID_RATE, epsilon, x, ao, y, so, z, uo, padded);
        case HARD_SIGMOID_HALF ->
            descendRamp(
                ScalarActivation.HALF_SLOPE,
                ScalarActivation.HALF_END,
                epsilon,
                x,
                ao,
                y,
                so,
                padded);
        case RELU6 -> descendRamp(1f, ScalarActivation.RELU_END, epsilon, x, ao, y, so, padded);
        case IDENTITY -> descendLinear(epsilon, x, ao, y, so, s.size());
      }
    }
  }

  /** s ← s + drift. The output layer's few columns: not worth a vector loop. */
  static void add(@Nullable Rows drift, Rows s, int from, int to) {
    if (drift == null) {
      return;
    }
    float[] x = drift.data();
    float[] y = s.data();
    for (int r = from; r < to; r++) {
      int xo = drift.index(r, 0);
      int yo = s.index(r, 0);
      for (int i = 0; i < s.size(); i++) {
        y[yo + i] += x[xo + i];
      }
    }
  }

  private static void clearPadding(Rows rows, int row) {
    if (rows.size() != rows.padded()) {
      Arrays.fill(rows.data(), rows.index(row, rows.size()), rows.index(row, rows.padded()), 0f);
    }
  }

  private static void descendSigmoid(
      float rate,
      float epsilon,
      float[] a,
      int ao,
      float[] s,
      int so,
      float[] u,
      int uo,
      int padded) {
    FloatVector gain = FloatVector.broadcast(S, epsilon);
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < padded; i += VL) {
      FloatVector old = FloatVector.fromArray(S, s, so + i);
      FloatVector fed = FloatVector.fromArray(S, u, uo + i);
      FloatVector slope = fed.mul(rate).mul(one.sub(fed));
      FloatVector pull = FloatVector.fromArray(S, a, ao + i).fma(slope, old.neg());
      gain.fma(pull, old).intoArray(s, so + i);
    }
  }

  private static void descendRamp(
      float rise, float end, float epsilon, float[] a, int ao, float[] s, int so, int padded) {
    FloatVector gain = FloatVector.broadcast(S, epsilon);
    for (int i = 0; i < padded; i += VL) {
      FloatVector old = FloatVector.fromArray(S, s, so + i);
      VectorMask<Float> inside =
          old.compare(VectorOperators.GE, 0f).and(old.compare(VectorOperators.LE, end));
      FloatVector slope = FloatVector.zero(S).blend(rise, inside);
      FloatVector pull = FloatVector.fromArray(S, a, ao + i).fma(slope, old.neg());
      gain.fma(pull, old).intoArray(s, so + i);
    }
  }

  private static void descendTanh(
      float epsilon, float[] a, int ao, float[] s, int so, float[] u, int uo, int padded) {
    FloatVector gain = FloatVector.broadcast(S, epsilon);
    for (int i = 0; i < padded; i += VL) {
      FloatVector old = FloatVector.fromArray(S, s, so + i);
      FloatVector fed = FloatVector.fromArray(S, u, uo + i);
      FloatVector slope = fed.neg().fma(fed, FloatVector.broadcast(S, 1f));
      FloatVector pull = FloatVector.fromArray(S, a, ao + i).fma(slope, old.neg());
      gain.fma(pull, old).intoArray(s, so + i);
    }
  }

  /** The program's linear output layer: few columns, so plain Java, which cannot box vectors. */
  private static void descendLinear(float epsilon, float[] a, int ao, float[] s, int so, int size) {
    for (int i = 0; i < size; i++) {
      float old = s[so + i];
      s[so + i] = Math.fma(epsilon, Math.fma(a[ao + i], 1f, -old), old);
    }
  }
}
