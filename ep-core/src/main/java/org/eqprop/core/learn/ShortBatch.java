package org.eqprop.core.learn;

import java.util.stream.IntStream;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.settle.Context;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;

/**
 * Makes the kernels ready for the short batch at the end of an epoch.
 *
 * <p>A product goes by tiles of several rows. A short batch needs tiles that no full batch has, and
 * backpropagation through time then adds up gradients step by step, only a few times an epoch. It
 * would take dozens of epochs until the JVM has compiled them, and until then each of their vectors
 * is an object. Here they run often enough at once, on sums so short that it takes less than a
 * second, and then milliseconds.
 */
final class ShortBatch {
  /**
   * More than HotSpot needs before its second compiler takes a method with such a loop, also where
   * much else waits to be compiled.
   */
  private static final int ROUNDS = 10_000;

  /** Terms of each sum: times {@link #ROUNDS}, enough turns of the loop. */
  private static final int TERMS = 8;

  /**
   * Sums as long as real ones take other branches, and what was compiled for short ones is thrown
   * away at the first of these. So they come, too, until they run as compiled code does.
   */
  private static final int LONG_TERMS = 256;

  private static final int LONG_ROUNDS = 50;

  /** What a multiply-add of a vector takes at most in compiled code; others take ten times that. */
  private static final double COMPILED_NANOS = 3;

  /** After this time what is not compiled stays so: the compiler is not there, or busy. */
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  /** One whole panel, and one of a single vector. */
  private static final int COLUMNS = Panels.NR + 1;

  private ShortBatch() {}

  /** Runs the products of a batch of {@code count} samples, whole and as workers share it. */
  static void rehearse(Context context, int count) {
    if (count > 0) {
      int share = count / context.threads();
      int larger = (count + context.threads() - 1) / context.threads();
      IntStream.of(share, larger, count)
          .filter(rows -> rows > 0)
          .distinct()
          .forEach(
              rows -> {
                rehearse(context.learnerKernels(), rows, TERMS, ROUNDS);
                untilCompiled(context.learnerKernels(), rows);
              });
    }
  }

  private static void untilCompiled(Kernels kernels, int rows) {
    if (kernels.width() == 1) {
      return; // no vectors, no objects
    }
    double work = (double) LONG_ROUNDS * rows * LONG_TERMS * (COLUMNS / kernels.width() + 1) * 2;
    long begin = System.nanoTime();
    long nanos = Long.MAX_VALUE;
    while (nanos > COMPILED_NANOS * work && System.nanoTime() - begin < PATIENCE_NANOS) {
      long start = System.nanoTime();
      rehearse(kernels, rows, LONG_TERMS, LONG_ROUNDS);
      nanos = System.nanoTime() - start;
    }
  }

  private static void rehearse(Kernels kernels, int rows, int terms, int rounds) {
    Rows a = Rows.allocate(rows, terms);
    Rows c = Rows.allocate(rows, COLUMNS);
    Panels b = Panels.allocate(terms, COLUMNS);
    for (int i = 0; i < rounds; i++) {
      kernels.multiply(a, b, null, c, 0, rows);
      kernels.multiply(a, b, c, c, 0, rows);
      kernels.outer(a, c, rows, b, b, 0, b.count(), Sink.ADD);
    }
  }
}
