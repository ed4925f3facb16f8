package org.eqprop.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
          describe(root),
          processorName(),
          processors,
          System.getProperty("java.vm.name") + " " + Runtime.version(),
          System.getProperty("os.name") + " " + System.getProperty("os.arch"),
          KernelsSelector.kernels().name(),
          new PeakProbe(one).gigaflops(),
          new PeakProbe(all).gigaflops());
    }
  }

  private static String describe(Path root) {
    String commit = git(root, "rev-parse", "--short=10", "HEAD");
    String changes = git(root, "status", "--porcelain", "--untracked-files=no");
    return changes.isEmpty() ? commit : commit + "+";
  }

  private static String git(Path root, String... words) {
    String[] command = new String[words.length + 3];
    command[0] = "git";
    command[1] = "-C";
    command[2] = root.toString();
    System.arraycopy(words, 0, command, 3, words.length);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? out.strip() : "";
    } catch (IOException withoutGit) {
      return "";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static String processorName() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException | UncheckedIOException notLinux) {
      return "unknown";
    }
  }
}
