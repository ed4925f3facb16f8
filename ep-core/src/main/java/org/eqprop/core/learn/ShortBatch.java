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
 * second, and then milliseconds. Sums start from zero and from others, as real ones do: what is
 * compiled for one kind is thrown away at the first of the other.
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
   * Then sums as long as real ones, which take other branches: what is compiled for short sums is
   * thrown away at the first of them.
   */
  private static final int LONG_TERMS = 256;

  private static final int LONG_ROUNDS = 1_000;

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
                rehearse(context.learnerKernels(), rows, LONG_TERMS, LONG_ROUNDS);
              });
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
