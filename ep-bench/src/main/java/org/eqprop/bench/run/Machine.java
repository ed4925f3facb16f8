package org.eqprop.bench.run;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eqprop.core.internal.machine.Processor;
import org.eqprop.core.internal.machine.SourceCommit;
import org.eqprop.core.internal.probe.PeakProbe;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.settle.Context;

/**
 * Where and of what a measurement was made.
 *
 * @param time when, in UTC
 * @param commit of the sources; ends in {@code +} if they were changed since; empty if unknown
 * @param processor its name
 * @param processors how many the JVM sees
 * @param java the JVM
 * @param os the operating system
 * @param kernels the kernels' name
 * @param peak of one thread, in GFLOP/s
 * @param peakAll of all threads together
 */
public record Machine(
    String time,
    String commit,
    String processor,
    int processors,
    String java,
    String os,
    String kernels,
    double peak,
    double peakAll) {

  /** This one; {@code root} is where the sources are. */
  static Machine here(Path root) {
    int processors = Runtime.getRuntime().availableProcessors();
    try (Context one = new Context(1);
        Context all = new Context(processors)) {
      return new Machine(
          Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
          SourceCommit.of(root),
          processorName(),
          processors,
          System.getProperty("java.vm.name") + " " + Runtime.version(),
          System.getProperty("os.name") + " " + System.getProperty("os.arch"),
          KernelsSelector.kernels().name(),
          new PeakProbe(one).gigaflops(),
          new PeakProbe(all).gigaflops());
    }
  }

  private static String processorName() {
    String name = Processor.name();
    return name.isEmpty() ? "unknown" : name;
  }
}
