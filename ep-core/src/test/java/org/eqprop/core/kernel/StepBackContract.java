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

/** What the activations and the energy-based step promise on the way back, for any kernels. */
final class StepBackContract {
  private static final Kernels REFERENCE = new ScalarKernels();

  /** An activation's error of 2e-7, at most 8 times in a slope or 32 times in a curvature. */
  private static final double ERROR = 1e-5;

  private StepBackContract() {}

  private static double curvature(Activation activation, double x) {
    DoubleUnaryOperator slope = Sigma.slopeOf(activation);
    return !activation.piecewiseLinear()
        ? (slope.applyAsDouble(x + 1e-5) - slope.applyAsDouble(x - 1e-5)) / 2e-5
        : 0;
  }

  /** States around the ramp, some of them on its ends. */
  private static Rows states(Activation activation, int size, long seed) {
    float end = Sigma.end(activation);
    Rows s = random(4, size, seed);
    for (int i = 0; i < s.data().length; i++) {
      s.data()[i] *= 1.5f * end;
    }
    s.set(1, 0, 0f);
    s.set(2, 0, end);
    return s;
  }

  static void activateBack(Kernels k, Activation activation, float scale) {
    for (int size : GemmContract.sizes(k)) {
      Rows x = states(activation, size, 1);
      Rows u = Rows.allocate(4, size);
      REFERENCE.activate(activation, x, u, 0, 4);
      Rows gradient = random(4, size, 2);
      Rows base = random(4, size, 3);
      for (Rows rows : new Rows[] {x, u, gradient, base}) {
        poisonOutside(rows, 1, 3);
      }
      Rows expected = filled(4, size, Float.NaN);
      REFERENCE.activateBack(activation, scale, x, u, gradient, base, expected, 1, 3);
      String what = activation.id() + " back, " + size;
      for (int r = 1; r < 3; r++) {
        for (int c = 0; c < size; c++) {
          double slope = Sigma.slopeOf(activation).applyAsDouble(x.get(r, c));
          double wanted = base.get(r, c) + scale * slope * gradient.get(r, c);
          assertWithin(what, expected.get(r, c), wanted, ERROR);
        }
      }
      for (int alias = 0; alias < 5; alias++) {
        Rows[] in = {copy(x), copy(u), copy(gradient), copy(base)};
        Rows out = alias < 4 ? in[alias] : filled(4, size, Float.NaN);
        Rows before = copy(out);
        k.activateBack(activation, scale, in[0], in[1], in[2], in[3], out, 1, 3);
        assertPaddingIsZero(what, out);
        assertUntouchedOutside(what, out, before, 1, 3);
        for (int r = 1; r < 3; r++) {
          for (int c = 0; c < size; c++) {
            assertSameBits(
                what + ", alias " + alias,
                new float[] {out.get(r, c)},
                new float[] {expected.get(r, c)});
          }
        }
      }
    }
  }

  static void energyStepBack(Kernels k, Activation activation) {
    for (int size : GemmContract.sizes(k)) {
      for (float epsilon : new float[] {1f, 0.2f}) {
        for (int flags = 0; flags < 4; flags++) {
          energyStepBack(k, activation, (flags & 1) != 0, epsilon, (flags & 2) != 0, size);
        }
      }
    }
  }

