package org.eqprop.bench;

import java.util.concurrent.TimeUnit;
import org.eqprop.core.settle.Context;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What all benchmarks have in common: the mean time of an operation in microseconds, in JVMs with
 * the options of the launcher and a heap of fixed size that is touched before the start.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgs = {
      "--add-modules=jdk.incubator.vector",
      "--enable-native-access=ALL-UNNAMED",
      "-XX:+UseParallelGC",
      "-XX:ObjectAlignmentInBytes=64",
      "-Xms256m",
      "-Xmx256m",
      "-XX:+AlwaysPreTouch"
    })
public abstract class Standard {
  /** For subclasses. */
  protected Standard() {}

  /** Measures the peak while the processor still has the clock of the work. */
  @TearDown(Level.Iteration)
  public final void peak() {
    PeakProbe.here().measure(context());
  }

  /** The threads that do the work: the calling one alone, if not overridden. */
  protected Context context() {
    return PeakProbe.here().alone();
  }
}
