package org.eqprop.core.kernel.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.kernel.Activation;
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

  /** s ← (1−ε)·s + ε·σ(a) for ε &lt; 1 and any activation but the identity. */
  static void leak(Activation activation, float epsilon, Rows a, Rows s, int from, int to) {
    int padded = s.padded();
    for (int r = from; r < to; r++) {
      int ao = a.index(r, 0);
      int so = s.index(r, 0);
      switch (activation) {
        case SIGMOID4 -> leakSigmoid4(epsilon, a.data(), ao, s.data(), so, padded);
        case HARD_SIGMOID -> leakHardSigmoid(epsilon, a.data(), ao, s.data(), so, padded);
        case TANH -> leakTanh(epsilon, a.data(), ao, s.data(), so, padded);
        case IDENTITY -> throw new IllegalArgumentException("identity");
      }
      clearPadding(s, r);
    }
  }

  /** u ← σ(x); u may be x. */
  static void activate(Activation activation, Rows x, Rows u, int from, int to) {
    int padded = u.padded();
    for (int r = from; r < to; r++) {
      int xo = x.index(r, 0);
      int uo = u.index(r, 0);
      switch (activation) {
        case SIGMOID4 -> activateSigmoid4(x.data(), xo, u.data(), uo, padded);
        case HARD_SIGMOID -> activateHardSigmoid(x.data(), xo, u.data(), uo, padded);
        case TANH -> activateTanh(x.data(), xo, u.data(), uo, padded);
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
    Activation kind = slope ? activation : Activation.IDENTITY;
    for (int r = from; r < to; r++) {
      int ao = a.index(r, 0);
      int so = s.index(r, 0);
      int uo = u.index(r, 0);
      switch (kind) {
        case SIGMOID4 -> descendSigmoid4(epsilon, a.data(), ao, s.data(), so, u.data(), uo, padded);
        case HARD_SIGMOID -> descendHardSigmoid(epsilon, a.data(), ao, s.data(), so, padded);
        case TANH -> descendTanh(epsilon, a.data(), ao, s.data(), so, u.data(), uo, padded);
        case IDENTITY -> descendLinear(epsilon, a.data(), ao, s.data(), so, padded);
      }
    }
  }

  /** s ← s + drift. */
  static void add(@Nullable Rows drift, Rows s, int from, int to) {
    if (drift == null) {
      return;
    }
    int padded = s.padded();
    float[] x = drift.data();
    float[] y = s.data();
    for (int r = from; r < to; r++) {
      int xo = drift.index(r, 0);
      int yo = s.index(r, 0);
      for (int i = 0; i < padded; i += VL) {
        FloatVector.fromArray(S, y, yo + i)
            .add(FloatVector.fromArray(S, x, xo + i))
            .intoArray(y, yo + i);
      }
    }
  }

  private static void clearPadding(Rows rows, int row) {
    if (rows.size() != rows.padded()) {
      Arrays.fill(rows.data(), rows.index(row, rows.size()), rows.index(row, rows.padded()), 0f);
    }
  }

  private static void leakSigmoid4(
      float epsilon, float[] a, int ao, float[] s, int so, int padded) {
    FloatVector gain = FloatVector.broadcast(S, epsilon);
    for (int i = 0; i < padded; i += VL) {
      FloatVector sigma = VectorActivation.sigmoid4(FloatVector.fromArray(S, a, ao + i));
      FloatVector old = FloatVector.fromArray(S, s, so + i);
      gain.fma(sigma.sub(old), old).intoArray(s, so + i);
    }
  }

  private static void leakHardSigmoid(
      float epsilon, float[] a, int ao, float[] s, int so, int padded) {
    FloatVector gain = FloatVector.broadcast(S, epsilon);
    for (int i = 0; i < padded; i += VL) {
      FloatVector sigma = VectorActivation.clip(FloatVector.fromArray(S, a, ao + i));
      FloatVector old = FloatVector.fromArray(S, s, so + i);
      gain.fma(sigma.sub(old), old).intoArray(s, so + i);
    }
  }

  private static void leakTanh(float epsilon, float[] a, int ao, float[] s, int so, int padded) {
    FloatVector gain = FloatVector.broadcast(S, epsilon);
    for (int i = 0; i < padded; i += VL) {
      FloatVector sigma = VectorActivation.tanh(FloatVector.fromArray(S, a, ao + i));
      FloatVector old = FloatVector.fromArray(S, s, so + i);
      gain.fma(sigma.sub(old), old).intoArray(s, so + i);
    }
  }

  private static void activateSigmoid4(float[] x, int xo, float[] u, int uo, int padded) {
    for (int i = 0; i < padded; i += VL) {
      VectorActivation.sigmoid4(FloatVector.fromArray(S, x, xo + i)).intoArray(u, uo + i);
    }
  }

  private static void activateHardSigmoid(float[] x, int xo, float[] u, int uo, int padded) {
    for (int i = 0; i < padded; i += VL) {
      VectorActivation.clip(FloatVector.fromArray(S, x, xo + i)).intoArray(u, uo + i);
    }
  }

  private static void activateTanh(float[] x, int xo, float[] u, int uo, int padded) {
    for (int i = 0; i < padded; i += VL) {
      VectorActivation.tanh(FloatVector.fromArray(S, x, xo + i)).intoArray(u, uo + i);
    }
  }

  private static void descendSigmoid4(
      float epsilon, float[] a, int ao, float[] s, int so, float[] u, int uo, int padded) {
    FloatVector gain = FloatVector.broadcast(S, epsilon);
    for (int i = 0; i < padded; i += VL) {
      FloatVector old = FloatVector.fromArray(S, s, so + i);
      FloatVector slope = VectorActivation.sigmoid4Slope(FloatVector.fromArray(S, u, uo + i));
      FloatVector pull = FloatVector.fromArray(S, a, ao + i).fma(slope, old.neg());
      gain.fma(pull, old).intoArray(s, so + i);
    }
  }

  private static void descendHardSigmoid(
      float epsilon, float[] a, int ao, float[] s, int so, int padded) {
    FloatVector gain = FloatVector.broadcast(S, epsilon);
    for (int i = 0; i < padded; i += VL) {
      FloatVector old = FloatVector.fromArray(S, s, so + i);
      FloatVector slope = VectorActivation.hardSigmoidSlope(old);
      FloatVector pull = FloatVector.fromArray(S, a, ao + i).fma(slope, old.neg());
      gain.fma(pull, old).intoArray(s, so + i);
    }
  }

  private static void descendTanh(
      float epsilon, float[] a, int ao, float[] s, int so, float[] u, int uo, int padded) {
    FloatVector gain = FloatVector.broadcast(S, epsilon);
    for (int i = 0; i < padded; i += VL) {
      FloatVector old = FloatVector.fromArray(S, s, so + i);
      FloatVector slope = VectorActivation.tanhSlope(FloatVector.fromArray(S, u, uo + i));
      FloatVector pull = FloatVector.fromArray(S, a, ao + i).fma(slope, old.neg());
      gain.fma(pull, old).intoArray(s, so + i);
    }
  }

  private static void descendLinear(
      float epsilon, float[] a, int ao, float[] s, int so, int padded) {
    FloatVector gain = FloatVector.broadcast(S, epsilon);
    for (int i = 0; i < padded; i += VL) {
      FloatVector old = FloatVector.fromArray(S, s, so + i);
      FloatVector slope = FloatVector.broadcast(S, 1f);
      FloatVector pull = FloatVector.fromArray(S, a, ao + i).fma(slope, old.neg());
      gain.fma(pull, old).intoArray(s, so + i);
    }
  }
}