  private static void energyStepBack(
      Kernels k, Activation activation, boolean slope, float epsilon, boolean clamp, int size) {
    String what =
        activation.id()
            + " step back"
            + (slope ? "" : " without slope")
            + (clamp ? " clamped" : "")
            + (" ε " + epsilon + " of " + size);
    Rows a = random(4, size, 5);
    Rows s = states(activation, size, 7);
    Rows u = Rows.allocate(4, size);
    REFERENCE.activate(activation, s, u, 0, 4);
    Rows gradient = random(4, size, 9);
    for (Rows rows : new Rows[] {a, s, u, gradient}) {
      poisonOutside(rows, 1, 3);
    }
    Rows before = copy(gradient);
    Rows expected = copy(gradient);
    Rows delta = filled(4, size, Float.NaN);
    Rows deltaExpected = copy(delta);
    Rows deltaBefore = copy(delta);
    Rows[] kept = {copy(a), copy(s), copy(u)};

    k.energyStepBack(activation, slope, epsilon, clamp, a, s, u, gradient, delta, 1, 3);

    REFERENCE.energyStepBack(
        activation, slope, epsilon, clamp, a, s, u, expected, deltaExpected, 1, 3);
    assertSameBits(what + ", gradient", gradient.data(), expected.data());
    assertSameBits(what + ", delta", delta.data(), deltaExpected.data());
    assertSameBits(what + ", a", a.data(), kept[0].data());
    assertSameBits(what + ", s", s.data(), kept[1].data());
    assertSameBits(what + ", u", u.data(), kept[2].data());
    assertPaddingIsZero(what + ", gradient", gradient);
    assertPaddingIsZero(what + ", delta", delta);
    assertUntouchedOutside(what + ", gradient", gradient, before, 1, 3);
    assertUntouchedOutside(what + ", delta", delta, deltaBefore, 1, 3);
    for (int r = 1; r < 3; r++) {
      for (int c = 0; c < size; c++) {
        double old = s.get(r, c);
        double d = slope ? Sigma.slopeOf(activation).applyAsDouble(old) : 1;
        double e = slope ? curvature(activation, old) : 0;
        double next = (1 - (double) epsilon) * old + epsilon * d * a.get(r, c);
        if (Math.min(Math.abs(next), Math.abs(next - 1)) < 1e-5) {
          continue; // roundings decide; see clippingPassesOnTheClosedInterval
        }
        double h = clamp && (next < 0 || next > 1) ? 0 : before.get(r, c);
        assertWithin(what + ", delta", delta.get(r, c), epsilon * d * h, ERROR);
        double left = (1 - (double) epsilon + epsilon * e * a.get(r, c)) * h;
        assertWithin(what + ", gradient", gradient.get(r, c), left, ERROR);
      }
    }
  }

  /** With ε = 1 and σ′ = 1 the next state is a itself. */
  static void clippingPassesOnTheClosedInterval(Kernels k) {
    float[] inputs = {
      0f, -0f, 1f, 0.5f, Math.nextUp(1f), -Float.MIN_NORMAL, 7f, -7f, Float.NaN, 1f, 0f
    };
    float[] passed = {1f, 1f, 1f, 1f, 0f, 0f, 0f, 0f, 0f, 1f, 1f};
    int size = inputs.length;
    Rows a = Rows.allocate(1, size);
    System.arraycopy(inputs, 0, a.data(), a.index(0, 0), size);
    Rows s = Rows.allocate(1, size);
    Rows gradient = filled(1, size, 3f);
    Rows delta = filled(1, size, Float.NaN);
    k.energyStepBack(
        Activation.HARD_SIGMOID, false, 1f, true, a, s, copy(s), gradient, delta, 0, 1);
    for (int c = 0; c < size; c++) {
      assertWithin("clipped " + inputs[c], delta.get(0, c), 3 * passed[c], 0);
    }
  }

  static void gradientsThatAreNaNStayNaN(Kernels k, Activation activation) {
    int size = 37;
    Rows zero = Rows.allocate(1, size);
    Rows a = filled(1, size, 9f);
    Rows nan = filled(1, size, Float.NaN);
    Rows delta = Rows.allocate(1, size);
    Rows out = Rows.allocate(1, size);
    k.activateBack(activation, 1f, a, zero, nan, zero, out, 0, 1);
    k.energyStepBack(activation, true, 0.5f, true, a, a, zero, nan, delta, 0, 1);
    for (int c = 0; c < size; c++) {
      if (!Float.isNaN(out.get(0, c))
          || !Float.isNaN(delta.get(0, c))
          || !Float.isNaN(nan.get(0, c))) {
        throw new AssertionError(activation.id() + " loses NaN at " + c);
      }
    }
  }
}
