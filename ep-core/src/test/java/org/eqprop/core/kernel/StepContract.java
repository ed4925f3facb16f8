package org.eqprop.core.kernel;

import static org.eqprop.core.kernel.GemmContract.assertUntouchedOutside;
import static org.eqprop.core.kernel.GemmContract.poisonOutside;
import static org.eqprop.core.testing.Values.assertPaddingIsZero;
import static org.eqprop.core.testing.Values.assertSameBits;
import static org.eqprop.core.testing.Values.assertWithin;
import static org.eqprop.core.testing.Values.copy;
import static org.eqprop.core.testing.Values.filled;
import static org.eqprop.core.testing.Values.random;

import java.util.function.DoubleUnaryOperator;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.testing.Sigma;
import org.jspecify.annotations.Nullable;

/** What the activations and the relaxation steps promise, for any kernels. */
final class StepContract {
  private static final Kernels REFERENCE = new ScalarKernels();

  /** The bound that {@link Activation} states. */
  private static final double ACTIVATION_ERROR = 2e-7;

  /**
   * A step's few roundings of values of at most about 3, and 4 times an activation's error. Where
   * states go on to the end of a longer ramp, the roundings grow as the values do.
   */
  private static final double STEP_ERROR = 1.5e-6;

  /** A whole step, the program's, and one of over-relaxation. */
  private static final float[] STEP_SIZES = {1f, 0.2f, 1.4f};

  /** NaN with bits that survive arithmetic, and the one that x86 makes. */
  private static final float[] NANS = {
    Float.NaN,
    Float.intBitsToFloat(0xffc00000),
    Float.intBitsToFloat(0x7fc00001),
    Float.intBitsToFloat(0x7fc001ff),
    Float.intBitsToFloat(0xffd55555)
  };

  private StepContract() {}

  static void activateSweep(Kernels k, Activation activation) {
    DoubleUnaryOperator exact = Sigma.of(activation);
    int size = 784;
    Rows x = Rows.allocate(300, size);
    for (int r = 0; r < x.count(); r++) {
      for (int c = 0; c < size; c++) {
        double share = (r * size + c) / (double) (x.count() * size);
        x.set(r, c, (float) (r % 2 == 0 ? 24 * share - 12 : Math.pow(2 * share - 1, 3) * 120));
      }
    }
    Rows u = filled(x.count(), size, Float.NaN);
    Rows expected = copy(u);
    k.activate(activation, x, u, 0, x.count());
    REFERENCE.activate(activation, x, expected, 0, x.count());
    assertSameBits(activation.id(), u.data(), expected.data());
    for (int r = 0; r < x.count(); r++) {
      for (int c = 0; c < size; c++) {
        String what = activation.id() + "(" + x.get(r, c) + ")";
        assertWithin(what, u.get(r, c), exact.applyAsDouble(x.get(r, c)), ACTIVATION_ERROR);
      }
    }
  }

  static void activateSpecialValues(Kernels k, Activation activation) {
    float[] special = {
      0f,
      -0f,
      0.5f,
      1f,
      -1f,
      2f,
      Math.nextUp(2f),
      6f,
      Math.nextUp(6f),
      Math.nextDown(6f),
      Math.nextUp(1f),
      Math.nextDown(1f),
      -Float.MIN_VALUE,
      Float.MIN_VALUE,
      Float.MIN_NORMAL,
      20f,
      -20f,
      1e10f,
      -1e10f,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY
    };
    DoubleUnaryOperator exact = Sigma.of(activation);
    Rows x = Rows.allocate(1, special.length);
    for (int c = 0; c < special.length; c++) {
      x.set(0, c, special[c]);
    }
    Rows u = filled(1, special.length, Float.NaN);
    Rows expected = copy(u);
    k.activate(activation, x, u, 0, 1);
    REFERENCE.activate(activation, x, expected, 0, 1);
    assertSameBits(activation.id(), u.data(), expected.data());
    for (int c = 0; c < special.length; c++) {
      double wanted = exact.applyAsDouble(special[c]);
      String what = activation.id() + "(" + special[c] + ")";
      if (Double.isInfinite(wanted)) {
        assertSameBits(what, new float[] {u.get(0, c)}, new float[] {(float) wanted});
      } else {
        assertWithin(what, u.get(0, c), wanted, ACTIVATION_ERROR);
      }
    }
  }

