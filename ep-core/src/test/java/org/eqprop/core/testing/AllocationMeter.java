package org.eqprop.core.testing;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Counts the bytes that the calling thread and all workers allocate.
 *
 * <p>The counters are those of {@code com.sun.management.ThreadMXBean}, reached through method
 * handles because the module under test does not read {@code jdk.management}.
 */
public final class AllocationMeter {
  /** Only ever spent in full if something does allocate, or the compiler is starved. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  /** Rounds without allocation, one after the other, that count as settled. */
  private static final int QUIET = 3;

  /** So long the compiler has to rest until nothing waits for it. */
  private static final long REST = TimeUnit.SECONDS.toNanos(1);

  private static final MethodHandle ALLOCATED = allocated();
  private static final MethodHandle COMPILED = compiled();

  private AllocationMeter() {}

  private static MethodHandle allocated() {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
      Class<?> plain = Class.forName("java.lang.management.ThreadMXBean");
      Class<?> bean = Class.forName("com.sun.management.ThreadMXBean");
      Object threads =
          lookup.findStatic(factory, "getThreadMXBean", MethodType.methodType(plain)).invoke();
      return lookup
          .findVirtual(
              bean, "getThreadAllocatedBytes", MethodType.methodType(long.class, long.class))
          .bindTo(threads);
    } catch (Throwable thrown) {
      throw new AssertionError("This JVM does not count allocations.", thrown);
    }
  }

  private static MethodHandle compiled() {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
      Class<?> bean = Class.forName("java.lang.management.CompilationMXBean");
      Object compiler =
          lookup.findStatic(factory, "getCompilationMXBean", MethodType.methodType(bean)).invoke();
      return lookup
          .findVirtual(bean, "getTotalCompilationTime", MethodType.methodType(long.class))
          .bindTo(compiler);
    } catch (Throwable thrown) {
      throw new AssertionError("This JVM does not count compilations.", thrown);
    }
  }

  /**
   * Repeats {@code work} for a time, and then until the compiler has rested for a second: where
   * other programs run, what waits for it takes longer.
   *
   * @param nanos the least time
   */
  public static void compile(Runnable work, long nanos) {
    long begin = System.nanoTime();
    long before = -1;
    long changed = begin;
    for (long now = begin; now - begin < nanos || now - changed < REST; now = System.nanoTime()) {
      if (now - begin > nanos + PATIENCE) {
        return;
      }
      work.run();
      long time = compilation();
      changed = time == before ? changed : System.nanoTime();
      before = time;
    }
  }

  private static long compilation() {
    try {
      return (long) COMPILED.invoke();
    } catch (Throwable thrown) {
      throw new AssertionError(thrown);
    }
  }

  /**
   * Repeats {@code work} until it allocates nothing, several times in a row, and gives 0; or gives
   * the smallest number of bytes seen when patience ends. Code that is still being compiled
   * allocates, so early rounds do not count; what allocates each time never comes to 0.
   */
  public static long settled(Runnable work) {
    long deadline = System.nanoTime() + PATIENCE;
    long smallest = Long.MAX_VALUE;
    int quiet = 0;
    while (quiet < QUIET && System.nanoTime() < deadline) {
      long bytes = measure(work);
      smallest = Math.min(smallest, bytes);
      quiet = bytes == 0 ? quiet + 1 : 0;
    }
    return quiet == QUIET ? 0 : Math.max(1, smallest);
  }

  /** The smallest number of bytes that {@code work} allocates in so many rounds. */
  public static long smallest(Runnable work, int rounds) {
    long smallest = Long.MAX_VALUE;
    for (int round = 0; round < rounds; round++) {
      smallest = Math.min(smallest, measure(work));
    }
    return smallest;
  }

  private static long measure(Runnable work) {
    long[] ids = threads();
    long before = total(ids);
    long overhead = total(ids) - before;
    long start = total(ids);
    work.run();
    return total(ids) - start - overhead;
  }

  private static long total(long[] ids) {
    long sum = 0;
    try {
      for (long id : ids) {
        sum += (long) ALLOCATED.invokeExact(id);
      }
    } catch (Throwable thrown) {
      throw new AssertionError(thrown);
    }
    return sum;
  }

  /** The calling thread and all live workers. */
  private static long[] threads() {
    List<Long> ids = new ArrayList<>();
    ids.add(Thread.currentThread().threadId());
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("eqprop-worker-") && thread.isAlive()) {
        ids.add(thread.threadId());
      }
    }
    return ids.stream().mapToLong(Long::longValue).toArray();
  }
}
