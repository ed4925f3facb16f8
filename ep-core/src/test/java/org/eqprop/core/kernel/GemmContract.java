package org.eqprop.core.kernel;

import static org.eqprop.core.testing.Values.assertPaddingIsZero;
import static org.eqprop.core.testing.Values.assertSameBits;
import static org.eqprop.core.testing.Values.assertWithin;
import static org.eqprop.core.testing.Values.copy;
import static org.eqprop.core.testing.Values.filled;
import static org.eqprop.core.testing.Values.filledPanels;
import static org.eqprop.core.testing.Values.random;
import static org.eqprop.core.testing.Values.randomPanels;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/** What the matrix products and the transposition promise, for any kernels. */
final class GemmContract {
  private static final Kernels REFERENCE = new ScalarKernels();

  /** Half a unit in the last place of 1. */
  private static final double UNIT = 0x1p-24;

  /** What is read where it must not be ends up in the result. */
  private static final float POISON = Float.NaN;

  private static final int[] ROW_COUNTS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 19, 20, 21};

  private GemmContract() {}

  /** Sizes around whole vectors and panels, and primes. */
  static int[] sizes(Kernels k) {
    int v = k.width();
    return IntStream.of(
            1, 2, 7, v - 1, v, v + 1, 10, 13, 15, 16, 17, 31, 32, 33, 47, 48, 49, 64, 97)
        .filter(n -> n > 0)
        .sorted()
        .distinct()
        .toArray();
  }

  private enum Base {
    NONE,
    ITSELF,
    ANOTHER
  }

  static void multiplyAtAllSizes(Kernels k) {
    for (int depth : new int[] {1, 2, 3, 16, 37, 64, 67}) {
      for (int n : sizes(k)) {
        for (int count : ROW_COUNTS) {
          Base base = Base.values()[(depth + n + count) % 3];
          multiply(k, depth, n, n % 2 + count + (n + count) % 3, n % 2, n % 2 + count, base);
        }
      }
    }
  }

  static void multiplyWithEachBase(Kernels k) {
    for (Base base : Base.values()) {
      for (int count : new int[] {1, 4, 5, 11, 16, 20}) {
        multiply(k, 23, 45, count + 3, 2, 2 + count, base);
        multiply(k, 512, 10, count, 0, count, base);
        multiply(k, 10, 512, count, 0, count, base);
      }
    }
    multiply(k, 784, 512, 21, 0, 20, Base.ANOTHER);
    multiply(k, 512, 784, 7, 1, 7, Base.ITSELF);
  }

  /** So many rows, or so long ones, that kernels may take them in blocks. */
  static void multiplyInBlocks(Kernels k) {
    multiply(k, 1100, 40, 263, 1, 262, Base.ANOTHER);
    multiply(k, 30_000, 33, 23, 0, 23, Base.ITSELF);
  }

  static void multiplyEmptyRange(Kernels k) {
    multiply(k, 5, 20, 3, 1, 1, Base.ANOTHER);
  }

  private static void multiply(
      Kernels k, int depth, int n, int rows, int from, int to, Base choice) {
    String what = choice + " + " + rows + "x" + depth + " · " + depth + "x" + n + " @" + from;
    Rows a = random(rows, depth, 1);
    poisonOutside(a, from, to);
    Panels b = randomPanels(depth, n, 2);
    Rows start = random(rows, n, 3);
    poisonOutside(start, from, to);
    Rows c = choice == Base.ITSELF ? start : filled(rows, n, POISON);
    Rows before = copy(c);
    Rows expected = copy(c);
    Rows base = choice == Base.NONE ? null : start;
    Rows kept = copy(a);
    float[] keptB = b.data().clone();

    k.multiply(a, b, base, c, from, to);

    assertSameBits(what + ", A", a.data(), kept.data());
    assertSameBits(what + ", B", b.data(), keptB);
    assertPaddingIsZero(what, c);
    assertUntouchedOutside(what, c, before, from, to);
    Rows initial = choice == Base.ITSELF ? before : start;
    REFERENCE.multiply(a, b, choice == Base.ITSELF ? expected : base, expected, from, to);
    assertSameBits(what, c.data(), expected.data());
    for (int i = from; i < to; i++) {
      for (int j = 0; j < n; j++) {
        double sum = choice == Base.NONE ? 0 : initial.get(i, j);
        double size = Math.abs(sum);
        for (int p = 0; p < depth; p++) {
          double product = (double) a.get(i, p) * b.get(p, j);
          sum += product;
          size += Math.abs(product);
        }
        assertWithin(what + " (" + i + ", " + j + ")", c.get(i, j), sum, bound(depth, size));
      }
    }
  }

  /** k roundings, each of at most half a unit of what has been added up so far. */
  private static double bound(int depth, double size) {
    return depth * UNIT * size * (1 + depth * UNIT);
  }

  static void multiplyByIdentity(Kernels k) {
    for (int n = 1; n <= 70; n++) {
      Panels identity = Panels.allocate(n, n);
      for (int i = 0; i < n; i++) {
        identity.set(i, i, 1f);
      }
      Rows a = random(11, n, n);
      Rows c = filled(11, n, POISON);
      k.multiply(a, identity, null, c, 0, 11);
      assertSameBits("A·I of " + n, c.data(), a.data());
    }
  }

  static void multiplySlices(Kernels k) {
    Rows a = random(30, 19, 4);
    Panels b = randomPanels(19, 40, 5);
    Rows c = filled(30, 40, POISON);
    Rows before = copy(c);
    Rows expected = copy(c);
    k.multiply(a.slice(7, 25), b, null, c.slice(7, 25), 2, 13);
    REFERENCE.multiply(a, b, null, expected, 9, 20);
    assertSameBits("slices", c.data(), expected.data());
    assertUntouchedOutside("slices", c, before, 9, 20);
  }

  static void multiplyPanels(Kernels k) {
    for (int n : new int[] {16, 32, 40, 97, 130}) {
      Rows a = random(13, 19, 4);
      Panels b = randomPanels(19, n, 5);
      Rows base = random(13, n, 6);
      Rows expected = filled(13, n, POISON);
      REFERENCE.multiply(a, b, base, expected, 1, 12);
      for (int first = 0; first <= b.count(); first++) {
        for (int end = first; end <= b.count(); end++) {
          Rows c = filled(13, n, POISON);
          k.multiply(a.alias(), b, base, c, 1, 12, first, end);
          for (int r = 0; r < 13; r++) {
            for (int j = 0; j < c.padded(); j++) {
              boolean inside = j >= first * Panels.NR && j < end * Panels.NR;
              float wanted = inside || j >= n ? expected.get(r, j) : POISON;
              if (Float.floatToIntBits(c.get(r, j)) != Float.floatToIntBits(wanted)) {
                throw new AssertionError(
                    "panels " + first + "-" + end + ": (" + r + ", " + j + ") is " + c.get(r, j));
              }
            }
          }
        }
      }
    }
  }

  static void dotsAtAllSizes(Kernels k) {
    for (int depth : new int[] {256, 257, 271, 272, 289, 512}) {
      for (int n = 1; n <= 16; n++) {
        Base base = Base.values()[(depth + n) % 3];
        int count = ROW_COUNTS[(3 * depth + n) % ROW_COUNTS.length];
        dots(k, depth, n, count + 1 + n % 3, n % 2, n % 2 + count, base);
      }
    }
    for (Base base : Base.values()) {
      dots(k, 512, 10, 20, 0, 20, base);
      dots(k, 1024, 10, 5, 1, 4, base);
      dots(k, 300, 7, 3, 1, 1, base);
    }
  }

  private static void dots(Kernels k, int depth, int n, int rows, int from, int to, Base choice) {
    String what = choice + " + " + rows + "x" + depth + " dots " + n + " @" + from;
    Rows a = random(rows, depth, 1);
    poisonOutside(a, from, to);
    Rows b = random(n, depth, 2);
    Rows start = random(rows, n, 3);
    poisonOutside(start, from, to);
    Rows c = choice == Base.ITSELF ? start : filled(rows, n, POISON);
    Rows before = copy(c);
    Rows expected = copy(c);
    Rows base = choice == Base.NONE ? null : start;
    Rows keptA = copy(a);
    Rows keptB = copy(b);
    Arrays.fill(a.packed(), POISON);

    k.dots(a, b, base, c, from, to);

    assertSameBits(what + ", A", a.data(), keptA.data());
    assertSameBits(what + ", B", b.data(), keptB.data());
    assertPaddingIsZero(what, c);
    assertUntouchedOutside(what, c, before, from, to);
    Rows initial = choice == Base.ITSELF ? before : start;
    REFERENCE.dots(a, b, choice == Base.ITSELF ? expected : base, expected, from, to);
    assertSameBits(what, c.data(), expected.data());
    for (int i = from; i < to; i++) {
      for (int j = 0; j < n; j++) {
        double sum = choice == Base.NONE ? 0 : initial.get(i, j);
        double size = Math.abs(sum);
        for (int p = 0; p < depth; p++) {
          double product = (double) a.get(i, p) * b.get(j, p);
          sum += product;
          size += Math.abs(product);
        }
        double within = bound(depth / 16 + 6, size);
        assertWithin(what + " (" + i + ", " + j + ")", c.get(i, j), sum, within);
      }
    }
  }

  static void outerAtAllSizes(Kernels k) {
    for (int m : new int[] {1, 3, 4, 5, 6, 9, 10, 11, 15, 16, 20, 21, 33}) {
      for (int n : sizes(k)) {
        int count = ROW_COUNTS[(m * 7 + n) % ROW_COUNTS.length];
        int panels = (n + Panels.NR - 1) / Panels.NR;
        for (int first = 0; first < panels; first++) {
          boolean accumulate = (m + n + first) % 2 == 0;
          outer(k, m, n, count, first, panels - (first == 0 && panels > 2 ? 1 : 0), accumulate);
        }
      }
    }
  }

  static void outerAtLearningSizes(Kernels k) {
    for (boolean accumulate : new boolean[] {false, true}) {
      for (int count : ROW_COUNTS) {
        outer(k, 37, 70, count, 0, 3, accumulate);
      }
      outer(k, 512, 10, 20, 0, 1, accumulate);
      outer(k, 10, 512, 20, 3, 9, accumulate);
      outer(k, 784, 512, 20, 15, 16, accumulate);
      outer(k, 13, 784, 7, 20, 25, accumulate);
    }
    outer(k, 5, 40, 3, 1, 1, true);
    outer(k, 5, 40, 0, 0, 2, false);
  }

  private static void outer(
      Kernels k, int m, int n, int count, int first, int end, boolean accumulate) {
    String what =
        (accumulate ? "+= " : "= ") + m + "x" + count + "x" + n + " panels " + first + "-" + end;
    int rows = count + 2;
    Rows a = random(rows, m, 6);
    Rows b = random(rows, n, 7);
    poisonOutside(a, 0, count);
    poisonOutside(b, 0, count);
    Panels g = accumulate ? randomPanels(m, n, 8) : filledPanels(m, n, POISON);
    Panels unused = filledPanels(m, n, POISON);
    Sink sink = accumulate ? Sink.ADD : Sink.STORE;
    Panels before = copy(g);
    Panels expected = copy(g);
    Rows keptA = copy(a);
    Rows keptB = copy(b);
    k.outer(a, b, count, g, unused, first, end, sink);
    assertSameBits(what + ", A", a.data(), keptA.data());
    assertSameBits(what + ", B", b.data(), keptB.data());
    assertPaddingIsZero(what, g);
    REFERENCE.outer(a, b, count, expected, unused, first, end, sink);
    assertSameBits(what + ", W", unused.data(), filledPanels(m, n, POISON).data());
    assertSameBits(what, g.data(), expected.data());
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        boolean inside = j >= first * Panels.NR && j < end * Panels.NR;
        double sum = !inside || accumulate ? before.get(i, j) : 0;
        double size = Math.abs(sum);
        for (int r = 0; inside && r < count; r++) {
          double product = (double) a.get(r, i) * b.get(r, j);
          sum += product;
          size += Math.abs(product);
        }
        if (inside) {
          assertWithin(what + " (" + i + ", " + j + ")", g.get(i, j), sum, bound(count, size));
        } else if (Float.floatToIntBits(g.get(i, j)) != Float.floatToIntBits(before.get(i, j))) {
          throw new AssertionError(what + ": (" + i + ", " + j + ") is outside and was written");
        }
      }
    }
  }

  static void addOuterAtAllSizes(Kernels k) {
    for (int m : new int[] {1, 4, 5, 9, 10, 11, 16, 25, 33}) {
      for (int n : sizes(k)) {
        int panels = (n + Panels.NR - 1) / Panels.NR;
        for (int first = 0; first < panels; first++) {
          int end = panels - (first == 0 && panels > 2 ? 1 : 0);
          addOuter(k, m, n, ROW_COUNTS[(m * 5 + n) % ROW_COUNTS.length], first, end);
        }
      }
    }
    addOuter(k, 784, 512, 20, 15, 16);
    addOuter(k, 5, 40, 3, 1, 1);
    addOuter(k, 5, 40, 0, 0, 2);
  }

  private static void addOuter(Kernels k, int m, int n, int count, int first, int end) {
    String what = "addOuter " + m + "x" + count + "x" + n + " panels " + first + "-" + end;
    float rate = -0.7f;
    Rows a = random(count + 2, m, 6);
    Rows b = random(count + 2, n, 7);
    poisonOutside(a, 0, count);
    poisonOutside(b, 0, count);
    Panels w = randomPanels(m, n, 8);
    Panels scratch = filledPanels(m, n, POISON);
    Panels before = copy(w);
    Panels expected = copy(w);
    Rows keptA = copy(a);
    Rows keptB = copy(b);
    k.outer(a, b, count, scratch, w, first, end, new Sink.Axpy(rate));
    assertSameBits(what + ", A", a.data(), keptA.data());
    assertSameBits(what + ", B", b.data(), keptB.data());
    assertPaddingIsZero(what, w);
    Panels gradient = filledPanels(m, n, 0f);
    REFERENCE.outer(a, b, count, gradient, w, first, end, Sink.STORE);
    for (int i = 0; i < m; i++) {
      for (int j = first * Panels.NR; j < Math.min(end * Panels.NR, n); j++) {
        expected.set(i, j, Math.fma(rate, gradient.get(i, j), before.get(i, j)));
      }
      for (int j = 0; j < n; j++) {
        boolean inside = j >= first * Panels.NR && j < end * Panels.NR;
        if (!inside && !Float.isNaN(scratch.get(i, j))) {
          throw new AssertionError(what + ": (" + i + ", " + j + ") of scratch was written");
        }
      }
    }
    assertSameBits(what, w.data(), expected.data());
  }

  static void transposeAtAllSizes(Kernels k) {
    int[] sizes = {1, 2, 7, 10, 15, 16, 17, 31, 32, 33, 48, 49, 65, 97};
    for (int m : sizes) {
      for (int n : sizes) {
        int panels = (n + Panels.NR - 1) / Panels.NR;
        int first = (m + n) % panels;
        transpose(k, m, n, 0, panels);
        transpose(k, m, n, first, panels);
        transpose(k, m, n, 0, first);
      }
    }
    transpose(k, 512, 10, 0, 1);
    transpose(k, 100, 512, 3, 7);
  }

  private static void transpose(Kernels k, int m, int n, int first, int end) {
    String what = "transpose " + m + "x" + n + " panels " + first + "-" + end;
    Panels source = randomPanels(m, n, 9);
    Panels out = filledPanels(n, m, POISON);
    k.transpose(source, first, end, out);
    assertPaddingIsZero(what, out);
    for (int c = 0; c < n; c++) {
      boolean inside = c >= first * Panels.NR && c < end * Panels.NR;
      for (int r = 0; r < m; r++) {
        float expected = inside ? source.get(r, c) : POISON;
        if (Float.floatToIntBits(out.get(c, r)) != Float.floatToIntBits(expected)) {
          throw new AssertionError(what + ": (" + c + ", " + r + ") is " + out.get(c, r));
        }
      }
    }
  }

  /** NaN in all rows but {@code from} to {@code to}. */
  static void poisonOutside(@Nullable Rows rows, int from, int to) {
    for (int r = 0; rows != null && r < rows.count(); r++) {
      for (int c = 0; (r < from || r >= to) && c < rows.size(); c++) {
        rows.set(r, c, POISON);
      }
    }
  }

  /** Fails if a row but {@code from} to {@code to} changed. */
  static void assertUntouchedOutside(String what, Rows rows, Rows before, int from, int to) {
    for (int r = 0; r < rows.count(); r++) {
      for (int c = 0; (r < from || r >= to) && c < rows.padded(); c++) {
        if (Float.floatToIntBits(rows.get(r, c)) != Float.floatToIntBits(before.get(r, c))) {
          throw new AssertionError(what + ": row " + r + " is outside and was written");
        }
      }
    }
  }
}