  static void activateKeepsNaN(Kernels k, Activation activation) {
    Rows x = Rows.allocate(1, 40);
    for (int c = 0; c < 40; c++) {
      x.set(0, c, NANS[c % NANS.length]);
    }
    Rows u = filled(1, 40, 0f);
    k.activate(activation, x, u, 0, 1);
    assertPaddingIsZero("activate", u);
    for (int c = 0; c < 40; c++) {
      if (!Float.isNaN(u.get(0, c))) {
        throw new AssertionError(
            activation.id()
                + " makes "
                + u.get(0, c)
                + " of NaN "
                + Integer.toHexString(Float.floatToRawIntBits(x.get(0, c))));
      }
    }
  }

  static void activateAtAllSizes(Kernels k, Activation activation) {
    for (int size : GemmContract.sizes(k)) {
      Rows x = random(5, size, size);
      poisonOutside(x, 1, 4);
      Rows u = filled(5, size, Float.NaN);
      Rows before = copy(u);
      Rows expected = copy(u);
      Rows kept = copy(x);
      k.activate(activation, x, u, 1, 4);
      REFERENCE.activate(activation, x, expected, 1, 4);
      String what = activation.id() + " of " + size;
      assertSameBits(what, u.data(), expected.data());
      assertSameBits(what + ", x", x.data(), kept.data());
      assertPaddingIsZero(what, u);
      assertUntouchedOutside(what, u, before, 1, 4);
      k.activate(activation, x, x, 1, 4);
      for (int r = 1; r < 4; r++) {
        for (int c = 0; c < size; c++) {
          assertWithin(what + " in place", x.get(r, c), u.get(r, c), 0);
        }
      }
      assertPaddingIsZero(what + " in place", x);
      assertUntouchedOutside(what + " in place", x, kept, 1, 4);
    }
  }

  static void prototypicalSteps(Kernels k, Activation activation) {
    for (int size : GemmContract.sizes(k)) {
      for (float epsilon : STEP_SIZES) {
        prototypicalStep(k, activation, epsilon, false, size);
        prototypicalStep(k, activation, epsilon, true, size);
      }
    }
  }

  private static void prototypicalStep(
      Kernels k, Activation activation, float epsilon, boolean nudged, int size) {
    String what = activation.id() + " ε " + epsilon + (nudged ? " nudged" : "") + " of " + size;
    Rows a = scaled(random(6, size, 1), 3f * Sigma.end(activation));
    Rows drift = nudged ? random(6, size, 2) : null;
    Rows s = random(6, size, 3);
    poisonOutside(a, 2, 5);
    poisonOutside(drift, 2, 5);
    Rows before = copy(s);
    Rows expected = copy(s);
    Rows keptA = copy(a);
    Rows keptDrift = drift == null ? null : copy(drift);

    k.prototypicalStep(activation, epsilon, a, drift, s, 2, 5);

    assertUntouchedOutside(what + ", a", a, keptA, 2, 5);
    REFERENCE.prototypicalStep(activation, epsilon, copy(keptA), drift, expected, 2, 5);
    assertSameBits(what, s.data(), expected.data());
    assertUnchanged(what + ", drift", drift, keptDrift);
    assertPaddingIsZero(what, s);
    assertUntouchedOutside(what, s, before, 2, 5);
    DoubleUnaryOperator sigma = Sigma.of(activation);
    for (int r = 2; r < 5; r++) {
      for (int c = 0; c < size; c++) {
        double next =
            (1 - (double) epsilon) * before.get(r, c)
                + epsilon * sigma.applyAsDouble(keptA.get(r, c))
                + (drift == null ? 0 : drift.get(r, c));
        assertWithin(what, s.get(r, c), next, STEP_ERROR * Sigma.end(activation));
      }
    }
  }

