package org.eqprop.core.kernel;

import static org.eqprop.core.kernel.GemmContract.assertUntouchedOutside;
import static org.eqprop.core.kernel.GemmContract.poisonOutside;
import static org.eqprop.core.testing.Values.assertPaddingIsZero;
import static org.eqprop.core.testing.Values.assertSameBits;
import static org.eqprop.core.testing.Values.assertWithin;
import static org.eqprop.core.testing.Values.copy;
import static org.eqprop.core.testing.Values.filled;
import static org.eqprop.core.testing.Values.random;

import java.util.Arrays;
import org.eqprop.core.tensor.Rows;

/** What sums, differences, nudges and updates promise, for any kernels. */
final class ReductionContract {
  private static final Kernels REFERENCE = new ScalarKernels();
  private static final double UNIT = 0x1p-24;
  private static final int ROWS = 5;
  private static final int FROM = 1;
  private static final int TO = 4;

  private ReductionContract() {}

  static void nudge(Kernels k) {
    for (int size : GemmContract.sizes(k)) {
      for (int base = 0; base < 3; base++) {
        nudge(k, size, base);
      }
    }
  }

  /** Base 0 is none, 1 the output itself, 2 another. */
  private static void nudge(Kernels k, int size, int choice) {
    String what = "nudge of " + size + ", base " + choice;
    float scale = -0.3f;
    Rows y = random(ROWS, size, 1);
    Rows s = random(ROWS, size, 2);
    Rows start = random(ROWS, size, 3);
    Rows initial = copy(start);
    poisonOutside(y, FROM, TO);
    Rows out = choice == 1 ? start : filled(ROWS, size, Float.NaN);
    Rows before = copy(out);
    Rows expected = copy(out);
    Rows keptS = copy(s);

    k.nudge(scale, y, s, choice == 0 ? null : start, out, FROM, TO);

    Rows base = choice == 0 ? null : choice == 1 ? expected : start;
    REFERENCE.nudge(scale, y, s, base, expected, FROM, TO);
    assertSameBits(what, out.data(), expected.data());
    assertSameBits(what + ", s", s.data(), keptS.data());
    assertPaddingIsZero(what, out);
    assertUntouchedOutside(what, out, before, FROM, TO);
    for (int r = FROM; r < TO; r++) {
      for (int c = 0; c < size; c++) {
        double wanted =
            (choice == 0 ? 0 : initial.get(r, c))
                + (double) scale * ((double) y.get(r, c) - s.get(r, c));
        assertWithin(what, out.get(r, c), wanted, 4 * UNIT);
      }
    }
  }

  static void difference(Kernels k) {
    for (int size : GemmContract.sizes(k)) {
      for (int alias = 0; alias < 3; alias++) {
        difference(k, size, alias);
      }
    }
  }

  /** Alias 0 is none, 1 the first operand, 2 the second. */
  private static void difference(Kernels k, int size, int alias) {
    String what = "difference of " + size + ", alias " + alias;
    float scale = 2.5f;
    Rows plus = random(ROWS, size, 4);
    Rows minus = random(ROWS, size, 5);
    Rows x = copy(plus);
    Rows y = copy(minus);
    Rows out = alias == 1 ? plus : alias == 2 ? minus : filled(ROWS, size, Float.NaN);
    Rows before = copy(out);
    Rows expected = copy(out);

    k.difference(scale, plus, minus, out, FROM, TO);

    REFERENCE.difference(scale, x, y, expected, FROM, TO);
    assertSameBits(what, out.data(), expected.data());
    assertPaddingIsZero(what, out);
    assertUntouchedOutside(what, out, before, FROM, TO);
    for (int r = FROM; r < TO; r++) {
      for (int c = 0; c < size; c++) {
        double wanted = scale * ((double) x.get(r, c) - y.get(r, c));
        assertWithin(what, out.get(r, c), wanted, 2 * UNIT * Math.abs(wanted) * (1 + UNIT));
      }
    }
  }

  static void largestChange(Kernels k) {
    for (int size : GemmContract.sizes(k)) {
      for (int place = 0; place < size; place += 1 + size / 7) {
        largestChange(k, size, place);
      }
    }
  }

