package org.eqprop.core.learn;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Repeats a call until the JVM has compiled it. HotSpot's second compiler comes after some
 * thousands of calls, in the background; that it has nothing left to do shows when it has.
 */
final class WarmUp {
  /** It ends after so long, whatever the compiler does. */
  static final int SECONDS = 10;

  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(SECONDS);

  /** HotSpot compiles a method for good after some 5,000 calls, and some loops within it later. */
  static final int LEAST_CALLS = 12_000;

  private static final int WINDOW = 100;

  /** So long the compiler must have rested. */
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  /** So long it goes on where the JVM does not tell what the compiler does. */
  private static final long UNTOLD_NANOS = TimeUnit.SECONDS.toNanos(3);

  private WarmUp() {}

  /** Calls {@code call} with the numbers from 0 on, until it is compiled. */
  static void repeat(IntConsumer call) {
    repeat(call, LONGEST_NANOS);
  }

  /** The same, for so long at most. */
  static void repeat(IntConsumer call, long longest) {
    CompilationMXBean compiler = compiler();
    long rest = compiler == null ? UNTOLD_NANOS : REST_NANOS;
    long begin = System.nanoTime();
    long changed = begin;
    long before = -1;
    int turn = 0;
    for (long now = begin; now - begin < longest; now = System.nanoTime()) {
      if (turn >= LEAST_CALLS && now - changed > rest) {
        return;
      }
      for (int i = 0; i < WINDOW && System.nanoTime() - begin < longest; i++) {
        call.accept(turn++);
      }
      long time = compiler == null ? 0 : compiler.getTotalCompilationTime();
      changed = time == before ? changed : System.nanoTime();
      before = time;
    }
  }

  private static @Nullable CompilationMXBean compiler() {
    CompilationMXBean bean = ManagementFactory.getCompilationMXBean();
    return bean != null && bean.isCompilationTimeMonitoringSupported() ? bean : null;
  }

  /**
   * Repeats predictions of made-up samples until they are compiled. A program's first call enters
   * {@link Scorer#predict} itself. A direct call would be compiled as a part of its caller, and the
   * method would not. So it is called where three classes are called, which no compiler inlines.
   *
   * @param inputSize number of values of a sample
   */
  static void run(Scorer scorer, int inputSize) {
    float[] input = new float[inputSize];
    Scorer first = new First();
    Scorer last = new Last();
    repeat(
        turn -> {
          fill(input, turn);
          enter(scorer, input);
          enter(first, input);
          enter(last, input);
        });
  }

  private static int enter(Scorer scorer, float[] input) {
    return scorer.predict(input);
  }

  private static final class First implements Scorer {
    @Override
    public int predict(float[] input) {
      return Math.round(input[0]);
    }
  }

  private static final class Last implements Scorer {
    @Override
    public int predict(float[] input) {
      return Math.round(input[input.length - 1]);
    }
  }

  /**
   * Values in [0, 1) that differ from turn to turn; in every other turn a fifth of them, and zeros,
   * which the kernels leave out.
   */
  static void fill(float[] input, int turn) {
    int bits = 0x9E3779B9 * (turn + 1);
    for (int i = 0; i < input.length; i++) {
      bits = bits * 1664525 + 1013904223;
      float value = (bits >>> 8) * 0x1p-24f;
      input[i] = turn % 2 == 0 || value < 0.2f ? value : 0f;
    }
  }
}