  /** With ε = 1 the old state has no weight, so it may be anything. */
  static void fullPrototypicalStepDoesNotReadTheState(Kernels k, Activation activation) {
    Rows a = random(2, 37, 4);
    Rows s = filled(2, 37, Float.NaN);
    k.prototypicalStep(activation, 1f, a, null, s, 0, 2);
    for (int c = 0; c < 37; c++) {
      assertWithin(
          "s", s.get(1, c), Sigma.of(activation).applyAsDouble(a.get(1, c)), ACTIVATION_ERROR);
    }
  }

  static void energySteps(Kernels k, Activation activation) {
    for (int size : GemmContract.sizes(k)) {
      for (float epsilon : STEP_SIZES) {
        for (int flags = 0; flags < 8; flags++) {
          energyStep(
              k, activation, (flags & 1) != 0, epsilon, (flags & 2) != 0, (flags & 4) != 0, size);
        }
      }
    }
  }

  private static void energyStep(
      Kernels k,
      Activation activation,
      boolean slope,
      float epsilon,
      boolean clamp,
      boolean nudged,
      int size) {
    String what =
        activation.id()
            + (slope ? "" : " without slope")
            + (clamp ? " clamped" : "")
            + (nudged ? " nudged" : "")
            + (" ε " + epsilon + " of " + size);
    Rows a = scaled(random(4, size, 5), 2f);
    Rows drift = nudged ? random(4, size, 6) : null;
    float end = Sigma.end(activation);
    Rows s = scaled(random(4, size, 7), 1.5f * end);
    s.set(1, 0, 0f);
    s.set(2, 0, end);
    Rows u = Rows.allocate(4, size);
    REFERENCE.activate(activation, s, u, 0, 4);
    poisonOutside(a, 1, 3);
    poisonOutside(drift, 1, 3);
    Rows sBefore = copy(s);
    Rows uBefore = copy(u);
    Rows sExpected = copy(s);
    Rows uExpected = copy(u);
    Rows keptA = copy(a);
    Rows keptDrift = drift == null ? null : copy(drift);

    k.energyStep(activation, slope, epsilon, clamp, a, drift, s, u, 1, 3);

    REFERENCE.energyStep(activation, slope, epsilon, clamp, a, drift, sExpected, uExpected, 1, 3);
    assertSameBits(what + ", s", s.data(), sExpected.data());
    assertSameBits(what + ", u", u.data(), uExpected.data());
    assertSameBits(what + ", a", a.data(), keptA.data());
    assertUnchanged(what + ", drift", drift, keptDrift);
    assertPaddingIsZero(what + ", s", s);
    assertPaddingIsZero(what + ", u", u);
    assertUntouchedOutside(what + ", s", s, sBefore, 1, 3);
    assertUntouchedOutside(what + ", u", u, uBefore, 1, 3);
    DoubleUnaryOperator derivative = Sigma.slopeOf(activation);
    for (int r = 1; r < 3; r++) {
      for (int c = 0; c < size; c++) {
        double old = sBefore.get(r, c);
        double next =
            (1 - (double) epsilon) * old
                + epsilon * (slope ? derivative.applyAsDouble(old) : 1) * a.get(r, c)
                + (drift == null ? 0 : drift.get(r, c));
        double kept = clamp ? Math.clamp(next, 0, 1) : next;
        assertWithin(what + ", s", s.get(r, c), kept, STEP_ERROR * end);
        double fed = Sigma.of(activation).applyAsDouble(s.get(r, c));
        assertWithin(what + ", u", u.get(r, c), fed, ACTIVATION_ERROR);
      }
    }
  }

  private static Rows scaled(Rows rows, float factor) {
    for (int i = 0; i < rows.data().length; i++) {
      rows.data()[i] *= factor;
    }
    return rows;
  }

  private static void assertUnchanged(String what, @Nullable Rows now, @Nullable Rows before) {
    if (now != null && before != null) {
      assertSameBits(what, now.data(), before.data());
    }
  }
}