  private static void largestChange(Kernels k, int size, int place) {
    String what = "largestChange of " + size + " at " + place;
    Rows before = random(ROWS, size, 6);
    Rows after = random(ROWS, size, 7);
    after.set(1, place, before.get(1, place) + 3f);
    after.set(2, place, before.get(2, place) - 3f);
    after.set(3, place, Float.NaN);
    poisonOutside(before, FROM, TO);
    float[] out = {-1f, 0.5f, 100f, 0f, -1f};

    k.largestChange(before, after, out, FROM, TO);

    double up = (double) after.get(1, place) - before.get(1, place);
    assertWithin(what, out[1], up, UNIT * Math.abs(up));
    assertSameBits(
        what,
        new float[] {out[0], out[2], out[3], out[4]},
        new float[] {-1f, 100f, Float.NaN, -1f});
    float[] down = new float[ROWS];
    k.largestChange(before, after, down, 2, 3);
    double change = Math.abs((double) after.get(2, place) - before.get(2, place));
    assertWithin(what, down[2], change, UNIT * change);
    float[] expected = {-1f, 0.5f, 100f, 0f, -1f};
    REFERENCE.largestChange(before, after, expected, FROM, TO);
    assertSameBits(what, out, expected);
    float[] kept = {Float.NaN};
    k.largestChange(before.slice(1, 2), after.slice(1, 2), kept, 0, 1);
    assertSameBits(what + " after NaN", kept, new float[] {Float.NaN});
  }

  static void addColumnSums(Kernels k) {
    for (int size : GemmContract.sizes(k)) {
      for (int count : new int[] {0, 1, 2, 5, 20, 21}) {
        int from = size / 3;
        int to = size - size / 5;
        Rows a = random(count + 1, size, 8);
        poisonOutside(a, 0, count);
        float[] out = random(1, size, 9).data();
        float[] before = out.clone();
        float[] expected = out.clone();
        k.addColumnSums(a, count, out, from, to);
        REFERENCE.addColumnSums(a, count, expected, from, to);
        String what = "sums of " + count + " rows of " + size;
        assertSameBits(what, out, expected);
        for (int c = 0; c < out.length; c++) {
          double sum = before[c];
          double total = Math.abs(sum);
          for (int r = 0; c >= from && c < to && r < count; r++) {
            sum += a.get(r, c);
            total += Math.abs(a.get(r, c));
          }
          assertWithin(what, out[c], sum, count * UNIT * total * (1 + count * UNIT));
        }
      }
    }
  }

  static void axpy(Kernels k) {
    for (int size : GemmContract.sizes(k)) {
      float[] x = random(1, size, 10).data();
      float[] y = random(1, size, 11).data();
      float[] before = y.clone();
      float[] expected = y.clone();
      int from = size / 4;
      int to = size - size / 6;
      k.axpy(0.7f, x, y, from, to);
      REFERENCE.axpy(0.7f, x, expected, from, to);
      assertSameBits("axpy of " + size, y, expected);
      for (int i = 0; i < y.length; i++) {
        double wanted = before[i] + (i >= from && i < to ? (double) 0.7f * x[i] : 0);
        assertWithin("axpy of " + size, y[i], wanted, UNIT * Math.abs(wanted) * (1 + UNIT));
      }
    }
  }

  /** What a round adds is known, and exact: 2⁻¹⁰ in each lane of each chain. */
  static void fmaChainsRunAllRounds(Kernels k) {
    float none = k.fmaChains(0);
    double lanes = (double) k.chains() * k.width();
    for (int rounds : new int[] {1, 2, 1023, 51_200}) {
      double grown = none + lanes * rounds / 1024;
      assertWithin("after " + rounds + " rounds", k.fmaChains(rounds), grown, 0);
    }
  }

  static void nothingIsTouchedByAnEmptyRange(Kernels k) {
    Rows rows = filled(3, 20, 2f);
    Rows kept = copy(rows);
    Rows other = random(3, 20, 12);
    float[] out = {1f, 1f, 1f};
    for (Activation activation : Activation.values()) {
      k.activate(activation, other, rows, 2, 2);
      k.prototypicalStep(activation, 0.5f, other, other, rows, 1, 1);
      k.energyStep(activation, true, 0.5f, true, other, other, rows, rows, 3, 3);
    }
    k.nudge(1f, other, other, null, rows, 1, 1);
    k.difference(1f, other, other, rows, 0, 0);
    k.largestChange(other, rows, out, 2, 2);
    float[] flat = other.data().clone();
    k.axpy(1f, rows.data(), flat, 5, 5);
    assertSameBits("empty range", rows.data(), kept.data());
    assertSameBits("empty range", flat, other.data());
    float[] ones = new float[3];
    Arrays.fill(ones, 1f);
    assertSameBits("empty range", out, ones);
  }
}
